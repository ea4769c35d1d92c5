/// Keeps calls away from a host that fails, for longer each time, and tries it with one call before it trusts it
/// again: what the balancers of Linkerd and Finagle have for each host.
///
/// It never turns a call away by itself: ask with ``isAvailable(at:)`` before choosing the host, tell ``started(at:)``
/// and ``record(_:at:draw:)``. Without a clock and without randomness: every call says what time it is and gives draws,
/// random numbers in 0..<1. Times are expected not to go back.
///
/// A trial whose caller gave up gives its place to another one, as in Finagle; in Linkerd the host would wait for the
/// answer of some other call. O(1).
public struct FailureAccrualCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public let rules: FailureAccrualRules
    public private(set) var state = FailureAccrualState.alive
    public private(set) var failuresInARow = 0
    private var average: SuccessAverage<Instant>?
    private var penalties: Backoff.Sequence
    private var averagePenalties: Backoff.Sequence
    private var deadSince: Instant
    private var deadFor = Duration.zero

    /// Alive, from `start` on.
    public init(_ rules: FailureAccrualRules, at start: Instant) {
        self.rules = rules
        average = rules.successRate.map { SuccessAverage($0, at: start) }
        penalties = rules.penalty.makeSequence()
        averagePenalties = penalties
        deadSince = start
    }

    /// The moving average, 0...1; `nil`: there is none, or no answer yet.
    public var successRate: Double? { average?.value }

    /// Whether a balancer may choose the host.
    public func isAvailable(at now: Instant) -> Bool {
        switch state {
        case .alive, .probing: true
        case .dead: timeToTick(at: now) == .zero
        case .onTrial: false
        }
    }

    /// A call has been sent to the host.
    public mutating func started(at now: Instant) -> [FailureAccrualTransition] {
        var moves = tick(at: now)
        if state == .probing { move(to: .onTrial, .sent, &moves) }
        return moves
    }

    /// Ends a penalty that is over. The other calls do that too, so it is needed only to see it in time.
    public mutating func tick(at now: Instant) -> [FailureAccrualTransition] {
        var moves: [FailureAccrualTransition] = []
        if timeToTick(at: now) == .zero { move(to: .probing, .elapsed, &moves) }
        return moves
    }

    /// Until a penalty is over; `nil`: there is none.
    public func timeToTick(at now: Instant) -> Duration? {
        state == .dead ? max(.zero, deadFor - deadSince.duration(to: now)) : nil
    }

    /// Counts what became of a call.
    public mutating func record(
        _ result: CircuitBreakerResult, at now: Instant, draw: () -> Double
    ) -> [FailureAccrualTransition] {
        var moves = tick(at: now)
        switch result {
        case .success: succeed(at: now, &moves)
        case .failure: fail(at: now, draw, &moves)
        case .ignored: if state == .onTrial { move(to: .probing, .undecided, &moves) }
        }
        return moves
    }

    private mutating func succeed(at now: Instant, _ moves: inout [FailureAccrualTransition]) {
        let isLinkerd = rules.profile == .linkerd
        if isLinkerd, state == .dead { return }
        if state == .onTrial || isLinkerd && state == .probing { revive(at: now, &moves) }
        failuresInARow = 0
        average?.add(success: true, at: now)
    }

    private mutating func revive(at now: Instant, _ moves: inout [FailureAccrualTransition]) {
        penalties.restart()
        averagePenalties.restart()
        average?.restart(at: now)
        move(to: .alive, .trial, &moves)
    }

    private mutating func fail(at now: Instant, _ draw: () -> Double, _ moves: inout [FailureAccrualTransition]) {
        let isOnProbation = state == .onTrial || rules.profile == .linkerd && state == .probing
        guard state == .alive || isOnProbation else { return }
        failuresInARow += 1
        var (wait, reason) = (Duration?.none, FailureAccrualTransition.Reason.successRate)
        if average?.add(success: false, at: now) == true { wait = averagePenalties.next(draw: draw()).duration }
        if let most = rules.consecutive, failuresInARow >= most {
            let other = penalties.next(draw: draw()).duration
            if other > wait ?? .zero || wait == nil { (wait, reason) = (other, .consecutive) }
        }
        if let wait {
            (deadSince, deadFor) = (now, wait)
            move(to: .dead, isOnProbation ? .trial : reason, for: wait, &moves)
        } else if isOnProbation {
            move(to: .probing, .undecided, &moves)
        }
    }

    private mutating func move(
        to next: FailureAccrualState, _ reason: FailureAccrualTransition.Reason, for length: Duration? = nil,
        _ moves: inout [FailureAccrualTransition]
    ) {
        let move = FailureAccrualTransition(from: state, to: next, reason: reason, deadFor: length)
        guard let move else { return }
        state = next
        moves.append(move)
    }
}
