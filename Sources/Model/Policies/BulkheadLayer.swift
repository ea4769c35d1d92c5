import Resilience
import Scenario
import Simulation
import Trace

/// Lets so much work in at once and the rest wait: `Resilience`'s `BulkheadCore` decides.
final class BulkheadLayer: PolicyLayer, @unchecked Sendable {
    private var rule: BulkheadRule
    private var bulkhead: BulkheadCore<Waiter, VirtualTime>
    /// The limit as it was last told.
    private var limit: Int
    private let probes: RandomStream
    private var samples = 0
    /// Sends away those who have waited long enough.
    private var timer = Timer.none

    /// One pass through the bulkhead, and what was decided while it waited.
    private final class Waiter: Hashable, @unchecked Sendable {
        let strand: Strand
        var verdict: Verdict?

        enum Verdict {
            case started(EventID)
            case shed(EventID)
        }

        init(_ strand: Strand) { self.strand = strand }

        static func == (left: Waiter, right: Waiter) -> Bool { left === right }
        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
    }

    init(_ rule: BulkheadRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        probes = identity.world.simulation.stream(identity.name, "probe")
        bulkhead = BulkheadCore(
            try BulkheadRules(rule), at: identity.world.now, draw: probes.uniform(at: 0))
        limit = bulkhead.limit
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        try await enter(strand)
        let start = world.now
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            leave(strand, took: start.duration(to: world.now))
            return answer
        } catch {
            strand.cause = error.event
            // Only a lack of room further in teaches an adaptive limit; work that was called off does not.
            let isLackOfRoom = strand.canReplace(error) && Self.lackOfRoom.contains(error.outcome)
            leave(strand, took: isLackOfRoom ? start.duration(to: world.now) : nil, wasDropped: isLackOfRoom)
            throw error
        }
    }

    private static let lackOfRoom: [Outcome] = [.timedOut, .rejected, .throttled, .unavailable]

    // MARK: In

    nonisolated(nonsending) private func enter(_ strand: Strand) async throws(Stopped) {
        try strand.checkCancelled()
        let waiter = Waiter(strand)
        let left = strand.deadline.map { world.now.duration(to: $0) }
        switch bulkhead.enter(waiter, timeLeft: left, at: world.now) {
        case .entered:
            strand.cause = record(.bulkheadEntered, for: strand, cause: strand.cause, value: Int64(bulkhead.inFlight))
            return
        case .rejected:
            let event = record(
                .bulkheadRejected, .shed, for: strand, cause: strand.cause, value: Int64(bulkhead.queued))
            throw Stopped(outcome: .shed, event: event)
        case .queuedShedding(let oldest):
            shed(oldest, .oldest, queued: bulkhead.queued - 1, cause: strand.cause)
        case .queued: break
        }
        strand.cause = record(.bulkheadQueued, for: strand, cause: strand.cause, value: Int64(bulkhead.queued))
        schedule()
        try await wait(waiter)
    }

    nonisolated(nonsending) private func wait(_ waiter: Waiter) async throws(Stopped) {
        let strand = waiter.strand
        _ = await world.simulation.wait { strand.waiting = $0 }
        do throws(Stopped) { try strand.checkCancelled() } catch {
            // At the same moment as its time ran out it may have been let in all the same.
            if case .started = waiter.verdict {
                strand.cause = error.event
                leave(strand, took: nil)
            } else {
                bulkhead.abandon(waiter, at: world.now)
                schedule()
            }
            throw error
        }
        switch waiter.verdict {
        case .started(let event): strand.cause = event
        case .shed(let event): throw Stopped(outcome: .shed, event: event)
        case nil: throw Stopped(outcome: .cancelled, event: strand.cause)
        }
    }

    // MARK: Out

    /// - Parameter took: `nil`: unknown.
    private func leave(_ strand: Strand, took: Duration?, wasDropped: Bool = false) {
        samples += 1
        let releases = bulkhead.leave(
            took: took, wasDropped: wasDropped, at: world.now, draw: probes.uniform(at: UInt64(samples)))
        let event = record(
            .bulkheadLeft, for: strand, cause: strand.cause, value: Int64(bulkhead.inFlight - starts(releases)))
        announceLimit(cause: event)
        carryOut(releases, cause: event)
    }

    private func starts(_ releases: [BulkheadRelease<Waiter>]) -> Int {
        releases.count { if case .start = $0 { true } else { false } }
    }

    private func carryOut(_ releases: [BulkheadRelease<Waiter>], cause: EventID?) {
        if releases.isEmpty { return }
        var inside = bulkhead.inFlight - starts(releases)
        var queued = bulkhead.queued + releases.count
        for release in releases {
            queued -= 1
            switch release {
            case .start(let waiter):
                inside += 1
                let event = record(
                    .bulkheadEntered, for: waiter.strand, cause: cause ?? waiter.strand.cause, value: Int64(inside))
                waiter.verdict = .started(event)
                world.simulation.wake(waiter.strand.waiting)
            case .shed(let waiter, let reason):
                shed(waiter, reason, queued: queued, cause: cause ?? waiter.strand.cause)
            }
        }
        schedule()
    }

    private func shed(_ waiter: Waiter, _ reason: BulkheadShedReason, queued: Int, cause: EventID) {
        let event = record(
            .bulkheadShed, .shed, reason.rawValue, for: waiter.strand, cause: cause, value: Int64(queued))
        waiter.verdict = .shed(event)
        world.simulation.wake(waiter.strand.waiting)
    }

    /// Looks again when somebody's patience ends.
    private func schedule() {
        world.simulation.cancel(timer)
        guard let delay = bulkhead.timeToTick(at: world.now) else { return }
        timer = world.simulation.schedule(after: delay.wholeNanoseconds) { [self] in
            carryOut(bulkhead.tick(at: world.now), cause: nil)
        }
    }

    private func announceLimit(cause: EventID) {
        if bulkhead.limit == limit { return }
        limit = bulkhead.limit
        world.record(.limitChanged, component: component, cause: cause, value: Int64(limit))
    }

    // MARK: Settings

    override func currentSettings() -> [Setting] {
        [
            Setting("concurrent", rule.adaptive?.initial ?? rule.concurrent),
            Setting("queue", rule.whenFull == .wait ? -1 : rule.queue),
        ]
    }

    /// Who is inside or waits stays there.
    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .bulkhead(let rule) = rule, rule != self.rule else { return }
        let releases = bulkhead.change(try BulkheadRules(rule), at: world.now)
        self.rule = rule
        if rule.adaptive == nil { limit = bulkhead.limit } else { announceLimit(cause: cause) }
        carryOut(releases, cause: cause)
    }
}

extension BulkheadRules {
    init(_ rule: BulkheadRule) throws(PolicyError) {
        let whenFull: WhenFull =
            switch rule.whenFull {
            case .reject: .reject
            case .shedOldest: .shedOldest
            case .wait: .wait
            }
        let order: Order =
            switch rule.order {
            case .fifo: .fifo
            case .lifo: .lifo
            case .adaptive: .adaptive
            }
        let adaptive = try rule.adaptive.map { adaptive throws(PolicyError) in
            try ConcurrencyLimitRules(
                .init(adaptive.algorithm), initial: adaptive.initial, min: adaptive.min, max: adaptive.max)
        }
        try self.init(
            concurrent: rule.adaptive?.initial ?? rule.concurrent, queue: rule.queue, whenFull: whenFull,
            maxWait: rule.maxWait, order: order,
            shedding: rule.codel.map { Shedding($0) }, adaptive: adaptive)
    }
}

extension BulkheadRules.Shedding {
    fileprivate init(_ rule: BulkheadRule.CoDel) {
        self =
            switch rule.profile {
            case .rfc8289: .codel(target: rule.target, interval: rule.interval)
            case .facebook: .facebook(target: rule.target, interval: rule.interval)
            }
    }
}

extension ConcurrencyLimitRules.Algorithm {
    fileprivate init(_ algorithm: BulkheadRule.Adaptive.Algorithm) {
        self =
            switch algorithm {
            case .aimd: .aimd
            case .vegas: .vegas
            case .gradient: .gradient2
            case .envoy: .envoy
            }
    }
}
