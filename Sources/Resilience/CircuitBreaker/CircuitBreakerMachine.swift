/// The circuit breaker itself, in nanoseconds since it was made. ``CircuitBreakerCore`` gives it a clock's instants.
struct CircuitBreakerMachine: Sendable {
    var rules: CircuitBreakerRules
    var state = CircuitBreakerState.closed
    /// Counts changes of state, and gobreaker's intervals.
    var generation: UInt64 = 0
    var failuresInARow = 0
    /// How often it has opened since it was last closed. Envoy's goes down again only slowly.
    var openings = 0
    var halfOpenings = 0
    var window: CallWindow
    /// resilience4j's half-open window; it stays until the next trials, for late results.
    var trialWindow: CallRing?
    var usesTrialWindow = false
    /// When the state was entered.
    var since: Int64 = 0
    /// Calls are turned away for so long from then on.
    var blockedSince: Int64 = 0
    var blockedFor: Int64 = 0
    var trialsStarted = 0
    var trialsAnswered = 0
    var trialSuccesses = 0
    /// Hystrix: when its ticks began, and how many have been.
    var ticksSince: Int64 = 0
    var ticksDone: Int64 = 0
    /// gobreaker: how many intervals have ended.
    var intervalsDone: Int64 = 0
    var latest: CircuitBreakerTransition?

    init(_ rules: CircuitBreakerRules) {
        self.rules = rules
        window = CallWindow(rules)
        trialWindow = Self.trialWindow(rules)
    }

    private static func trialWindow(_ rules: CircuitBreakerRules) -> CallRing? {
        rules.profile.trials == .permits ? CallRing(size: rules.trials) : nil
    }

    var profile: CircuitBreakerProfile { rules.profile }

    // MARK: - Calls

    mutating func admit(at now: Int64) -> CircuitBreakerAdmission {
        var moves = catchUp(to: now)
        switch state {
        case .closed, .disabled, .metricsOnly:
            return CircuitBreakerAdmission(.admitted(permit(isTrial: false)), moves)
        case .forcedOpen:
            return CircuitBreakerAdmission(.rejected(retryAfter: nil), moves)
        case .open:
            guard profile.halfOpening != .sweep, isOver(at: now) else {
                return CircuitBreakerAdmission(.rejected(retryAfter: .nanoseconds(timeLeft(at: now))), moves)
            }
            moves.append(move(to: .halfOpen, .elapsed, at: now))
            return CircuitBreakerAdmission(admitTrial(at: now), moves)
        case .halfOpen:
            return CircuitBreakerAdmission(admitTrial(at: now), moves)
        }
    }

    mutating func read(at now: Int64) -> CircuitBreakerTransitions {
        var moves = catchUp(to: now)
        if state == .open, profile.halfOpening == .nextCallOrReading, isOver(at: now) {
            moves.append(move(to: .halfOpen, .elapsed, at: now))
        }
        return moves
    }

    func permit(isTrial: Bool) -> CircuitBreakerPermit {
        CircuitBreakerPermit(generation: generation, isTrial: isTrial)
    }

    mutating func record(
        _ result: CircuitBreakerResult, took: Duration, _ permit: CircuitBreakerPermit, at now: Int64
    ) -> CircuitBreakerRecord {
        var moves = catchUp(to: now)
        if permit.generation != generation, profile.lateResults == .dropped {
            return CircuitBreakerRecord(counted: nil, measure: measure, transitions: moves)
        }
        var failed = result == .failure
        if result == .ignored {
            if profile.ignoredResults != .success {
                moves.append(ignore(permit, at: now))
                return CircuitBreakerRecord(counted: nil, measure: measure, transitions: moves)
            }
            failed = false
        }
        let isSlow = rules.slow.map { took > $0.after } ?? false
        guard let reached = count(failed: failed, isSlow: isSlow, at: now, &moves) else {
            return CircuitBreakerRecord(counted: nil, measure: measure, transitions: moves)
        }
        let counted = CircuitBreakerRecord.Counted(failed: failed, isSlow: isSlow)
        return CircuitBreakerRecord(counted: counted, measure: reached, transitions: moves)
    }

    /// Counts a result in the state that it finds. Gives what the trip test then compared; `nil`: it does not count.
    private mutating func count(
        failed: Bool, isSlow: Bool, at now: Int64, _ moves: inout CircuitBreakerTransitions
    ) -> CircuitBreakerMeasure? {
        switch state {
        case .disabled, .forcedOpen: return nil
        case .closed, .metricsOnly:
            countInARow(failed: failed)
            window.add(failed: failed, slow: isSlow, at: now)
            let reached = measure
            let isDue = profile.evaluation == .onEveryResult || profile.evaluation == .onFailure && (failed || isSlow)
            if state == .closed, isDue, let reason = tripReason { moves.append(open(reason, at: now)) }
            return reached
        case .open:
            return countWhileOpen(failed: failed, isSlow: isSlow, at: now)
        case .halfOpen:
            return countTrial(failed: failed, isSlow: isSlow, at: now, &moves)
        }
    }

    private mutating func countWhileOpen(failed: Bool, isSlow: Bool, at now: Int64) -> CircuitBreakerMeasure? {
        // A breaker that counts failures in a row takes no notice; Envoy goes on counting until the host is back.
        guard rules.isRatio || profile == .envoy else { return nil }
        if profile == .envoy { countInARow(failed: failed) }
        if usesTrialWindow {
            trialWindow?.add(failed: failed, slow: isSlow)
        } else {
            window.add(failed: failed, slow: isSlow, at: now)
        }
        return measure
    }

    mutating func countInARow(failed: Bool) { failuresInARow = failed ? failuresInARow + 1 : 0 }

    // MARK: - The trip test

    /// The calls that decide now.
    var totals: CircuitBreakerCell { usesTrialWindow ? trialWindow?.totals ?? window.totals : window.totals }

    /// What is compared with the threshold.
    var measure: CircuitBreakerMeasure {
        guard case .ratio(_, let minimum) = rules.trip else { return .failuresInARow(failuresInARow) }
        let totals = totals
        guard totals.calls >= effectiveMinimum(minimum) else { return .tooFewCalls }
        return .rate(Double(totals.failures) / Double(totals.calls))
    }

    /// A window of so many calls never holds more than that.
    func effectiveMinimum(_ minimum: Int) -> Int {
        min(minimum, (usesTrialWindow ? trialWindow?.size : window.size) ?? .max)
    }

    /// Why the breaker has to open; `nil`: it has not.
    var tripReason: CircuitBreakerTransition.Reason? {
        switch rules.trip {
        case .consecutive(let failures): return failuresInARow >= failures ? .consecutive : nil
        case .ratio(let ratio, let minimum):
            let totals = totals
            guard totals.calls >= effectiveMinimum(minimum), totals.calls > 0 else { return nil }
            if isReached(ratio, by: totals.failures, of: totals.calls) { return .ratio }
            if let slow = rules.slow, isReached(slow.ratio, by: totals.slow, of: totals.calls) { return .slow }
            return nil
        }
    }

    private func isReached(_ ratio: Double, by part: Int, of calls: Int) -> Bool {
        guard profile == .hystrix else { return Double(part) / Double(calls) >= ratio }
        // Hystrix cuts the percentage off to a whole number: 49.99 is 49.
        let percentage = (Double(part) / Double(calls) * 100).rounded(.towardZero)
        return percentage >= (ratio * 100_000).rounded() / 1000
    }

    // MARK: - Changes of state

    mutating func open(_ reason: CircuitBreakerTransition.Reason, at now: Int64) -> CircuitBreakerTransition? {
        let opening = profile == .envoy ? nextEjection(at: now) : openings + 1
        let length = breakLength(opening: opening)
        guard let move = move(to: .open, reason, at: now, openFor: length) else { return nil }
        if profile == .envoy { failuresInARow = 0 }
        openings = opening
        blockedSince = now
        blockedFor = length
        return move
    }

    private func breakLength(opening: Int) -> Int64 {
        let totals = totals
        return rules.open.nanoseconds(
            CircuitBreakerBreak.Facts(
                opening: opening, halfOpenings: halfOpenings,
                failureRate: totals.calls > 0 ? Double(totals.failures) / Double(totals.calls) : 0,
                failures: rules.isRatio ? totals.failures : failuresInARow))
    }

    mutating func close(
        _ reason: CircuitBreakerTransition.Reason, at now: Int64
    ) -> CircuitBreakerTransition? {
        guard let move = move(to: .closed, reason, at: now) else { return nil }
        if profile != .envoy { openings = 0 }
        halfOpenings = 0
        failuresInARow = 0
        usesTrialWindow = false
        window.clear(at: now)
        intervalsDone = window.intervals
        return move
    }

    /// The one place where the state changes. `nil`: the table has no such transition, and nothing happens.
    mutating func move(
        to next: CircuitBreakerState, _ reason: CircuitBreakerTransition.Reason, at now: Int64, openFor: Int64? = nil
    ) -> CircuitBreakerTransition? {
        let length = openFor.map { Duration.nanoseconds($0) }
        guard let move = CircuitBreakerTransition(from: state, to: next, reason: reason, openFor: length) else {
            return nil
        }
        state = next
        since = now
        latest = move
        generation &+= 1
        if profile.clearsAtEveryChange {
            failuresInARow = 0
            window.clear(at: now)
            intervalsDone = window.intervals
        }
        if next == .halfOpen {
            halfOpenings += 1
            (trialsStarted, trialsAnswered, trialSuccesses) = (0, 0, 0)
            trialWindow?.clear()
            usesTrialWindow = trialWindow != nil
        }
        if next == .closed {
            ticksSince = now
            ticksDone = 0
        }
        return move
    }

    /// From any state to any other; `nil` when it is there already.
    mutating func force(_ next: CircuitBreakerState, at now: Int64) -> CircuitBreakerTransitions {
        var moves = catchUp(to: now)
        guard next != state else { return moves }
        switch next {
        case .closed: moves.append(close(.forced, at: now))
        case .open: moves.append(open(.forced, at: now))
        case .halfOpen, .forcedOpen, .disabled, .metricsOnly: moves.append(move(to: next, .forced, at: now))
        }
        // Polly 7 lets the next trial through after such a break.
        if next == .halfOpen, blockedFor == 0 { blockedFor = breakLength(opening: 1) }
        return moves
    }

    /// Takes new rules. State and counts stay; a window of another shape begins empty.
    mutating func change(_ rules: CircuitBreakerRules, at now: Int64) -> CircuitBreakerTransitions {
        let moves = catchUp(to: now)
        let old = self.rules
        self.rules = rules
        if rules.window != old.window || rules.profile != old.profile || rules.tick != old.tick {
            window = CallWindow(rules)
            window.clear(at: now)
            intervalsDone = window.intervals
            ticksSince = now
            ticksDone = 0
        }
        if rules.trials != old.trials || rules.profile != old.profile {
            trialWindow = Self.trialWindow(rules)
            usesTrialWindow = trialWindow != nil && (state == .halfOpen || usesTrialWindow)
        }
        return moves
    }
}
