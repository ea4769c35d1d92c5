import Resilience
import Simulation
import Testing
import Trace

@Suite struct PipelineTests {
    /// Writes down when work enters and leaves it.
    struct Probe: Policy {
        var name: String
        var diary: Diary

        init(_ name: String, _ diary: Diary) { (self.name, self.diary) = (name, diary) }

        func execute<Value: Sendable>(
            _ work: @escaping @Sendable () async throws -> Value
        ) async throws -> Value {
            diary.note("\(name) in")
            defer { diary.note("\(name) out") }
            return try await work()
        }
    }

    static func order(_ pipeline: @escaping @Sendable (Diary) -> Pipeline<Void>) throws -> [String] {
        try virtually { _, diary in try await pipeline(diary).execute { diary.note("work") } }
            .map { String($0.dropFirst(2)) }
    }

    @Test func layersStandOutermostFirst() throws {
        let order = try Self.order { diary in
            Pipeline {
                Probe("a", diary)
                if diary.lines.isEmpty { Probe("b", diary) }
                for name in ["c", "d"] { Probe(name, diary) }
            }
        }
        #expect(order == ["a in", "b in", "c in", "d in", "work", "d out", "c out", "b out", "a out"])
    }

    @Test func resilience4j_retryBreakerRateLimiterTimeLimiterBulkhead() throws {
        let order = try Self.order { diary in
            .resilience4j(
                retry: Probe("retry", diary), breaker: Probe("breaker", diary),
                rateLimiter: Probe("rate limiter", diary), timeout: Probe("time limiter", diary),
                bulkhead: Probe("bulkhead", diary))
        }
        #expect(
            order.prefix(6) == ["retry in", "breaker in", "rate limiter in", "time limiter in", "bulkhead in", "work"])
    }

    @Test func dotnet_rateLimiterTotalRetryBreakerAttempt() throws {
        let order = try Self.order { diary in
            .dotnet(
                rateLimiter: Probe("rate limiter", diary), totalTimeout: Probe("total", diary),
                retry: Probe("retry", diary), breaker: Probe("breaker", diary), attemptTimeout: Probe("attempt", diary))
        }
        #expect(order.prefix(6) == ["rate limiter in", "total in", "retry in", "breaker in", "attempt in", "work"])
    }

    @Test func namedOrdersLeaveOutWhatIsNotThere() throws {
        #expect(try Self.order { .resilience4j(breaker: Probe("b", $0)) } == ["b in", "work", "b out"])
        #expect(try Self.order { _ in .dotnet() } == ["work"])
    }

    @Test func onePolicyServesPipelinesOfDifferentAnswers() async throws {
        let retry = Retry(try RetryRules(attempts: 2), clock: ContinuousClock(), random: { 0 })
        let numbers = Pipeline<Int> {
            Fallback.value(0)
            retry
        }
        let words = Pipeline<String> {
            retry
            Fallback.value("none")
        }
        let calls = Locked(0)
        @Sendable func fail<Value>() throws -> Value {
            calls.increment()
            throw Failure(.timeout)
        }
        #expect(try await numbers.execute { try fail() } == 0)
        #expect(try await words.execute { try fail() } == "none")
        // Outside the retry the fallback answers after two attempts, inside it after the first.
        #expect(calls.value == 3)
    }

    @Test func idempotencyHoldsInsideAndEndsWithTheWork() async throws {
        let pipeline = Pipeline<Bool> {}
        #expect(try await pipeline.execute { WorkTraits.isIdempotent })
        #expect(try await pipeline.execute(isIdempotent: false) { WorkTraits.isIdempotent } == false)
        #expect(WorkTraits.isIdempotent)
        // A pipeline inside another cannot make its work idempotent again.
        let inner = pipeline
        #expect(
            try await pipeline.execute(isIdempotent: false) {
                try await inner.execute(isIdempotent: true) { WorkTraits.isIdempotent }
            } == false)
    }
}
