import Synchronization

/// Answers something else when work fails: a default, the last good answer, a part, another source.
///
/// It depends on what the work answers, so it is a layer for pipelines of that type. Cancelled work has no answer.
public struct Fallback<Value: Sendable>: Sendable {
    private struct Answer: Sendable {
        var value: Value
        var source: FallbackEvent.Source
        var age: Duration?
    }

    private let on: FailureSet
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (FallbackEvent) -> Void)?
    private let keep: (@Sendable (Value) -> Void)?
    /// `nil`: there is nothing to answer, and the failure stays.
    private let otherwise: @Sendable (any Error) async throws -> Answer?

    /// Does the work.
    ///
    /// - Throws: what the work throws when the fallback is not for such failures or has no answer; what the other
    ///   source throws.
    public func execute(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        do {
            let value = try await work()
            if let keep {
                keep(value)
                onEvent?(.kept)
            }
            return value
        } catch {
            let failure = classify(error)
            guard !Task.isCancelled, on.contains(failure.kind), let answer = try await otherwise(error) else {
                throw error
            }
            onEvent?(.used(answer.source, after: failure, age: answer.age))
            return answer.value
        }
    }
}

extension Fallback {
    /// For which failures there is another answer, unless told otherwise: all but cancellation.
    public static var defaultFailures: FailureSet { .all(except: [.cancelled]) }

    /// Always the same answer.
    public static func value(
        _ value: Value, on: FailureSet = defaultFailures,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (FallbackEvent) -> Void)? = nil
    ) -> Fallback {
        Fallback(on: on, classify: classify, onEvent: onEvent, keep: nil) { _ in
            Answer(value: value, source: .default)
        }
    }

    /// What can be said without the work: a page without one of its parts.
    public static func partial(
        on: FailureSet = defaultFailures, classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (FallbackEvent) -> Void)? = nil, _ rest: @escaping @Sendable (any Error) -> Value
    ) -> Fallback {
        Fallback(on: on, classify: classify, onEvent: onEvent, keep: nil) {
            Answer(value: rest($0), source: .partial)
        }
    }

    /// Another source of the same answer: a replica, an older interface.
    public static func source(
        on: FailureSet = defaultFailures, classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (FallbackEvent) -> Void)? = nil, _ source: @escaping @Sendable () async throws -> Value
    ) -> Fallback {
        Fallback(on: on, classify: classify, onEvent: onEvent, keep: nil) { _ in
            Answer(value: try await source(), source: .source)
        }
    }

    /// The last good answer, as long as it is younger than `upTo`; `nil`: of any age. Without one the failure stays.
    ///
    /// - Parameter key: what the answer belongs to, such as the request's path and user, so that nobody gets the answer
    ///   to somebody else's question. Answers are kept for each key, in memory, until they are too old.
    public static func stale<C: Clock, Key: Hashable & Sendable>(
        upTo: Duration? = nil, key: @escaping @Sendable () -> Key, clock: C, on: FailureSet = defaultFailures,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (FallbackEvent) -> Void)? = nil
    ) throws(PolicyError) -> Fallback where C.Duration == Duration {
        if let upTo { try PolicyError.requirePositive(upTo, "stale") }
        let answers = StaleAnswers<Key, Value, C>(life: upTo?.clamped ?? .longest, clock: clock)
        return Fallback(
            on: on, classify: classify, onEvent: onEvent, keep: { answers.keep($0, for: key()) },
            otherwise: { _ in answers.answer(for: key()).map { Answer(value: $0, source: .stale, age: $1) } })
    }
}

/// Good answers, until they are too old.
private final class StaleAnswers<Key: Hashable & Sendable, Value: Sendable, C: Clock>: Sendable
where C.Duration == Duration {
    private let cache = Mutex(BoundedCache<Key, Value, C.Instant>(eviction: .fifo))
    private let life: Duration
    private let clock: C

    init(life: Duration, clock: C) {
        self.life = life
        self.clock = clock
    }

    func keep(_ value: Value, for key: Key) {
        _ = cache.withLock { $0.set(key, value, ttl: life, at: clock.now) }
    }

    func answer(for key: Key) -> (Value, Duration)? {
        guard case .hit(let value, let age) = cache.withLock({ $0.get(key, at: clock.now) }) else { return nil }
        return (value, age)
    }
}
