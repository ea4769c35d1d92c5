import Simulation
import Trace

/// One sequential thread of a request: where it stands, what it knows, and what happened to it last.
///
/// A request has one; `parallel` and `forEach` give each branch its own. Confined to the run's thread.
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
    let environment: Environment
    /// The answers so far, in the order in which the flow is written.
    var answers: [Datum] = []
    private let branching: Branching?

    init(
        world: World, client: NameID, request: RequestID, span: SpanID, cause: EventID, key: DrawKey,
        environment: Environment, branching: Branching? = nil
    ) {
        self.world = world
        self.client = client
        self.request = request
        self.span = span
        self.cause = cause
        self.key = key
        self.environment = environment
        self.branching = branching
    }

    /// A strand for one of several branches.
    func branch(_ branching: Branching, key: DrawKey? = nil, environment: Environment? = nil) -> Strand {
        Strand(
            world: world, client: client, request: request, span: span, cause: cause, key: key ?? self.key,
            environment: environment ?? self.environment, branching: branching)
    }

    func newBranching() -> Branching { Branching(outer: branching) }

    /// That the strand was cancelled: by a branch beside it or beside one that holds it, or by the end of the run.
    func cancellation() -> Stopped { Stopped(outcome: .cancelled, event: branching?.reason ?? cause) }

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

    func nanoseconds(since start: VirtualTime) -> Int64 { world.now.nanoseconds - start.nanoseconds }
}

/// Why a strand goes no further.
struct Stopped: Error {
    /// ``Outcome/failed`` or ``Outcome/cancelled``.
    var outcome: Outcome
    /// What stopped it.
    var event: EventID
}

/// Branches that run at the same time, of which the first that fails cancels the others.
final class Branching {
    private let outer: Branching?
    /// The event that failed the first branch.
    private var failure: EventID?

    init(outer: Branching?) { self.outer = outer }

    func fail(with event: EventID) { failure = event }

    /// Why a branch was cancelled: its nearest reason.
    var reason: EventID? { failure ?? outer?.reason }
}
