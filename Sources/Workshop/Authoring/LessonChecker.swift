import Dispatch
import Scenario
import Simulation
import Synchronization

/// Checks the lesson that is written just now after each save, as `ensayo lint` does.
///
/// What can be seen without running the lesson is said at once. Running it takes longer: that is done beside the loop,
/// and given up when the files are saved again.
public final class LessonChecker {
    private final class Job: Sendable {
        let source: LessonSource
        let cancellation = Cancellation()
        let problems = Mutex<[Problem]?>(nil)

        init(_ source: LessonSource) { self.source = source }

        func run() {
            let found = LessonLint.check(source, cancellation: cancellation)
            problems.withLock { $0 = found }
        }
    }

    private var job: Job?

    public init() {}

    /// Begins to check a lesson as it lies in its folder. Returns what can be said of it at once.
    public func begin(_ source: LessonSource) -> LessonFindings {
        cancel()
        let (problems, isBroken) = LessonLint.checkFiles(source)
        if !isBroken {
            let job = Job(source)
            self.job = job
            DispatchQueue.global(qos: .utility).async { job.run() }
        }
        return LessonFindings(folder: source.folder, problems: problems, isBroken: isBroken, isRunning: !isBroken)
    }

    /// What was found altogether, once; `nil`: nothing new.
    public func finished() -> LessonFindings? {
        guard let job, let problems = job.problems.withLock({ $0 }) else { return nil }
        self.job = nil
        return LessonFindings(folder: job.source.folder, problems: problems)
    }

    public func cancel() {
        job?.cancellation.cancel()
        job = nil
    }
}
