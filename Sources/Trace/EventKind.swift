/// What happened. The comment beside each says what the event's other fields hold.
///
/// Raw values are part of the trace's format: add new ones at the end of their group's range, never renumber.
public enum EventKind: UInt8, CaseIterable, Sendable {
    // A client's request. component: the client.
    /// detail: the flow. Opens the request's root span.
    case requestStarted = 1
    /// detail: the flow. value: latency in ns. Closes the root span.
    case requestFinished = 2
    /// detail: the key that the request is about, where its client draws keys.
    case requestKeyed = 3

    // A block of a flow: sequence, parallel, forEach, repeat, merge. component: the client that runs it, or the service
    // whose operation it belongs to.
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

    /// One of several branches is taken. component: who runs it. detail: the branch's label; none where it has none, or
    /// where no branch is taken. value: its place from 0; -1: no branch.
    case branchChosen = 18

    // Work that no caller waits for: a refresh, a flush. component: who does it: the cache.
    /// detail: what (`refresh`, `flush`). Opens a span without a parent.
    case backgroundStarted = 16
    /// detail: what. value: duration in ns. Closes the span.
    case backgroundFinished = 17

    // A call to a backend, in the order in which they happen. component: the backend. detail: the operation.
    /// The caller sends it. value: network delay to the backend in ns; -1: it is lost on its way. Opens a span whose
    /// parent is the caller's. What the backend does for it, calling others, is inside that span.
    case callSent = 20
    /// It reaches the backend. value: calls in service there.
    case callArrived = 21
    /// Every slot is taken: it waits. value: queue length, this call included.
    case callQueued = 22
    /// The backend refuses it (queue full, or down). value: queue length.
    case callRejected = 23
    /// It gets a slot. value: calls in service, this one included.
    case serviceStarted = 24
    /// The backend is done with it and answers. value: service time in ns, the steps of its operation included.
    case serviceFinished = 25
    /// The caller has the answer. value: latency as the caller saw it, in ns. Closes the span.
    case callFinished = 26
    /// The caller no longer waits; the backend may still work on it. Closes the span for the caller.
    case callAbandoned = 27
    /// The backend drops it unserved: its deadline has passed. value: how long ago, in ns.
    case callExpired = 28
    /// The caller does not wait for it, and goes on. outcome: `ok`, or `reset` when it is lost. Closes the span for the
    /// caller; what becomes of it at the backend follows. value: 0.
    case callDetached = 29

    // A cache. component: the cache. detail: the key, where nothing else is said.
    /// detail: a setting's name and, where it is a choice, its value (`capacity`, `ttl`, `eviction=lru`). value: its
    /// size (ns, entries, or millionths for shares and factors; -1: no limit, or off). Sent at the start and at each
    /// change.
    case cacheConfigured = 30
    /// An entry is gone, but not by eviction: it was invalidated, or has expired.
    case cacheRemoved = 31
    /// A hit is out of date: the data has been written since. Follows its hit. value: how long ago, in ns.
    case cacheStaleServed = 32
    /// A hit has expired and is served while it is loaded again. Follows its hit. value: how long ago it expired, in
    /// ns.
    case cacheExpiredServed = 33
    /// The caller waits for the load that another began. cause: that load's look-up.
    case cacheJoined = 34
    /// Written to the cache, and in memory only. value: dirty keys, this one included.
    case cacheDirtied = 35
    /// The write of a dirty key has reached the backend, or failed (outcome). value: dirty keys after it. After a
    /// crash: the key is not lost, as the write was on its way.
    case cacheFlushed = 36
    /// It was in memory only, and fell to a crash (cause). value: how long ago it was written, in ns. Comes with the
    /// crash, or once a write that was on its way then has failed.
    case cacheLost = 37
    /// The cache loses its memory. value: entries that were in it. detail: `crash`, or `restart` after a flush.
    case cacheEmptied = 38
    /// A write goes into a write strategy. value: 1 when it replaces a dirty value that was never flushed, else 0.
    case cacheWritten = 39
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

    // What eviction does, step by step: enough to rebuild what is in a cache, and in which order. detail: the key.
    /// It goes to the head of a list, from wherever it was. value: the list, see ``CacheList``.
    case cachePlaced = 46
    /// value: its new mark: a reference bit, or how often it was used.
    case cacheMarked = 47
    /// The hand points at it; without a key, nowhere.
    case cacheHandMoved = 48
    /// It had to go. value: its age in ns. cause: what needed the room.
    case cacheEvicted = 49
    /// A ghost, a key without its value, leaves its list.
    case cacheForgotten = 50
    /// The size that a list aims at. value: entries.
    case cacheTargetMoved = 51

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
    /// component: the backend. value: how far its clock is ahead, in ns; behind: negative. Sent at the start where that
    /// is not 0, and at each change.
    case clockSet = 65

    // A policy: several layers round a piece of work. component: the policy.
    /// Work enters the policy. detail: `backend.operation` where it is one call. Opens a span.
    case guardStarted = 80
    /// value: duration in ns. Closes the span.
    case guardFinished = 81
    /// component: a layer. detail: a setting's name (`failures`, `open`). value: its size (ns, count, or millionths
    /// for shares; -1: no limit, or a setting that is no longer there). Sent at the start and at each change.
    case layerConfigured = 82

    // Time-outs and deadlines. component: the layer; for the deadline of a call that a backend works on, the backend.
    // value: the limit in ns.
    /// The time is up: what runs inside is cancelled. detail: `total`, `connect`, `read` or `deadline`.
    case timeoutFired = 85

    // Retries. component: the layer.
    /// value: the number of the attempt, from 1. Opens a span.
    case attemptStarted = 90
    /// value: duration in ns. Closes the span.
    case attemptFinished = 91
    /// The least and the most that jitter could have chosen for the wait that follows. value: ns.
    case backoffFloor = 92
    case backoffCeiling = 93
    /// value: the wait in ns. detail: where it comes from (`backoff`, `Retry-After`).
    case retryScheduled = 94
    /// detail: why there is no further attempt (`attempts`, `permanent`, `budget`, `deadline`, `not idempotent`,
    /// `told not to`). value: attempts made.
    case retryGivenUp = 95
    /// The balance of the retry budget after a deposit, a withdrawal or a refusal. detail: which of these.
    /// value: balance in millionths.
    case budgetChanged = 96

    // Circuit breakers. component: the layer.
    /// A result is counted. outcome: `ok` or `failed`; detail: `slow` for a slow call. value: what is compared with the
    /// threshold: failures in a row, or the failure rate in millionths (-1: too few calls to say).
    case breakerRecorded = 100
    /// detail: why (`consecutive`, `ratio`, `slow`, `trial`, `forced`). value: how long in ns; -1: until told
    /// otherwise.
    case breakerOpened = 101
    /// detail: why. value: trials it will let through.
    case breakerHalfOpened = 102
    /// detail: why (`trial`, `forced`).
    case breakerClosed = 103
    /// The call fails fast. value: time left until half-open in ns; -1: not known.
    case breakerRejected = 104
    /// It lets everything through and counts nothing.
    case breakerDisabled = 105

    // Bulkheads. component: the layer. value: calls inside, or in the queue, after the event.
    case bulkheadEntered = 110
    case bulkheadQueued = 111
    /// No room inside or in the queue.
    case bulkheadRejected = 112
    /// Sent away from the queue. detail: why (`oldest`, `codel`, `waited`, `deadline`).
    case bulkheadShed = 113
    case bulkheadLeft = 114
    /// An adaptive limit moves. value: calls allowed inside from now on.
    case limitChanged = 115

    // Rate limiters. component: the layer. value: permits left in millionths.
    case limiterAdmitted = 120
    case limiterRejected = 121
    /// It has to wait. value: how long in ns.
    case limiterDelayed = 122

    // Hedges. component: the layer.
    /// value: the number of the copy; the first call is 0. Opens a span.
    case copyStarted = 125
    /// value: duration in ns. Closes the span. outcome: `cancelled` for a copy that another one overtook.
    case copyFinished = 126

    // Fallbacks. component: the layer; for a step of a flow, the client.
    /// The answer is made up. detail: how (`default`, `stale`, `partial`, `source`). outcome: what became of the real
    /// one. value: age of a stale answer in ns.
    case fallbackUsed = 130
    /// An answer is kept, to be served stale later.
    case fallbackKept = 131

    // Load balancers. component: the balancer. detail: the server, where nothing else is said.
    /// detail: a setting's name and, where it is a choice, its value (`algorithm=roundRobin`, `panic`). value: its
    /// size. Sent at the start and at each change.
    case balancerConfigured = 132
    /// It belongs to the pool. value: its weight in millionths.
    case serverJoined = 133
    case serverLeft = 134
    /// Its effective weight changes: slow start, or failures. value: weight in millionths.
    case serverWeighed = 135
    /// A candidate that was compared. value: what was compared: requests for each unit of weight in millionths, or an
    /// estimate in ns. Comes before the pick.
    case balancerCompared = 136
    /// The request goes there. value: its requests on their way, this one included.
    case balancerPicked = 137
    /// There is nobody to send it to.
    case balancerRefused = 138
    /// The estimate that the balancer keeps changes. value: ns.
    case serverScored = 139
    /// A part of the key space has another owner: of ``sectors`` equal parts, which one is the value.
    case sectorOwned = 140
    /// The key last went to another server. detail: the key. value: 0.
    case keyMoved = 141
    /// A health check is answered, or not (outcome). value: how many in a row ended so.
    case healthChecked = 142
    case serverDown = 143
    case serverUp = 144
    /// The server behaves unlike the others. component: the server. detail: how (`consecutive`, `gateway`, `success
    /// rate`, `failure percentage`). value: what was measured, a count or millionths.
    case outlierFound = 145
    /// It is left out. value: for how long in ns.
    case serverEjected = 146
    /// It should be, but too many are out. value: how many are.
    case ejectionRefused = 147
    case serverReturned = 148
    /// Too few are healthy: all are used. value: the share that is available, in millionths.
    case panicStarted = 149
    case panicEnded = 150

    /// How many equal parts of the key space ``sectorOwned`` tells apart.
    public static let sectors = 64

    /// Whether the event opens the span that it names.
    public var opensSpan: Bool {
        switch self {
        case .requestStarted, .stepStarted, .waitStarted, .callSent, .cacheLookup, .guardStarted, .attemptStarted,
            .copyStarted, .backgroundStarted:
            true
        default: false
        }
    }

    /// Whether the event closes the span that it names.
    public var closesSpan: Bool {
        switch self {
        case .requestFinished, .stepFinished, .waitFinished, .callFinished, .callAbandoned, .callDetached, .cacheHit,
            .cacheMiss, .cacheAbandoned, .guardFinished, .attemptFinished, .copyFinished, .backgroundFinished:
            true
        default: false
        }
    }
}
