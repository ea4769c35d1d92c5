import Simulation
import Trace

/// One sequential thread of a request: where it stands, what it knows, and what happened to it last.
///
/// A request has one; `parallel` and `forEach` give each branch its own. Cancelling goes down the tree of strands and
/// forks, not through Swift's tasks: each strand knows the one event that stopped it. Confined to the run's thread.
final class Strand: @unchecked Sendable {
    let world: World
    let client: NameID
    let request: RequestID
    /// The innermost open span.
    var span: SpanID
    /// The newest event, which causes the next.
    var cause: EventID
    /// The request and the rounds of loops it is in: see ``DrawKey``.
    var key: DrawKey
    var environment: Environment
    /// The answers so far, in the order in which the flow is written.
    var answers: [Datum] = []

    /// What it waits for: a time or an answer, or its branches.
    var waiting = Timer.none
    private var fork: Fork?
    /// Why it goes no further: the event that failed a branch beside it, or beside one that holds it.
    private(set) var stop: Stopped?

    init(
        world: World, client: NameID, request: RequestID, span: SpanID, cause: EventID, key: DrawKey,
        environment: Environment
    ) {
        self.world = world
        self.client = client
        self.request = request
        self.span = span
        self.cause = cause
        self.key = key
        self.environment = environment
    }

    /// A strand that goes on from here beside this one.
    func branch() -> Strand {
        Strand(
            world: world, client: client, request: request, span: span, cause: cause, key: key,
            environment: environment)
    }

    // MARK: Events

    /// Records an event of the strand, caused by the one before.
    @discardableResult func record(
        _ kind: EventKind, _ outcome: Outcome = .none, detail: NameID = .none, span: SpanID? = nil,
        parent: SpanID = .none, value: Int64 = 0
    ) -> EventID {
        cause = world.record(
            kind, outcome, component: client, detail: detail, request: request, span: span ?? self.span, parent: parent,
            cause: cause, value: value)
        return cause
    }

    func nanoseconds(since start: VirtualTime) -> Int64 { world.now.nanoseconds - start.nanoseconds }

    // MARK: Data

    func save(_ answer: Datum, in slot: Int?) {
        if let slot { environment.slots[slot] = answer }
    }

    /// Evaluates, or fails the step because the data it needs is not there.
    func evaluate<Result>(
        _ formula: Formula, _ read: (Formula, Environment) throws(Formula.Missing) -> Result
    ) throws(Stopped) -> Result {
        do { return try read(formula, environment) } catch {
            record(.dataMissing, .failed, detail: world.name(error.reference))
            throw Stopped(outcome: .failed, event: cause)
        }
    }

    // MARK: Waiting

    /// Fails when the strand was cancelled or the run is over.
    func checkCancelled() throws(Stopped) {
        if let stop { throw stop }
        if world.isOver { throw Stopped(outcome: .cancelled, event: cause) }
    }

    /// Waits so many nanoseconds.
    nonisolated(nonsending) func pause(_ nanoseconds: Int64) async throws(Stopped) {
        try checkCancelled()
        if nanoseconds == 0 { return }
        let end = world.now.advanced(byNanoseconds: nanoseconds)
        if case .cancelled = await world.simulation.wait(until: end, { waiting = $0 }) {
            throw stop ?? Stopped(outcome: .cancelled, event: cause)
        }
    }

    /// Runs a fork until all its branches have ended, and returns their answers.
    nonisolated(nonsending) func join(_ fork: Fork) async throws(Stopped) -> [Datum?] {
        // Each branch makes an event at the least: so many would not fit, and need not be made.
        if fork.count > world.room { world.stopForWork() }
        try checkCancelled()
        self.fork = fork
        defer { self.fork = nil }
        fork.start()
        if !fork.isDone {
            _ = await world.simulation.wait { fork.onEnd = $0 }
            // At the end of the run: branches and their calls hold each other.
            if !fork.isDone { fork.cancel(cause) }
        }
        if let stopped = stop ?? fork.failure { throw stopped }
        try checkCancelled()
        return fork.answers
    }

    /// Stops what the strand is doing, because of an event elsewhere in its request.
    func cancel(_ reason: EventID) {
        if stop != nil { return }
        stop = Stopped(outcome: .cancelled, event: reason)
        if let fork { fork.cancel(reason) } else { world.simulation.cancel(waiting) }
    }
}

/// Why a strand goes no further.
struct Stopped: Error {
    /// ``Outcome/failed`` or ``Outcome/cancelled``.
    var outcome: Outcome
    /// What stopped it.
    var event: EventID
}
