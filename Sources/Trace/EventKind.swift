/// What happened. The comment beside each says what the event's other fields hold.
///
/// Raw values are part of the trace's format: add new ones at the end of their group's range, never renumber.
public enum EventKind: UInt8, CaseIterable, Sendable {
    // A client's request. component: the client.
    /// detail: the flow. Opens the request's root span.
    case requestStarted = 1
    /// detail: the flow. value: latency in ns. Closes the root span.
    case requestFinished = 2

    // A block of a flow: sequence, parallel, forEach, repeat, merge. component: the client that runs it.
    /// detail: the block's label. Opens a span.
    case stepStarted = 10
    /// detail: the block's label. value: duration in ns. Closes the span.
    case stepFinished = 11
    /// detail: how (`concat`, `zip`). value: number of parts in the joined answer.
    case merged = 12
    /// value: how long, in ns. Opens a span.
    case waitStarted = 13
    /// value: how long it was, in ns. Closes the span.
    case waitFinished = 14
    /// A step needs data that no earlier answer holds, and fails. detail: the reference as written.
    case dataMissing = 15

    // A call to a backend, in the order in which they happen. component: the backend. detail: the operation.
    /// The caller sends it. value: network delay to the backend in ns. Opens a span whose parent is the caller's.
    case callSent = 20
    /// It reaches the backend. value: calls in service there.
    case callArrived = 21
    /// Every slot is taken: it waits. value: queue length, this call included.
    case callQueued = 22
    /// The backend refuses it (queue full, or down). value: queue length.
    case callRejected = 23
    /// It gets a slot. value: calls in service, this one included.
    case serviceStarted = 24
    /// The backend is done with it and answers. value: service time in ns.
    case serviceFinished = 25
    /// The caller has the answer. value: latency as the caller saw it, in ns. Closes the span.
    case callFinished = 26
    /// The caller no longer waits; the backend may still work on it. Closes the span for the caller.
    case callAbandoned = 27

    // A cache. component: the cache. detail: the key.
    /// The caller asks the cache. Opens a span.
    case cacheLookup = 40
    /// value: age of the entry in ns. Closes the span.
    case cacheHit = 41
    /// value: 1 when an expired entry was found, else 0. Closes the span.
    case cacheMiss = 42
    /// value: time to live in ns.
    case cacheStored = 43
    /// value: number of entries removed.
    case cacheInvalidated = 44
    /// The caller no longer waits for its look-up. Closes the span.
    case cacheAbandoned = 45

    // What the lesson, the instructor or the student does to the system.
    /// component: the backend. detail: the fault. value: its size (ns for latency, millionths for rates and factors).
    case faultStarted = 60
    /// component: the backend. detail: the fault.
    case faultEnded = 61
    /// detail: `path = value`, as written. value: place in the list of interventions.
    case parameterSet = 62
    /// component: the backend or client. value: slots, or users (-1: no limit). Sent at the start and at each change.
    case capacityChanged = 63
    /// detail: the mark's label, a step mark of the lesson.
    case mark = 64

    /// Whether the event opens the span that it names.
    public var opensSpan: Bool {
        switch self {
        case .requestStarted, .stepStarted, .waitStarted, .callSent, .cacheLookup: true
        default: false
        }
    }

    /// Whether the event closes the span that it names.
    public var closesSpan: Bool {
        switch self {
        case .requestFinished, .stepFinished, .waitFinished, .callFinished, .callAbandoned, .cacheHit, .cacheMiss,
            .cacheAbandoned:
            true
        default: false
        }
    }
}

/// How a piece of work ended.
public enum Outcome: UInt8, CaseIterable, Sendable {
    /// Not ended yet, or the event has no outcome.
    case none = 0
    case ok = 1
    /// The work was done and the answer is an error.
    case failed = 2
    /// Not accepted: the queue was full.
    case rejected = 3
    /// Not accepted: the backend was down.
    case refused = 4
    case timedOut = 5
    case cancelled = 6

    public var isSuccess: Bool { self == .ok }
}
