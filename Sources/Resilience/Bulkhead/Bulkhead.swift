import Synchronization

/// Lets so many pieces of work run at once; the others wait in a queue or are turned away.
///
/// Who waits can be cancelled, and does not wait past ``Deadline/current``. One instance serves all tasks.
public final class Bulkhead<C: Clock>: Policy where C.Duration == Duration {
    private let room: Mutex<BulkheadRoom<C.Instant>>
    private let clock: C
    private let random: @Sendable () -> Double
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (BulkheadEvent) -> Void)?

    /// - Parameters:
    ///   - random: a number in 0..<1; only adaptive limits of the kinds Vegas and Envoy draw.
    ///   - classify: tells an adaptive limit which failures come from a lack of room: time-outs, full queues, 429, 503.
    ///     Other failures teach it nothing.
    ///   - onEvent: called for every decision, on the task that makes it; those of different tasks may overtake each
    ///     other.
    public init(
        _ rules: BulkheadRules, clock: C, random: @escaping @Sendable () -> Double = { 0.5 },
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (BulkheadEvent) -> Void)? = nil
    ) {
        room = Mutex(BulkheadRoom(BulkheadCore(rules, at: clock.now, draw: random())))
        self.clock = clock
        self.random = random
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Does the work when there is room.
    ///
    /// - Throws: what the work throws; ``Rejection`` when there is no room or it is sent away from the queue;
    ///   ``TimedOut`` when its deadline has passed before it began; `CancellationError` when it was cancelled while
    ///   waiting.
    public func execute<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let start = try await enter()
        do {
            let value = try await work()
            leave(since: start)
            return value
        } catch {
            leave(since: start, classify(error).kind)
            throw error
        }
    }

    /// Calls inside, calls that wait, calls allowed inside.
    public var occupancy: (inside: Int, queued: Int, limit: Int) { room.withLock { $0.occupancy } }

    /// See ``BulkheadCore/change(_:at:)``.
    public func change(_ rules: BulkheadRules) {
        update { $0.core.change(rules, at: $1) }
    }
}

// In and out.
extension Bulkhead {
    /// Gives when it was let in.
    private func enter() async throws -> C.Instant {
        let timeLeft = Deadline.current?.timeLeft
        let (ticket, entry, now, occupancy) = room.withLock { room in
            let now = clock.now
            let (ticket, entry) = room.enter(timeLeft: timeLeft, at: now)
            return (ticket, entry, now, room.occupancy)
        }
        switch entry {
        case .entered:
            onEvent?(.entered(inside: occupancy.inside))
            return now
        case .rejected:
            if let timeLeft, timeLeft <= .zero {
                onEvent?(.shed(.deadline, queued: occupancy.queued))
                throw TimedOut(.deadline, limit: .zero)
            }
            onEvent?(.rejected(queued: occupancy.queued))
            throw Rejection(.bulkheadFull)
        case .queuedShedding(let oldest):
            // The place of the one that goes was taken in the same step.
            onEvent?(.shed(.oldest, queued: occupancy.queued - 1))
            onEvent?(.queued(queued: occupancy.queued))
            room.withLock { $0.settle(oldest, .shed(.oldest)) }?.resume()
        case .queued: onEvent?(.queued(queued: occupancy.queued))
        }
        try await wait(ticket)
        return clock.now
    }

    private func wait(_ ticket: UInt64) async throws {
        switch await settled(ticket) {
        case .started: return
        case .shed(.deadline): throw TimedOut(.deadline, limit: .zero)
        case .shed: throw Rejection(.shed)
        case .abandoned: throw CancellationError()
        }
    }

    /// Waits for the ticket's turn, and where its patience ends, beside a timer.
    private func settled(_ ticket: UInt64) async -> BulkheadRoom<C.Instant>.Settlement {
        let patience = room.withLock { room in
            let now = clock.now
            return room.core.timeLeft(of: ticket, at: now).map { now.advanced(by: $0.clamped) }
        }
        guard let patience else { return await turn(of: ticket) }
        return await withTaskGroup(of: BulkheadRoom<C.Instant>.Settlement?.self) { group in
            group.addTask { await self.turn(of: ticket) }
            group.addTask {
                do { try await self.clock.sleep(until: patience, tolerance: nil) } catch { return nil }
                self.update { $0.core.tick(at: $1) }
                return nil
            }
            for await settlement in group {
                guard let settlement else { continue }
                group.cancelAll()
                return settlement
            }
            return .abandoned
        }
    }

    private func turn(of ticket: UInt64) async -> BulkheadRoom<C.Instant>.Settlement {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                room.withLock { $0.wait(ticket, continuation) }?.resume()
            }
        } onCancel: {
            let (wakeUp, queued) = room.withLock { room in
                let wakeUp = room.abandon(ticket, at: clock.now)
                return (wakeUp, room.core.queued)
            }
            guard let wakeUp else { return }
            onEvent?(.abandoned(queued: queued))
            wakeUp.resume()
        }
    }

    private func leave(since start: C.Instant, _ failure: FailureKind? = nil) {
        let draw = random()
        update { room, now in
            let took = Self.teaches(failure) ? start.duration(to: now) : nil
            return room.core.leave(took: took, wasDropped: failure != nil, at: now, draw: draw)
        }
    }

    private static func teaches(_ failure: FailureKind?) -> Bool {
        switch failure {
        case nil, .timeout, .rejected, .status(429), .status(503): true
        case .refused, .reset, .status, .policy, .cancelled, .other: false
        }
    }

    /// Carries out a step, and what it does to those who wait.
    private func update(_ step: (inout BulkheadRoom<C.Instant>, C.Instant) -> [BulkheadRelease<UInt64>]) {
        let (before, releases, after, wakeUps) = room.withLock { room in
            let before = room.occupancy
            let releases = step(&room, clock.now)
            return (before, releases, room.occupancy, room.settle(releases))
        }
        tell(before, releases, after)
        for wakeUp in wakeUps { wakeUp.resume() }
    }

    private func tell(
        _ before: BulkheadRoom<C.Instant>.Occupancy, _ releases: [BulkheadRelease<UInt64>],
        _ after: BulkheadRoom<C.Instant>.Occupancy
    ) {
        guard let onEvent else { return }
        var (inside, queued) = (before.inside, before.queued)
        let started = releases.count { if case .start = $0 { true } else { false } }
        if after.inside < before.inside + started {
            inside -= 1
            onEvent(.left(inside: inside))
        }
        if after.limit != before.limit { onEvent(.limitChanged(after.limit)) }
        for release in releases {
            queued -= 1
            switch release {
            case .start:
                inside += 1
                onEvent(.entered(inside: inside))
            case .shed(_, let reason): onEvent(.shed(reason, queued: queued))
            }
        }
    }
}
