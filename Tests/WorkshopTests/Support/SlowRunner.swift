import Model

@testable import Workshop

/// A runner that finishes nothing until it is told to.
final class SlowRunner: Runner {
    private(set) var pending: [Run] = []
    private(set) var cancellations = 0
    private var done: [(Run, RunOutcome)] = []
    /// Runs that are done at once, before it gets slow.
    var quick = 0
    var progress: Double?

    func start(_ request: Run) -> RunOutcome? {
        if quick > 0 {
            quick -= 1
            return request.outcome()
        }
        pending.append(request)
        return nil
    }

    func finished() -> [(Run, RunOutcome)] {
        defer { done = [] }
        return done
    }

    func cancel() {
        cancellations += 1
        pending = []
        done = []
    }

    /// Finishes what is under way; the workshop hears of it through ``finished()``.
    func finishAll() {
        for run in pending { if let outcome = run.outcome() { done.append((run, outcome)) } }
        pending = []
    }
}
