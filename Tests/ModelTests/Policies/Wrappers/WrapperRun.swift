import Resilience
import Simulation
import Synchronization
import Trace

/// The wrappers of `Resilience` on a virtual clock, round work that goes as a ``Schedule`` says.
struct WrapperRun: Sendable {
    let simulation = Simulation(seed: 1)
    private let lines = Lines()

    var clock: VirtualClock { simulation.clock }

    /// What was decided, one line each: `1.25 3 attempt 2`.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    func note(_ request: Int, _ what: String) {
        lines.append("\(clock.now.nanoseconds) \(request) \(what)")
    }

    /// Runs every request of a schedule. `guarded`: puts the policies round the work of one request.
    func run(
        _ schedule: Schedule,
        _ guarded: @escaping @Sendable (_ request: Int, _ work: @escaping @Sendable () async throws -> Int) async throws
            -> Int
    ) throws -> [String] {
        let windows = schedule
        for (index, time) in schedule.requests.enumerated() {
            let request = index + 1
            simulation.schedule(at: VirtualTime(nanoseconds: time)) {
                simulation.spawn {
                    do {
                        _ = try await guarded(request) { try await Self.work(windows, clock) }
                        note(request, "end ok")
                    } catch {
                        note(request, "end \(Self.word(Failure(error), error))")
                    }
                }
            }
        }
        try simulation.run(until: .seconds(1000))
        return lines.all
    }

    private static func work(_ schedule: Schedule, _ clock: VirtualClock) async throws -> Int {
        let trouble = schedule.trouble(at: clock.now)
        switch trouble {
        case .down: throw Failure(.refused)
        case .unavailable: throw Failure(.status(503))
        case .errors, .slow, nil: break
        }
        let time = trouble == .slow ? Schedule.latency * 9 : Schedule.latency
        try await clock.sleep(until: clock.now.advanced(by: time))
        if trouble == .errors { throw Failure(.status(500)) }
        return 1
    }

    /// As the model's outcomes are called.
    private static func word(_ failure: Failure, _ error: any Error) -> String {
        if let rejection = error as? Rejection {
            switch rejection.reason {
            case .circuitOpen: return "shortCircuited"
            case .bulkheadFull, .shed: return "shed"
            case .rateLimited, .throttled: return "limited"
            }
        }
        switch failure.kind {
        case .refused: return "refused"
        case .timeout: return "timedOut"
        case .status(503): return "unavailable"
        default: return "failed"
        }
    }

    // MARK: Policies that tell what they decide

    func retry(
        _ rules: RetryRules, budget: SharedRetryBudget<VirtualClock>? = nil, of request: Int
    ) -> Retry<VirtualClock> {
        Retry(rules, budget: budget, clock: clock, random: { 0.5 }, onEvent: { [self] event in
            switch event {
            case .attemptStarted(let number): note(request, "attempt \(number)")
            case .scheduled(let wait, let source, _):
                note(request, "wait \(wait.duration.wholeNanoseconds) \(source.rawValue)")
            case .givenUp(let reason, let attempts): note(request, "gave up \(attempts) \(reason.rawValue)")
            case .attemptFinished, .throttled: break
            }
        })
    }

    func timeout(_ limit: Duration, of request: Int) throws -> Timeout<VirtualClock> {
        Timeout(try TimeoutRules(total: limit), clock: clock, onEvent: { [self] event in
            if case .fired = event { note(request, "fired") }
        })
    }

    /// Shared by all requests: what it tells has no request.
    func breaker(_ rules: CircuitBreakerRules) -> CircuitBreaker<VirtualClock> {
        CircuitBreaker(rules, clock: clock, onEvent: { [self] event in
            switch event {
            case .changed(let transition): note(0, "\(transition.to) \(transition.reason.rawValue)")
            case .recorded(let counted?, .failuresInARow(let failures)):
                note(0, "\(counted.failed ? "failure" : "success") \(failures)")
            case .recorded(let counted?, .rate(let rate)):
                note(0, "\(counted.failed ? "failure" : "success") \(Int64((rate * 1e6).rounded()))")
            case .recorded(let counted?, .tooFewCalls): note(0, "\(counted.failed ? "failure" : "success") -1")
            case .rejected(let left): note(0, "turned away \(left?.wholeNanoseconds ?? -1)")
            case .admitted, .recorded(counted: nil, _): break
            }
        })
    }

    func bulkhead(_ rules: BulkheadRules) -> Bulkhead<VirtualClock> {
        Bulkhead(rules, clock: clock, onEvent: { [self] event in
            switch event {
            case .entered(let inside): note(0, "in \(inside)")
            case .queued(let queued): note(0, "queued \(queued)")
            case .rejected(let queued): note(0, "no room \(queued)")
            case .shed(let reason, let queued): note(0, "shed \(queued) \(reason.rawValue)")
            case .left(let inside): note(0, "out \(inside)")
            case .limitChanged(let limit): note(0, "limit \(limit)")
            case .abandoned: break
            }
        })
    }

    func limiter(_ rules: RateLimitRules) -> RateLimiter<VirtualClock> {
        RateLimiter(rules, clock: clock, onEvent: { [self] event in
            switch event {
            case .admitted: note(0, "permit")
            case .delayed(let wait, _): note(0, "permit in \(wait.wholeNanoseconds)")
            case .rejected: note(0, "no permit")
            }
        })
    }

    func hedge(after: Duration, copies: Int, of request: Int) throws -> Hedge<VirtualClock> {
        Hedge(try HedgeRules(after: after, copies: copies), clock: clock, onEvent: { [self] event in
            if case .copyStarted(let number) = event { note(request, "copy \(number)") }
        })
    }
}

extension Trace {
    /// The same lines of a run of the model.
    func decisions() -> [String] {
        var delayed: Set<RequestID> = []
        return events.compactMap { event in
            let what: String
            var request = event.request.rawValue
            if event.component != .none, isShared(event.component) { request = 0 }
            switch event.kind {
            case .attemptStarted: what = "attempt \(event.value)"
            case .retryScheduled: what = "wait \(event.value) \(name(event.detail))"
            case .retryGivenUp: what = "gave up \(event.value) \(name(event.detail))"
            case .timeoutFired: what = "fired"
            case .copyStarted: what = "copy \(event.value)"
            case .guardFinished: what = "end \(event.outcome)"
            case .breakerRecorded: what = "\(event.outcome == .ok ? "success" : "failure") \(event.value)"
            case .breakerOpened: what = "open \(name(event.detail))"
            case .breakerHalfOpened: what = "halfOpen \(name(event.detail))"
            case .breakerClosed: what = "closed \(name(event.detail))"
            case .breakerRejected: what = "turned away \(event.value)"
            case .bulkheadEntered: what = "in \(event.value)"
            case .bulkheadQueued: what = "queued \(event.value)"
            case .bulkheadRejected: what = "no room \(event.value)"
            case .bulkheadShed: what = "shed \(event.value) \(name(event.detail))"
            case .bulkheadLeft: what = "out \(event.value)"
            case .limitChanged: what = "limit \(event.value)"
            case .limiterDelayed:
                delayed.insert(event.request)
                what = "permit in \(event.value)"
            case .limiterAdmitted:
                if delayed.remove(event.request) != nil { return nil }
                what = "permit"
            case .limiterRejected: what = "no permit"
            default: return nil
            }
            return "\(event.time.nanoseconds) \(request) \(what)"
        }
    }

    /// Whether it is a layer whose wrapper is one for all requests.
    private func isShared(_ component: NameID) -> Bool {
        let kind = components.first { $0.name == component }?.kind
        return kind == .breaker || kind == .bulkhead || kind == .limiter
    }
}
