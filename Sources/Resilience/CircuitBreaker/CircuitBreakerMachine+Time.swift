// What time alone brings.
extension CircuitBreakerMachine {
    func isOver(at now: Int64) -> Bool {
        profile.isOverAtTheInstant ? now - blockedSince >= blockedFor : now - blockedSince > blockedFor
    }

    /// Until the break is over; Envoy: until the sweep that finds it over.
    func timeLeft(at now: Int64) -> Int64 {
        max(0, (profile.halfOpening == .sweep ? returningSweep : blockedSince + blockedFor) - now)
    }

    /// Two steps at most: who leaves a breaker alone for long finds it where these two lead.
    mutating func catchUp(to now: Int64) -> CircuitBreakerTransitions {
        var moves = CircuitBreakerTransitions()
        if let first = step(to: now) {
            moves.append(first)
            moves.append(step(to: now))
        }
        window.advance(to: now)
        return moves
    }

    private mutating func step(to now: Int64) -> CircuitBreakerTransition? {
        switch state {
        case .closed:
            if profile.evaluation == .onTick { return tick(to: now) }
            endInterval(at: now)
        case .open:
            if profile.halfOpening == .sweep {
                if returningSweep <= now { return close(.elapsed, at: returningSweep) }
            } else if rules.halfOpensByItself, now - blockedSince >= blockedFor {
                return move(to: .halfOpen, .elapsed, at: blockedSince + blockedFor)
            }
        case .halfOpen:
            if let most = rules.maxHalfOpen?.clampedNanoseconds, now - since >= most {
                return open(.overdue, at: since + most)
            }
        case .forcedOpen, .disabled, .metricsOnly: break
        }
        return nil
    }

    /// gobreaker: the count in a row is part of the interval, and so are the calls that began in it.
    private mutating func endInterval(at now: Int64) {
        guard profile == .gobreaker else { return }
        window.advance(to: now)
        guard window.intervals > intervalsDone else { return }
        intervalsDone = window.intervals
        failuresInARow = min(failuresInARow, window.totals.failures)
        if case .time(_, bucket: nil) = rules.window { generation &+= 1 }
    }

    /// Hystrix: looks at the window at each tick that has been since the last look.
    private mutating func tick(to now: Int64) -> CircuitBreakerTransition? {
        let length = max(1, rules.tick.clampedNanoseconds)
        let due = (now - ticksSince) / length
        // After so many ticks nothing is left in the window.
        let last = min(due, ticksDone + Int64(window.buckets) + 1)
        while ticksDone < last {
            ticksDone += 1
            let instant = ticksSince + ticksDone * length
            window.advance(to: instant)
            if let reason = tripReason { return open(reason, at: instant) }
        }
        ticksDone = due
        return nil
    }

    /// Envoy looks at its hosts at fixed times.
    var returningSweep: Int64 {
        let over = blockedSince + blockedFor
        let tick = max(1, rules.tick.clampedNanoseconds)
        return (over / tick + (over % tick == 0 ? 0 : 1)).multipliedClamped(by: tick)
    }

    /// Envoy: one more than the last time, less one for each sweep that found the host back for an interval.
    func nextEjection(at now: Int64) -> Int {
        let tick = max(1, rules.tick.clampedNanoseconds)
        let firstDecay = (since + tick - 1) / tick + 1
        let left = openings - Int(clamping: max(0, now / tick - firstDecay + 1))
        let multiplier = max(0, left)
        if case .linear(let base, let most) = rules.open {
            let reached = base.clampedNanoseconds.multipliedClamped(by: Int64(multiplier))
            // Beyond the longest time it is not raised.
            if reached >= most.clampedNanoseconds + base.clampedNanoseconds { return multiplier }
        }
        return multiplier + 1
    }

    /// How long until the state may change without a call; `nil`: it does not.
    func timeToTick(at now: Int64) -> Int64? {
        switch state {
        case .closed:
            guard profile.evaluation == .onTick, hasSomethingToLookAt else { return nil }
            let length = max(1, rules.tick.clampedNanoseconds)
            return length - (now - ticksSince) % length
        case .open:
            return profile.halfOpening == .sweep || rules.halfOpensByItself ? timeLeft(at: now) : nil
        case .halfOpen:
            return rules.maxHalfOpen.map { max(0, $0.clampedNanoseconds - (now - since)) }
        case .forcedOpen, .disabled, .metricsOnly: return nil
        }
    }

    private var hasSomethingToLookAt: Bool { rules.isRatio ? window.totals.calls > 0 : failuresInARow > 0 }
}
