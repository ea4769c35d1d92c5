/// The moment by which the work at hand has to be done, known to everything that it calls.
///
/// A ``Timeout`` made with ``TimeoutRules/deadline(_:)`` sets it. Whoever has it in view can keep to it: a retry does
/// not wait past it, a bulkhead does not begin what comes too late, a client sends it along.
public struct Deadline: Sendable {
    /// The deadline of the task, if there is one.
    @TaskLocal public static var current: Deadline?

    private let left: @Sendable () -> Duration

    /// - Parameter moment: when it passes, on that clock.
    public init<C: Clock>(at moment: C.Instant, on clock: C) where C.Duration == Duration {
        left = { clock.now.duration(to: moment) }
    }

    /// Until it passes; zero or negative once it has.
    public var timeLeft: Duration { left() }

    /// It passes when no time is left.
    public var hasPassed: Bool { timeLeft <= .zero }

    /// Does nothing while there is time left. Ask before work is queued and after it has left the queue.
    ///
    /// - Throws: ``TimedOut`` when the task's deadline has passed.
    public static func check() throws {
        if let current, current.hasPassed { throw TimedOut(.deadline, limit: .zero) }
    }
}
