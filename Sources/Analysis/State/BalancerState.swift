import Trace

/// A load balancer and its servers at a cursor.
public struct BalancerState: Hashable, Sendable {
    /// What an algorithm compares: the less the better.
    public enum Score: Hashable, Sendable {
        /// Requests on their way for each unit of weight.
        case load(Double)
        /// An estimate of how long a request takes, in nanoseconds.
        case cost(Int64)
    }

    public struct Check: Hashable, Sendable {
        public var isOK: Bool
        /// How many in a row ended so.
        public var inARow: Int
        public var time: VirtualTime
        public var event: EventID
    }

    public struct Server: Hashable, Sendable, Identifiable {
        public var id: NameID
        public var isMember: Bool
        /// As the scenario says, and as it counts now: slow start, failures.
        public var weight: Double
        public var effectiveWeight: Double
        /// What health checks say; `true` without checks.
        public var isUp: Bool
        public var isEjected: Bool
        /// Of an ejected server: when it may come back.
        public var ejectedUntil: VirtualTime?
        /// `nil`: it was never checked since it joined.
        public var lastCheck: Check?
        /// Calls on their way to it, in it or on their way back.
        public var pending: Int
        public var inService: Int
        public var queued: Int
        /// Slots; `nil`: no limit.
        public var capacity: Int?
        public var isDown: Bool
        /// In the window. The share is of all picks in it; `nil`: there were none.
        public var picks: Int
        public var share: Double?
        /// Of the calls that were answered in the window; `nil`: none was.
        public var latency: LatencySummary?
        /// Of the calls that ended in the window; `nil`: none did.
        public var errorRatio: Double?
        /// As last compared or estimated since it joined; `nil`: the algorithm compares nothing, or has not yet.
        public var score: Score?

        /// Whether the balancer may choose it, panic aside.
        public var isAvailable: Bool { isMember && isUp && !isEjected }
    }

    public struct Candidate: Hashable, Sendable {
        public var server: NameID
        public var score: Score
        public var event: EventID
    }

    public struct Pick: Hashable, Sendable {
        public var server: NameID
        /// What was compared, in that order; empty where the algorithm compares nothing.
        public var candidates: [Candidate]
        /// What the request is about; ``NameID/none``: nothing.
        public var key: NameID
        public var request: RequestID
        public var time: VirtualTime
        public var event: EventID
    }

    /// A key that went to another server than the time before.
    public struct Move: Hashable, Sendable {
        public var key: NameID
        /// Where it went; ``NameID/none``: the trace does not tell.
        public var server: NameID
        public var time: VirtualTime
        public var event: EventID
    }

    /// A pick and what became of its call.
    public struct Recent: Hashable, Sendable {
        public var server: NameID
        public var request: RequestID
        /// How the call ended; ``Outcome/none``: it is still on its way.
        public var outcome: Outcome
        /// Of a call on its way: whether it waits for a slot.
        public var isQueued: Bool
        public var event: EventID
    }

    public var balancer: NameID
    /// As scenarios name it; `nil`: the trace does not tell.
    public var algorithm: String?
    public var settings: ComponentSettings
    /// In the order of the scenario, those that are not in the pool included.
    public var servers: [Server]
    public var isPanicking: Bool
    /// The owner of each of the ``EventKind/sectors`` parts of the key space, ``NameID/none`` for those without; empty
    /// for balancers that do not divide it.
    public var owners: [NameID]
    /// The parts that the latest change of owners gave to another server; empty before the first change.
    public var takenSectors: [Int]
    /// `nil`: there is none yet.
    public var lastPick: Pick?
    /// The newest, in order of time.
    public var moves: [Move]
    /// So far.
    public var picks: Int
    public var refused: Int
    public var moved: Int

    public func server(_ name: NameID) -> Server? { servers.first { $0.id == name } }

    /// `nil`: there is no balancer of that name. O(servers · log n + sectors · log n).
    ///
    /// - Parameters:
    ///   - length: how far back shares and latencies look.
    ///   - moves: at most so many, the newest.
    public init?(
        _ index: TraceIndex, _ balancer: NameID, at cursor: Cursor, last length: Duration = .seconds(10),
        moves limit: Int = 20
    ) {
        guard let activity = index.activity.balancer(named: balancer) else { return nil }
        let reader = BalancerReader(index: index, activity: activity, cursor: cursor, length: length)
        self.balancer = balancer
        settings = reader.settings
        algorithm = settings.choice("algorithm")
        servers = activity.servers.map(reader.server)
        isPanicking = activity.isPanicking.value(at: cursor.eventCount) > 0
        owners = activity.sectors.map(reader.owner)
        takenSectors = reader.takenSectors
        picks = reader.count(activity.picks)
        refused = reader.count(activity.refusals)
        moved = reader.count(activity.moves)
        lastPick = picks == 0 ? nil : reader.pick(picks - 1)
        moves = activity.moves.prefix(moved).suffix(max(0, limit)).map(reader.move)
    }
}

private struct BalancerReader {
    let index: TraceIndex
    let activity: BalancerActivity
    let cursor: Cursor
    let window: Window
    let settings: ComponentSettings
    private let picked: Int

    init(index: TraceIndex, activity: BalancerActivity, cursor: Cursor, length: Duration) {
        self.index = index
        self.activity = activity
        self.cursor = cursor
        window = Window(index.trace, last: length, at: cursor)
        settings = activity.settings.settings(at: cursor.eventCount, in: index.trace)
        picked = activity.picks.places(in: window).count
    }

    func count(_ events: [UInt32]) -> Int { events.count(through: UInt32(clamping: cursor.eventCount)) }

    private func last(_ events: [UInt32]) -> (event: Event, id: EventID)? {
        let count = count(events)
        return count == 0 ? nil : (index.trace.events[Int(events[count - 1]) - 1], EventID(events[count - 1]))
    }

    func server(_ server: ServerActivity) -> BalancerState.Server {
        let now = cursor.eventCount
        let backend = index.activity.backend(named: server.name)
        let metrics = backend.map { BackendMetrics($0, window, index.trace) }
        let picks = server.picks.places(in: window).count
        let isEjected = server.isEjected.value(at: now) > 0
        let joined = last(server.joins)?.id ?? .none
        func sinceJoined(_ events: [UInt32]) -> (event: Event, id: EventID)? {
            last(events).flatMap { $0.id > joined ? $0 : nil }
        }
        let ejection = isEjected ? last(server.ejections)?.event : nil
        return BalancerState.Server(
            id: server.name, isMember: server.isMember.value(at: now) > 0,
            weight: Double(server.weight.value(at: now)) / 1e6,
            effectiveWeight: Double(server.effectiveWeight.value(at: now)) / 1e6,
            isUp: server.isDown.value(at: now) == 0, isEjected: isEjected,
            ejectedUntil: ejection.map { $0.time.advanced(byNanoseconds: max(0, $0.value)) },
            lastCheck: sinceJoined(server.checks).map(check), pending: metrics?.pending ?? 0,
            inService: metrics?.inFlight ?? 0, queued: metrics?.queued ?? 0, capacity: metrics?.capacity,
            isDown: backend.map { SystemState.Backend($0, at: cursor, in: index.trace).isDown } ?? false, picks: picks,
            share: picked == 0 ? nil : Double(picks) / Double(picked), latency: metrics?.latency,
            errorRatio: metrics?.errorRatio, score: sinceJoined(server.scores).map { score($0.event) })
    }

    private func check(_ event: Event, _ id: EventID) -> BalancerState.Check {
        BalancerState.Check(
            isOK: event.outcome.isSuccess, inARow: Int(clamping: event.value), time: event.time, event: id)
    }

    /// In what an algorithm compares: only those that keep an estimate of latency compare that.
    private func score(_ event: Event) -> BalancerState.Score {
        let isCost = event.kind == .serverScored || settings.choice("algorithm")?.lowercased().hasSuffix("ewma") == true
        return isCost ? .cost(event.value) : .load(Double(event.value) / 1e6)
    }

    func owner(_ changes: [UInt32]) -> NameID { last(changes)?.event.detail ?? .none }

    /// The first owner takes a part from nobody.
    var takenSectors: [Int] {
        let changed = activity.sectors.enumerated().compactMap { sector, changes in
            count(changes) > 1 ? last(changes).map { (sector, time: $0.event.time) } : nil
        }
        guard let latest = changed.map(\.time).max() else { return [] }
        return changed.filter { $0.time == latest }.map(\.0)
    }

    func pick(_ place: Int) -> BalancerState.Pick {
        let id = EventID(activity.picks[place])
        let event = index.trace.events[Int(id.rawValue) - 1]
        let candidates = activity.comparisons(before: place).map { id in
            let event = index.trace.events[Int(id) - 1]
            return BalancerState.Candidate(server: event.detail, score: score(event), event: EventID(id))
        }
        return BalancerState.Pick(
            server: event.detail, candidates: candidates, key: index.key(of: event.request), request: event.request,
            time: event.time, event: id)
    }

    func move(_ id: UInt32) -> BalancerState.Move {
        let event = index.trace.events[Int(id) - 1]
        let cause = index.trace[event.cause]
        return BalancerState.Move(
            key: event.detail, server: cause?.kind == .balancerPicked ? cause?.detail ?? .none : .none,
            time: event.time, event: EventID(id))
    }
}

extension BalancerState {
    /// The newest picks in order of time, at most so many. O(limit).
    public static func recent(
        _ limit: Int, of balancer: NameID, in index: TraceIndex, at cursor: Cursor
    ) -> [Recent] {
        guard let activity = index.activity.balancer(named: balancer) else { return [] }
        let count = activity.picks.count(through: UInt32(clamping: cursor.eventCount))
        return activity.picks[max(0, count - max(0, limit))..<count].map { id in
            let pick = index.trace.events[Int(id) - 1]
            let call = index.call(after: EventID(id))?.clipped(to: cursor)
            let isQueued = call.map { $0.queueing != nil && $0.serviceStart == nil && $0.closed == nil } ?? false
            return Recent(
                server: pick.detail, request: pick.request, outcome: call?.outcome ?? .none, isQueued: isQueued,
                event: EventID(id))
        }
    }
}

extension TraceIndex {
    /// The call that a pick sends: no more than the move of its key comes between them.
    fileprivate func call(after pick: EventID) -> Span? {
        let first = trace.events[Int(pick.rawValue) - 1]
        return trace.events[Int(pick.rawValue)...].prefix(3)
            .first { $0.kind == .callSent && $0.component == first.detail && $0.request == first.request }
            .flatMap { span($0.span) }
    }

    /// How many calls were on their way to a server at most, in each of so many equal parts of the run up to the
    /// cursor. O(count · log n).
    public func load(of server: NameID, in count: Int, at cursor: Cursor) -> [(time: VirtualTime, calls: Int)] {
        guard let backend = activity.backend(named: server) else { return [] }
        return Window.buckets(trace, from: .zero, to: trace.end, count: count, cursor: cursor).map {
            (min($0.edges.upperBound, cursor.time), Int(backend.inFlight.maximum(in: $0.window)))
        }
    }

    /// What a request is about; ``NameID/none``: its client draws no keys.
    public func key(of request: RequestID) -> NameID {
        events(of: request).lazy.compactMap { self.trace[$0] }.first { $0.kind == .requestKeyed }?.detail ?? .none
    }
}
