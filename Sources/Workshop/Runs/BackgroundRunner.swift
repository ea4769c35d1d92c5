import Dispatch
import Model
import Simulation
import Synchronization
import Trace

/// Computes runs beside the loop, so that a long one leaves the keyboard alive.
///
/// Most runs take a few milliseconds: ``start(_:)`` waits that long, so that their frame is the next one shown.
public final class BackgroundRunner: Runner {
    private static let patience = DispatchTimeInterval.milliseconds(12)

    /// One run under way. It outlives the runner's interest in it when it is cancelled.
    private final class Job: Sendable {
        let run: Run
        let cancellation = Cancellation()
        let reached = Atomic<Int64>(0)
        let outcome = Mutex<RunOutcome?>(nil)
        let isDone = DispatchSemaphore(value: 0)

        init(_ run: Run) { self.run = run }

        func compute() {
            let result = run.outcome(cancellation: cancellation) { time in
                self.reached.store(time.nanoseconds, ordering: .relaxed)
            }
            outcome.withLock { $0 = result }
            isDone.signal()
        }
    }

    private var jobs: [Job] = []

    public init() {}

    public func start(_ run: Run) -> RunOutcome? {
        let job = Job(run)
        Task.detached(priority: .userInitiated) { job.compute() }
        if job.isDone.wait(timeout: .now() + Self.patience) == .success { return job.outcome.withLock { $0 } }
        jobs.append(job)
        return nil
    }

    public func finished() -> [(Run, RunOutcome)] {
        var done: [(Run, RunOutcome)] = []
        jobs.removeAll { job in
            guard let outcome = job.outcome.withLock({ $0 }) else { return false }
            done.append((job.run, outcome))
            return true
        }
        return done
    }

    public var progress: Double? {
        guard let job = jobs.last else { return nil }
        let duration = job.run.document.scenario.duration.wholeNanoseconds
        return duration > 0 ? min(1, Double(job.reached.load(ordering: .relaxed)) / Double(duration)) : nil
    }

    public func cancel() {
        for job in jobs { job.cancellation.cancel() }
        jobs = []
    }
}
