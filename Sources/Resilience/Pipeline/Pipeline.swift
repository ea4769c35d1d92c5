/// Policies round a piece of work, outermost first.
///
/// A server makes one for each service that it calls, and keeps it: breakers and budgets learn from all calls together.
///
///     let clock = ContinuousClock()
///     let random: @Sendable () -> Double = { .random(in: 0..<1) }
///
///     let backoff = try Backoff(
///         .exponential(factor: 2), base: .milliseconds(100), max: .seconds(5), jitter: .full)
///     let budget = SharedRetryBudget(try .finagle(share: 0.2), clock: clock, random: random)
///     let retry = Retry(
///         try RetryRules(attempts: 3, backoff: backoff), budget: budget, clock: clock, random: random,
///         onEvent: { event in metrics.count(event) })
///     let breaker = CircuitBreaker(try .pollyV7(failures: 5, open: .seconds(30)), clock: clock)
///     let deadline = Timeout(try .deadline(.seconds(10)), clock: clock)
///     let attempt = Timeout(try TimeoutRules(total: .seconds(2)), clock: clock)
///
///     let stock = Pipeline<[Item]> {
///         Fallback.value([])
///         deadline
///         retry
///         breaker
///         attempt
///     }
///
///     let items = try await stock.execute { try await client.stock(of: shop) }
///     try await Pipeline<Void> { breaker }.execute(isIdempotent: false) { try await client.order(item) }
///
/// For policies to tell failures apart, let the client throw ``Failure``, or errors that are ``ClassifiedError``:
///
///     throw Failure(.status(429), retryAfter: RetryAfter(http: header, now: timeOfDay))
public struct Pipeline<Value: Sendable>: Sendable {
    private let layers: [PipelineLayer<Value>]

    public init(@PipelineBuilder<Value> _ layers: () -> [PipelineLayer<Value>]) {
        self.layers = layers()
    }

    /// Does the work under all policies.
    ///
    /// - Parameter isIdempotent: whether doing the work twice does no harm. If not, it is only retried when it has not
    ///   begun, and never hedged. `nil`: as said further out, and `true` when nothing was said. What is not idempotent
    ///   further out stays so: a pipeline inside cannot take that back.
    /// - Throws: what the outermost layer throws: the work's error, ``Rejection`` or ``TimedOut``.
    public func execute(
        isIdempotent: Bool? = nil, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let guarded = layers.reversed().reduce(work) { inner, layer in { try await layer.execute(inner) } }
        guard isIdempotent == false, WorkTraits.isIdempotent else { return try await guarded() }
        return try await WorkTraits.$isIdempotent.withValue(false, operation: guarded)
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
