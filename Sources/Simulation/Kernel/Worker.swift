/// A spawned task, which takes up other work when its own is done: starting one anew costs four times as much.
final class Worker {
    /// It runs wherever the task is already: looking for another executor at each call would cost as much as a timer.
    typealias Work = nonisolated(nonsending) @Sendable () async -> Void

    /// What it is to do next.
    var work: Work?
    /// The task, while it is idle.
    var job: UnownedJob?

    init(_ work: @escaping Work) { self.work = work }

    /// Does the work and forgets it.
    nonisolated(nonsending) func perform() async {
        let work = work
        self.work = nil
        await work?()
    }
}
