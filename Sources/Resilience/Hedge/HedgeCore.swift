/// The copies of one piece of work, as a value without clock.
///
/// Begin with ``startNext(at:)``, which is copy 0. Then, until ``finished(_:at:)`` gives a verdict: at ``due``
/// start the next copy, and tell how each one ends.
public struct HedgeCore<Instant: InstantProtocol>: Sendable where Instant.Duration == Duration {
    public enum Verdict: Hashable, Sendable {
        /// Others are still running, or the next copy is still to come.
        case wait
        /// The next copy goes out now: call ``startNext(at:)``.
        case startNext
        /// This copy's result is the result; cancel the others.
        case decided
    }

    public let rules: HedgeRules
    /// Copies started, the first call included.
    public private(set) var started = 0
    public private(set) var running = 0
    /// When the next copy goes out, unless something ends before; `nil`: there is none.
    public private(set) var due: Instant?
    private var isStopped = false

    public init(_ rules: HedgeRules) { self.rules = rules }

    private var hasMore: Bool { !isStopped && started <= rules.copies }

    /// Starts a copy. Returns its number; the first call is 0.
    public mutating func startNext(at now: Instant) -> Int {
        defer { (started, running) = (started + 1, running + 1) }
        due = !isStopped && started < rules.copies ? now.advanced(by: rules.after.clamped) : nil
        return started
    }

    /// No further copies, as when the retry budget is used up. What runs goes on.
    ///
    /// - Returns: `decided` when nothing runs any more, so that the last failure is the result.
    public mutating func stop() -> Verdict {
        isStopped = true
        due = nil
        return running == 0 ? .decided : .wait
    }

    /// A copy has ended: well with `nil`, else with a failure.
    public mutating func finished(_ failure: Failure?, at now: Instant) -> Verdict {
        running -= 1
        guard let failure, rules.on.contains(failure.kind) else {
            _ = stop()
            return .decided
        }
        switch rules.honoursRetryAfter ? failure.retryAfter : nil {
        case .never: return stop()
        case .pushback(let delay), .delay(let delay):
            guard hasMore else { break }
            due = now.advanced(by: delay.clamped)
            return .wait
        case nil:
            if hasMore { return .startNext }
        }
        return running == 0 ? .decided : .wait
    }
}
