import Resilience
import Simulation
import Testing
import Trace

@Suite struct HedgeTests {
    /// Work whose copies take the given milliseconds and end with a failure or well, and what happens to them.
    static func lines(
        _ rules: HedgeRules, _ copies: [(Int, FailureKind?)], budget: RetryBudgetRules? = nil, isIdempotent: Bool = true
    ) throws -> [String] {
        try virtually { clock, diary in
            let next = Locked(0)
            let budget = budget.map { SharedRetryBudget($0, clock: clock, random: { 0 }) }
            let note: @Sendable (HedgeEvent) -> Void = { event in
                switch event {
                case .copyStarted(let copy): diary.note("\(copy) started")
                case .copyFinished(let copy, _, let failure):
                    diary.note("\(copy) " + (failure.map { "\($0.kind)" } ?? "ok"))
                case .decided(let copy): diary.note("\(copy) decides")
                case .stopped: diary.note("stopped")
                }
            }
            let hedge = Hedge(rules, budget: budget, clock: clock, onEvent: note)
            do {
                let answer = try await Pipeline<String> { hedge }.execute(isIdempotent: isIdempotent) {
                    let copy = next.increment() - 1
                    try await diary.pause(copies[copy].0)
                    if let kind = copies[copy].1 { throw Failure(kind) }
                    return "answer of \(copy)"
                }
                diary.note(answer)
            } catch let error as Failure { diary.note("\(error.kind)") }
        }
    }

    static let rules = Result { try HedgeRules(after: .milliseconds(100), copies: 2) }

    @Test func quickWorkHasNoCopy() throws {
        let lines = try Self.lines(Self.rules.get(), [(40, nil)])
        #expect(lines == ["0 0 started", "40 0 ok", "40 0 decides", "40 answer of 0"])
    }

    @Test func grpcA6_firstSuccessWinsAndTheOthersAreCancelled() throws {
        let lines = try Self.lines(Self.rules.get(), [(900, nil), (50, nil), (50, nil)])
        #expect(
            lines == [
                "0 0 started", "100 1 started", "150 1 ok", "150 1 decides", "150 0 cancelled", "150 answer of 1",
            ])
    }

    @Test func grpcA6_nextCopyEachDelayUntilAllAreOut() throws {
        let lines = try Self.lines(Self.rules.get(), [(900, nil), (900, nil), (900, nil)])
        #expect(lines.prefix(3) == ["0 0 started", "100 1 started", "200 2 started"])
        #expect(lines.last == "900 answer of 0")
    }

    @Test func grpcA6_nonFatalFailureSendsTheNextAtOnceAndFatalEndsAll() throws {
        let lines = try Self.lines(Self.rules.get(), [(30, .status(503)), (900, nil), (20, .status(400))])
        #expect(
            lines == [
                "0 0 started", "30 0 status(503)", "30 1 started", "130 2 started", "150 2 status(400)",
                "150 2 decides", "150 1 cancelled", "150 status(400)",
            ])
    }

    @Test func grpcA6_zeroDelaySendsAllAtOnce() throws {
        let lines = try Self.lines(.grpc(maxAttempts: 3), [(30, nil), (20, nil), (10, nil)])
        #expect(lines.prefix(3) == ["0 0 started", "0 1 started", "0 2 started"])
        #expect(lines.last == "10 answer of 2")
    }

    @Test func lastFailureReachesTheCallerWhenAllFail() throws {
        let lines = try Self.lines(Self.rules.get(), [(500, .timeout), (10, .status(503)), (10, .refused)])
        #expect(lines.suffix(2) == ["500 0 decides", "500 timeout"])
    }

    @Test func grpcA6_noHedgesWhileTheBudgetIsAtHalf() throws {
        let lines = try Self.lines(
            Self.rules.get(), [(500, .timeout), (150, .status(503)), (10, nil)],
            budget: .grpc(maxTokens: 2, tokenRatio: 0.1))
        // The failure of the first copy costs the token that a third would need.
        #expect(lines.contains("100 1 started"))
        #expect(lines.contains("200 2 started"))
        let poor = try Self.lines(
            Self.rules.get(), [(500, .timeout), (50, .status(503))], budget: .grpc(maxTokens: 2, tokenRatio: 0.1))
        #expect(poor.filter { $0.hasSuffix("stopped") } == ["150 stopped"])
        #expect(poor.last == "500 timeout")
    }

    @Test func workThatIsNotIdempotentHasNoCopy() throws {
        #expect(try Self.lines(Self.rules.get(), [(500, nil)], isIdempotent: false) == ["500 answer of 0"])
    }

    @Test func callerWhoCancelsCancelsAllCopies() throws {
        let rules = try Self.rules.get()
        let lines = try virtually { clock, diary in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let hedge = Hedge(rules, clock: clock)
                    do { try await hedge.execute { try await diary.pause(900) } } catch { diary.note("\(error)") }
                }
                try? await diary.pause(150)
                group.cancelAll()
            }
        }
        #expect(lines == ["150 CancellationError()"])
    }

    @Test func realClockTakesTheCopyThatAnswers() async throws {
        let started = Locked(0)
        let hedge = Hedge(try HedgeRules(after: .zero), clock: ContinuousClock())
        let answer = try await hedge.execute {
            let copy = started.increment()
            if copy == 1 { for await _ in AsyncStream<Never>.makeStream().stream {} }
            try Task.checkCancellation()
            return copy
        }
        #expect(answer == 2)
    }
}
