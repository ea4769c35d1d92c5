// The half-open state.
extension CircuitBreakerMachine {
    mutating func admitTrial(at now: Int64) -> CircuitBreakerAdmission.Decision {
        let hasRoom =
            switch profile.trials {
            case .onePerBreak: trialsStarted == 0 || now - blockedSince >= blockedFor
            case .one, .none: trialsStarted == 0
            case .permits, .successes: trialsStarted < rules.trials
            case .serial: trialsStarted == trialsAnswered
            }
        guard hasRoom else {
            let isPolly = profile == .pollyV7 || profile == .pollyV8
            return .rejected(retryAfter: isPolly ? .nanoseconds(timeLeft(at: now)) : nil)
        }
        trialsStarted += 1
        // Polly blocks for another break from here on; only version 7 then lets a second trial through.
        blockedSince = now
        return .admitted(permit(isTrial: true))
    }

    mutating func countTrial(
        failed: Bool, isSlow: Bool, at now: Int64, _ moves: inout CircuitBreakerTransitions
    ) -> CircuitBreakerMeasure {
        countInARow(failed: failed)
        switch profile.trials {
        case .permits:
            trialWindow?.add(failed: failed, slow: isSlow)
            let reached = measure
            if let isWell = trialsAreWell(failed: failed) {
                moves.append(isWell ? close(.trial, at: now) : open(.trial, at: now))
            }
            return reached
        case .one, .onePerBreak, .none: return countOnlyTrial(failed: failed, isSlow: isSlow, at: now, &moves)
        case .successes, .serial:
            trialsAnswered += 1
            window.add(failed: failed, slow: isSlow, at: now)
            let reached = measure
            if failed {
                moves.append(open(.trial, at: now))
            } else {
                trialSuccesses += 1
                if trialSuccesses >= rules.trials { moves.append(close(.trial, at: now)) }
            }
            return reached
        }
    }

    /// resilience4j: `nil` until enough of them are back.
    private func trialsAreWell(failed: Bool) -> Bool? {
        guard let totals = trialWindow?.totals else { return nil }
        switch rules.trip {
        case .ratio(_, let minimum):
            return totals.calls >= effectiveMinimum(minimum) ? tripReason == nil : nil
        case .consecutive:
            if failed { return false }
            return totals.calls >= rules.trials ? true : nil
        }
    }

    private mutating func countOnlyTrial(
        failed: Bool, isSlow: Bool, at now: Int64, _ moves: inout CircuitBreakerTransitions
    ) -> CircuitBreakerMeasure {
        // Polly leaves a failed trial out of its window; Hystrix counts everything.
        if profile == .hystrix { window.add(failed: failed, slow: isSlow, at: now) }
        let reached = measure
        if failed {
            moves.append(open(.trial, at: now))
        } else {
            moves.append(close(.trial, at: now))
            // Version 7 empties the window first and then counts the success.
            if profile == .pollyV7 { window.add(failed: false, slow: isSlow, at: now) }
        }
        return reached
    }

    /// A call has ended in an error that does not count.
    mutating func ignore(_ permit: CircuitBreakerPermit, at now: Int64) -> CircuitBreakerTransition? {
        guard state == .halfOpen else { return nil }
        if profile.ignoredResults == .failedTrial { return open(.trial, at: now) }
        // Only what was taken from these trials: resilience4j itself would also give back what was never taken.
        let givesBack = profile.trials == .permits || profile.trials == .successes
        if givesBack, permit.isTrial, permit.generation == generation { trialsStarted -= 1 }
        return nil
    }
}
