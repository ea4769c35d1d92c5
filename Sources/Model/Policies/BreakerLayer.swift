import Resilience
import Scenario
import Simulation
import Trace

/// Turns work away while what is inside keeps failing: `Resilience`'s `CircuitBreakerCore` decides.
final class BreakerLayer: PolicyLayer, @unchecked Sendable {
    private var rule: BreakerRule
    private var breaker: CircuitBreakerCore<VirtualTime>
    private var failures: FailureSet
    /// The newest event that changed the state, and the newest that counted.
    private var changed = EventID.none
    private var counted = EventID.none
    private var timer = Timer.none
    /// Where calls go one after another, as under pybreaker's lock.
    private let turns: Turns

    init(_ rule: BreakerRule, _ identity: LayerIdentity) throws(PolicyError) {
        self.rule = rule
        breaker = CircuitBreakerCore(try CircuitBreakerRules(rule), at: identity.world.now)
        failures = FailureSet(rule.on, else: .unhealthy)
        turns = Turns(identity.world)
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        guard breaker.rules.profile.trials == .serial else { return try await pass(strand, inside) }
        try await turns.take(strand)
        defer { turns.give(strand) }
        return try await pass(strand, inside)
    }

    nonisolated(nonsending) private func pass(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let permit = try admit(strand)
        let start = world.now
        do throws(Stopped) {
            let answer = try await inside.run(strand)
            count(.success, since: start, permit, strand)
            return answer
        } catch {
            strand.cause = error.event
            let isTripped = count(result(of: error, strand), since: start, permit, strand)
            if isTripped, breaker.rules.profile.hidesTrippingFailure {
                throw Stopped(outcome: .shortCircuited, event: changed)
            }
            throw error
        }
    }

    private func admit(_ strand: Strand) throws(Stopped) -> CircuitBreakerPermit {
        let admission = breaker.admit(at: world.now)
        announce(admission.transitions, cause: counted)
        schedule()
        switch admission.decision {
        case .admitted(let permit): return permit
        case .rejected(let left):
            let event = record(
                .breakerRejected, .shortCircuited, for: strand, cause: changed, value: left?.wholeNanoseconds ?? -1)
            throw Stopped(outcome: .shortCircuited, event: event)
        }
    }

    /// Work that was stopped from further out says nothing about those further in.
    private func result(of stopped: Stopped, _ strand: Strand) -> CircuitBreakerResult {
        guard strand.canReplace(stopped) else { return .ignored }
        return failures.contains(stopped.failure.kind) ? .failure : .ignored
    }

    /// Returns whether this result has opened it.
    @discardableResult private func count(
        _ result: CircuitBreakerResult, since start: VirtualTime, _ permit: CircuitBreakerPermit, _ strand: Strand
    ) -> Bool {
        let record = breaker.record(result, took: start.duration(to: world.now), permit, at: world.now)
        if let counted = record.counted {
            self.counted = self.record(
                .breakerRecorded, counted.failed ? .failed : .ok, counted.isSlow ? "slow" : "", for: strand,
                cause: strand.cause, value: record.measure.value)
        }
        announce(record.transitions, cause: counted)
        schedule()
        return record.transitions.last?.to == .open
    }

    /// Records changes of state. What only time has brought is caused by the change before.
    private func announce(_ transitions: CircuitBreakerTransitions, cause: EventID) {
        for transition in transitions {
            let kind: EventKind
            var value: Int64 = 0
            switch transition.to {
            case .open, .forcedOpen:
                kind = .breakerOpened
                value = transition.openFor?.wholeNanoseconds ?? -1
            case .halfOpen:
                kind = .breakerHalfOpened
                value = Int64(breaker.rules.trials)
            case .closed, .metricsOnly: kind = .breakerClosed
            case .disabled: kind = .breakerDisabled
            }
            let isTime = transition.reason == .elapsed || transition.reason == .overdue
            changed = world.record(
                kind, component: component, detail: world.name(transition.reason.rawValue),
                cause: isTime ? changed : cause, value: value)
        }
    }

    /// Looks again when time alone may change the state.
    private func schedule() {
        if world.simulation.isPending(timer) { return }
        guard let delay = breaker.timeToTick(at: world.now) else { return }
        timer = world.simulation.schedule(after: max(delay.wholeNanoseconds, 1)) { [self] in
            announce(breaker.tick(at: world.now), cause: counted)
            schedule()
        }
    }

    // MARK: Settings

    override func currentSettings() -> [Setting] {
        var settings: [Setting] = []
        switch rule.trip {
        case .consecutive(let failures): settings.append(Setting("failures", failures))
        case .ratio(let ratio, let minimum, let window):
            settings += [Setting("ratio", millionths: ratio), Setting("minimum", minimum)]
            switch window {
            case .time(let length):
                settings.append(Setting("window", length))
                if let part = breaker.rules.callPart { settings.append(Setting("windowPart", part)) }
            case .count(let calls): settings.append(Setting("windowCalls", calls))
            }
        }
        if let slow = rule.slow {
            settings += [Setting("slow", slow.after), Setting("slowRatio", millionths: slow.ratio)]
        }
        return settings + [Setting("open", rule.open), Setting("trials", rule.trials)]
    }

    override func start() { force(cause: .none) }

    /// State and counts stay as they are, as far as the new rule can use them.
    override func adopt(_ rule: Layer.Rule, cause: EventID) throws(PolicyError) {
        guard case .breaker(let rule) = rule, rule != self.rule else { return }
        let old = self.rule
        announce(breaker.change(try CircuitBreakerRules(rule), at: world.now), cause: cause)
        self.rule = rule
        failures = FailureSet(rule.on, else: .unhealthy)
        if rule.mode != old.mode { force(cause: cause) }
        schedule()
    }

    private func force(cause: EventID) {
        let state: CircuitBreakerState =
            switch rule.mode {
            case .auto: .closed
            case .forcedOpen: .forcedOpen
            case .disabled: .disabled
            }
        announce(breaker.force(state, at: world.now), cause: cause)
    }
}

extension CircuitBreakerMeasure {
    /// The value of ``EventKind/breakerRecorded``.
    fileprivate var value: Int64 {
        switch self {
        case .failuresInARow(let failures): Int64(failures)
        case .rate(let rate): Int64(millionths: rate)
        case .tooFewCalls: -1
        }
    }
}

extension CircuitBreakerRules {
    init(_ rule: BreakerRule) throws(PolicyError) {
        let trip: Trip
        var window: Window?
        switch rule.trip {
        case .consecutive(let failures): trip = .consecutive(failures)
        case .ratio(let ratio, let minimum, let written):
            trip = .ratio(ratio, minimum: minimum)
            switch written {
            case .time(let length): window = .time(length)
            case .count(let calls): window = .count(calls)
            }
        }
        let open: CircuitBreakerBreak =
            rule.profile == .envoy
            ? .linear(base: rule.open, most: rule.maxOpen ?? max(rule.open, .seconds(300)))
            : .growing(first: rule.open, factor: rule.growth, most: rule.maxOpen)
        try self.init(
            profile: CircuitBreakerProfile(rule.profile), trip: trip, window: window,
            slow: rule.slow.map { Slow(after: $0.after, ratio: $0.ratio) }, open: open, trials: rule.trials,
            tick: rule.sweep)
    }
}

extension CircuitBreakerProfile {
    fileprivate init(_ profile: BreakerRule.Profile) {
        self =
            switch profile {
            case .pollyV7: .pollyV7
            case .pollyV8: .pollyV8
            case .resilience4j: .resilience4j
            case .hystrix: .hystrix
            case .gobreaker: .gobreaker
            case .pybreaker: .pybreaker
            case .envoy: .envoy
            }
    }
}
