/// A small program that a client runs for each request. An operation's steps are one too, which a service runs.
public struct Flow: Hashable, Sendable {
    public var name: String
    public var steps: [Step]

    public init(name: String, steps: [Step]) {
        self.name = name
        self.steps = steps
    }
}

/// One step of a flow. Steps in a list run one after another.
public indirect enum Step: Hashable, Sendable {
    case call(Call)
    case send(Send)
    case sequence([Step])
    /// All at once; ends when the last ends. If one fails the others are cancelled and the step fails.
    case parallel([Step])
    case forEach(ForEach)
    case merge(Merge)
    case cache(CacheStep)
    case write(WriteStep)
    case invalidate(Invalidate)
    case wait(Latency)
    case `repeat`(times: Int, steps: [Step])
    case choose(Choose)
    case guarded(Guarded)
    case fallback(FallbackStep)
}

/// `call: sql.calculate_metrics`
public struct Call: Hashable, Sendable {
    public var backend: String
    public var operation: String
    /// What the call sends; each may refer to earlier answers.
    public var arguments: [Argument]
    /// The name under which the answer is kept for later steps.
    public var saveAs: String?
    /// The policy round the call.
    public var policy: String?
    /// Whether it carries an idempotency key, so that a second copy does no harm.
    public var hasIdempotencyKey: Bool
    /// What it is about, for balancers that send a key to its server and operations that know some keys; `nil`: the
    /// request's key, if it has one.
    public var key: Expression?

    public init(
        backend: String, operation: String, arguments: [Argument] = [], saveAs: String? = nil, policy: String? = nil,
        hasIdempotencyKey: Bool = false, key: Expression? = nil
    ) {
        self.backend = backend
        self.operation = operation
        self.arguments = arguments
        self.saveAs = saveAs
        self.policy = policy
        self.hasIdempotencyKey = hasIdempotencyKey
        self.key = key
    }
}

/// Steps inside a policy: `guard: { with: patient, do: [...] }`
public struct Guarded: Hashable, Sendable {
    public var policy: String
    public var steps: [Step]

    public init(policy: String, steps: [Step]) {
        self.policy = policy
        self.steps = steps
    }
}

/// Runs ``steps``, and answers something else when they fail.
public struct FallbackStep: Hashable, Sendable {
    public enum Otherwise: Hashable, Sendable {
        case rule(FallbackRule)
        /// Another source of the same answer.
        case steps([Step])
    }
    public var steps: [Step]
    public var otherwise: Otherwise
    /// The name under which the answer is kept, whichever it is.
    public var saveAs: String?

    public init(steps: [Step], otherwise: Otherwise, saveAs: String? = nil) {
        self.steps = steps
        self.otherwise = otherwise
        self.saveAs = saveAs
    }
}

public struct Argument: Hashable, Sendable {
    public var name: String
    public var value: Expression
    public init(name: String, value: Expression) {
        self.name = name
        self.value = value
    }
}

/// Fan-out: the same steps for each item of a list, all at once.
public struct ForEach: Hashable, Sendable {
    public var items: Expression
    /// The name of the item inside ``steps``.
    public var itemName: String
    public var steps: [Step]
    /// At most so many items at once; `nil`: no limit.
    public var concurrency: Int?
    /// The name under which the list of answers is kept.
    public var saveAs: String?

    public init(items: Expression, itemName: String, steps: [Step], concurrency: Int? = nil, saveAs: String? = nil) {
        self.items = items
        self.itemName = itemName
        self.steps = steps
        self.concurrency = concurrency
        self.saveAs = saveAs
    }
}

/// Joins answers into the flow's own.
public struct Merge: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// All items, one list after another.
        case concat
        /// The first of each, the second of each, ...; as long as the shortest.
        case zip
    }
    public var kind: Kind
    /// What is joined; empty: every answer of the flow so far, in the order of its calls.
    public var parts: [Expression]
    public var saveAs: String?

    public init(kind: Kind, parts: [Expression] = [], saveAs: String? = nil) {
        self.kind = kind
        self.parts = parts
        self.saveAs = saveAs
    }
}

/// Answers from a cache, and runs ``steps`` and stores their answer when it is not there.
public struct CacheStep: Hashable, Sendable {
    public var cache: String
    public var key: Expression
    /// `nil`: the cache's.
    public var ttl: Duration?
    /// What the entry takes of the cache's capacity.
    public var weight: Int
    /// What it can be invalidated by, besides its key.
    public var tags: [Expression]
    public var steps: [Step]
    public var saveAs: String?

    public init(
        cache: String, key: Expression, ttl: Duration? = nil, weight: Int = 1, tags: [Expression] = [], steps: [Step],
        saveAs: String? = nil
    ) {
        self.cache = cache
        self.key = key
        self.ttl = ttl
        self.weight = weight
        self.tags = tags
        self.steps = steps
        self.saveAs = saveAs
    }
}

/// Writes a key: ``steps`` write it to the backend, and the cache's `writes` says when they run and what it keeps.
public struct WriteStep: Hashable, Sendable {
    public var cache: String
    public var key: Expression
    /// What the cache keeps where it keeps anything; `nil`: the answer of ``steps``, or nothing when they run later.
    public var value: Expression?
    public var weight: Int
    public var tags: [Expression]
    /// Other keys whose data is no longer the same once this is written, such as a list that holds it.
    public var changes: [Expression]
    public var steps: [Step]

    public init(
        cache: String, key: Expression, value: Expression? = nil, weight: Int = 1, tags: [Expression] = [],
        changes: [Expression] = [], steps: [Step]
    ) {
        self.cache = cache
        self.key = key
        self.value = value
        self.weight = weight
        self.tags = tags
        self.changes = changes
        self.steps = steps
    }
}

/// Removes entries from a cache.
public struct Invalidate: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case everything
        case keys([Expression])
        /// Keys that match it; `*` stands for any text.
        case pattern(Expression)
        case tag(Expression)
    }
    public var cache: String
    public var target: Target
    /// The event that tells the cache, as `ProductUpdated`; `nil`: the flow itself does.
    public var event: String?
    /// How long the event is on its way; the flow does not wait for it. `nil`: at once.
    public var after: Latency?

    public init(cache: String, target: Target = .everything, event: String? = nil, after: Latency? = nil) {
        self.cache = cache
        self.target = target
        self.event = event
        self.after = after
    }
}
