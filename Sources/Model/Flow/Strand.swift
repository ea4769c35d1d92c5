import Simulation
import Trace

/// One sequential thread of a request: where it stands, what it knows, and what happened to it last.
///
/// A request has one, and so has each call of an operation with steps; `parallel` and `forEach` give each branch its
/// own. Cancelling goes down the tree of strands and forks, not through Swift's tasks: each strand knows the one event
/// that stopped it. Confined to the run's thread.
final class Strand: @unchecked Sendable {
    let world: World
    /// Who runs it: the client, or the service whose operation it is a part of.
    let client: NameID
    let request: RequestID
    /// The innermost open span.
    var span: SpanID
    /// The newest event, which causes the next.
    var cause: EventID
    /// The request and the rounds of loops it is in: see ``DrawKey``.
    var key: DrawKey
    /// The identity of the request alone, wherever in it the strand is.
    var origin: DrawKey
    var environment: Environment
    /// The key that its request is about, if it is about one.
    var subject: String?
    /// The answers so far, in the order in which the flow is written.
    var answers: [Datum] = []

    /// The version of the data that the last cache step has answered: see ``Truth``.
    var served: (key: String, version: Truth.Version)?
    /// The caches for whose readers its steps load.
    var loading: [NameID] = []
    /// The write that its steps carry out.
    var write: BackendWrite?

    // What the policies around it tell the calls inside.
    /// When nobody wants the answer any longer.
    var deadline: VirtualTime?
    /// The time-outs of each call.
    var callLimits: CallLimits?
    /// Calls so far that must not be made again, its branches' included: see ``CallInstruction/isRepeatable``.
    private(set) var unrepeatableCalls = 0
    /// The strand that this one is a branch of.
    private var parent: Strand?

    /// What it waits for: a time or an answer, or its branches.
    var waiting = Timer.none
    private var fork: Fork?
    /// Why it goes no further: the event that failed a branch beside it, or the time-out of a policy around it.
    private(set) var stop: Stopped?
    /// What ``stop`` ends: 0 the whole strand, else the work inside that many time-outs.
    private var stopScope = 0
    /// How many time-outs hold the work of the moment.
    private var scope = 0

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
        origin = key
        self.environment = environment
    }

    /// A strand that goes on from here beside this one.
    func branch() -> Strand {
        let branch = Strand(
            world: world, client: client, request: request, span: span, cause: cause, key: key,
            environment: environment)
        branch.origin = origin
        branch.subject = subject
        branch.write = write
        branch.loading = loading
        branch.deadline = deadline
        branch.callLimits = callLimits
        branch.parent = self
        return branch
    }

    /// A call that must not be made twice is sent (1), or has surely not begun (-1).
    func countUnrepeatable(_ change: Int) {
        var strand: Strand? = self
        while let next = strand {
            next.unrepeatableCalls += change
            strand = next.parent
        }
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
            // Asking again finds no more data.
            throw Stopped(outcome: .badRequest, event: cause)
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
            if !fork.isDone { fork.cancel(Stopped(outcome: .cancelled, event: cause)) }
        }
        if let stopped = stop ?? fork.failure { throw stopped }
        try checkCancelled()
        return fork.answers
    }

    // MARK: Stopping

    /// Stops what the strand is doing, because of an event elsewhere in its request.
    func cancel(_ reason: Stopped) { cancel(reason, scope: 0) }

    private func cancel(_ reason: Stopped, scope: Int) {
        let isUnwinding = stop != nil
        if isUnwinding, stopScope <= scope { return }
        stop = reason
        stopScope = scope
        if isUnwinding { return }
        if let fork { fork.cancel(reason) } else { world.simulation.cancel(waiting) }
    }

    /// Whether what it waits for has come, and it is about to go on.
    private var isWoken: Bool { if let fork { fork.isDone } else { !world.simulation.isPending(waiting) } }

    /// Runs `work`, and stops it and nothing around it when the time is up. `fire` records that, and says why it stops.
    ///
    /// Time-outs of the same moment as an answer: whichever was scheduled first goes first. That is the time-out, which
    /// stood there before the call was sent, but for answers held by a fault that ends at that moment. Work that ends
    /// well all the same counts as in time, as in Polly: a time-out is cooperative.
    nonisolated(nonsending) func run(
        for nanoseconds: Int64, fire: @escaping () -> Stopped,
        _ work: nonisolated(nonsending) () async throws(Stopped) -> Datum?
    ) async throws(Stopped) -> Datum? {
        scope += 1
        let alarm = Alarm(self, scope: scope, fire: fire)
        alarm.set(after: nanoseconds)
        defer {
            alarm.clear()
            if stopScope == scope { stop = nil }
            scope -= 1
        }
        return try await work()
    }

    /// The time-out of one scope.
    private final class Alarm {
        private let strand: Strand
        private let scope: Int
        private let fire: () -> Stopped
        private var timer = Timer.none

        init(_ strand: Strand, scope: Int, fire: @escaping () -> Stopped) {
            self.strand = strand
            self.scope = scope
            self.fire = fire
        }

        func set(after nanoseconds: Int64) {
            timer = strand.world.simulation.schedule(after: nanoseconds) { self.ring() }
        }

        func clear() { strand.world.simulation.cancel(timer) }

        private func ring() {
            if strand.stop != nil { return }
            // What came first at this moment goes on first; if it is not the end of the work, the time is up after it.
            if strand.isWoken { return set(after: 0) }
            strand.cancel(fire(), scope: scope)
        }
    }
}

/// Why a strand goes no further.
struct Stopped: Error {
    /// What became of its last call, or which policy decided.
    var outcome: Outcome
    /// What stopped it.
    var event: EventID
    /// How long the backend, or the policy, asks to wait before another attempt.
    var retryAfter: Duration?

    /// What it makes of the block or the request around: an error, whichever it was, unless a policy decided.
    var outcomeOfWhole: Outcome {
        switch outcome {
        case .rejected, .refused: .failed
        default: outcome.group == .failed ? .failed : outcome
        }
    }

    /// The same, further out: `event` says that what it stopped has ended.
    func after(_ event: EventID) -> Stopped { Stopped(outcome: outcome, event: event, retryAfter: retryAfter) }
}
