import Scenario
import Simulation
import Trace

/// A call on its way to a backend, in it, and back. It outlives a caller who no longer waits.
final class BackendCall {
    let backend: BackendModel
    let operation: OperationModel
    let request: RequestID
    let span: SpanID
    /// The span of the caller.
    let parent: SpanID
    let key: DrawKey
    /// That of its request: see ``Strand/origin``.
    let origin: DrawKey
    /// The key that it is about, if it is about one.
    let subject: String?
    let sent: VirtualTime
    /// When the caller no longer wants the answer, as it told the backend.
    var deadline: VirtualTime?
    /// Which balancer sent it there, if one did.
    var pick: PoolPick?
    /// The write that it is a part of, if it is one, and whether that is done with it.
    var write: BackendWrite?
    var completesWrite = false
    /// Time-outs of this one call; `nil`: it has none.
    var watch: CallWatch?
    var caller = Caller.nobody
    /// The newest event of the call, which causes the next.
    var cause = EventID.none

    /// Who waits for the answer.
    enum Caller {
        /// It was abandoned.
        case nobody
        case task(Timer)
        case branch(CallFork, Int)
    }

    // In service.
    var started = VirtualTime.zero
    /// Its place in the list of calls in service.
    var slot = -1
    var service = Timer.none
    /// What made its service end as or when it will, other than having started: a fault or an intervention.
    var influence = EventID.none

    /// What the backend does for it in its own name, once that has begun.
    var steps: ServiceSteps?

    /// How it ended; `none` until the backend has decided.
    var outcome = Outcome.none
    /// How long the backend asks the caller to wait, if it does.
    var retryAfter: Duration?
    /// The version of its row: of an update the one that the request has read, of an answer the newest.
    var version: Int?

    init(
        backend: BackendModel, operation: OperationModel, request: RequestID, span: SpanID, parent: SpanID,
        key: DrawKey, origin: DrawKey, subject: String?, sent: VirtualTime, deadline: VirtualTime? = nil
    ) {
        self.backend = backend
        self.operation = operation
        self.request = request
        self.span = span
        self.parent = parent
        self.key = key
        self.origin = origin
        self.subject = subject
        self.sent = sent
        self.deadline = deadline
    }
}

extension BackendCall {
    /// The backend has done what it was asked, or never will.
    func settleWrite(isDone: Bool) {
        if completesWrite { write?.ended(isDone: isDone, at: backend.world.now, cause) }
    }
}

/// One thing that a backend can be asked for, as it is at present.
final class OperationModel {
    let name: NameID
    let latency: Sampler
    var answer: Datum
    /// Whether doing it twice is as good as once.
    var isIdempotent: Bool
    var row: RowAccess?
    /// The keys that it knows; `nil`: any. For look-up alone.
    private var known: Set<String>?
    /// What follows on the backend's own work; `nil`: nothing.
    var program: Program?
    /// The intervention that gave it its latency; none: it has the scenario's own.
    var changedBy = EventID.none

    init(name: NameID, latency: Sampler, spec: Operation?) {
        self.name = name
        self.latency = latency
        answer = Datum(spec?.returns ?? .null)
        isIdempotent = spec?.isIdempotent ?? true
        row = spec?.row
        known = spec?.knows.map { Set($0) }
    }

    func adopt(_ spec: Operation?) {
        answer = Datum(spec?.returns ?? .null)
        isIdempotent = spec?.isIdempotent ?? true
        row = spec?.row
        known = spec?.knows.map { Set($0) }
    }

    /// Whether there is an answer to a call about that key; one about none asks for no key in particular.
    func knows(_ subject: String?) -> Bool {
        guard let known, let subject else { return true }
        return known.contains(subject)
    }
}
