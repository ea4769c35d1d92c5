/// Policies round a piece of work, outermost first.
public struct Pipeline<Value: Sendable>: Sendable {
    private let layers: [PipelineLayer<Value>]

    public init(@PipelineBuilder<Value> _ layers: () -> [PipelineLayer<Value>]) {
        self.layers = layers()
    }

    /// Does the work under all policies.
    ///
    /// - Parameter isIdempotent: whether doing the work twice does no harm. If not, it is only retried when it has not
    ///   begun, and never hedged.
    /// - Throws: what the outermost layer throws: the work's error, ``Rejection`` or ``TimedOut``.
    public func execute(
        isIdempotent: Bool = true, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let guarded = layers.reversed().reduce(work) { inner, layer in { try await layer.execute(inner) } }
        if isIdempotent == WorkTraits.isIdempotent { return try await guarded() }
        return try await WorkTraits.$isIdempotent.withValue(isIdempotent, operation: guarded)
    }
}

extension Pipeline {
    /// resilience4j's order: retry, circuit breaker, rate limiter, time limiter, bulkhead.
    public static func resilience4j(
        retry: (any Policy)? = nil, breaker: (any Policy)? = nil, rateLimiter: (any Policy)? = nil,
        timeout: (any Policy)? = nil, bulkhead: (any Policy)? = nil
    ) -> Pipeline {
        Pipeline {
            retry
            breaker
            rateLimiter
            timeout
            bulkhead
        }
    }

    /// The order of .NET's standard HTTP handler: rate limiter, total time-out, retry, circuit breaker, time-out of
    /// each attempt.
    public static func dotnet(
        rateLimiter: (any Policy)? = nil, totalTimeout: (any Policy)? = nil, retry: (any Policy)? = nil,
        breaker: (any Policy)? = nil, attemptTimeout: (any Policy)? = nil
    ) -> Pipeline {
        Pipeline {
            rateLimiter
            totalTimeout
            retry
            breaker
            attemptTimeout
        }
    }
}
