import Analysis
import Testing
import Trace

@Suite struct AnswerPartsTests {
    private func builder() -> TraceBuilder { PolicyStateTests.builder(["fallback": .fallback, "retry": .retry]) }

    private func described(_ trace: Trace, at time: Double? = nil) -> [String] {
        let cursor = time.map { trace.cursor(at: .milliseconds($0)) }
        return AnswerParts(of: RequestID(1), in: TraceIndex(trace), at: cursor).parts.map { part in
            "\(trace.name(part.component)).\(trace.name(part.detail)) \(part.fate)"
        }
    }

    @Test func callsAndLookUpsArePartsOfTheirOwn() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let hit = builder.open(0, .cacheLookup, "memory", "sales", in: root)
        builder.happen(1, .cacheHit, hit, outcome: .ok, value: 7_000_000)
        let step = builder.open(1, .stepStarted, "web", "parallel", in: root)
        builder.call(1, 5, "sql", "orders", in: step)
        let miss = builder.open(5, .cacheLookup, "memory", "stock", in: step)
        builder.close(5, miss, .failed)
        builder.call(5, 9, "rest", "stock", in: step, outcome: .unavailable)
        let open = builder.open(9, .callSent, "sql", "late", in: step)
        builder.close(20, open, .timedOut)
        #expect(
            described(builder.trace, at: 10) == [
                "memory.sales cached(age: 7000000)", "sql.orders fresh", "rest.stock failed(Trace.Outcome.unavailable)",
                "sql.late pending",
            ])
        #expect(described(builder.trace, at: 3) == ["memory.sales cached(age: 7000000)", "sql.orders pending"])
        #expect(AnswerParts(of: RequestID(9), in: TraceIndex(builder.trace)).parts.isEmpty)
    }

    @Test(arguments: [
        ("default", "standIn", true), ("stale", "stale(age: 5000000)", true), ("partial", "leftOut", true),
        ("source", "otherSource", true),
    ])
    func aPolicyWithAFallbackIsOnePart(how: String, fate: String, isDegraded: Bool) {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        for number in 1...2 as ClosedRange<Int64> {
            let attempt = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: number)
            builder.call(0, 1, "sql", "get", in: attempt, outcome: .failed)
            builder.close(1, attempt, .failed)
        }
        builder.decide(1, .fallbackUsed, "guarded.fallback", how, in: pass, outcome: .failed, value: 5_000_000)
        builder.close(1, pass)
        let trace = builder.trace
        #expect(described(trace) == ["sql.get \(fate)"])
        #expect(AnswerParts(of: RequestID(1), in: TraceIndex(trace)).parts.first?.fate.isDegraded == isDegraded)
    }

    @Test func aRetryThatEndsWellIsOneFreshPart() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        for (number, outcome) in [(1, Outcome.failed), (2, .ok)] {
            let attempt = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: Int64(number))
            builder.call(0, 1, "sql", "get", in: attempt, outcome: outcome)
            builder.close(1, attempt, outcome)
        }
        builder.close(1, pass)
        #expect(described(builder.trace) == ["sql.get fresh"])
    }

    @Test func aCallThatWasNeverSentIsNamedAsItWouldHaveBeen() {
        var builder = builder()
        builder.add(0, .mark, "", "orders")
        let root = builder.open(0, .requestStarted, "web", "page")
        let step = builder.open(0, .stepStarted, "web", "fallback", in: root)
        let pass = builder.open(0, .guardStarted, "guarded", "sql.orders", in: step)
        builder.close(0, pass, .shortCircuited)
        builder.decide(0, .fallbackUsed, "web", "default", in: step, outcome: .shortCircuited)
        builder.close(0, step)
        #expect(described(builder.trace) == ["sql.orders standIn"])
    }

    @Test func workTurnedAwayBeforeACallIsNamedAfterItsPolicy() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        builder.close(0, pass, .shortCircuited)
        #expect(described(builder.trace) == ["guarded. failed(Trace.Outcome.shortCircuited)"])
    }

    @Test func stepsInsideAPolicyAreLookedInto() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        builder.call(0, 1, "sql", "orders", in: pass)
        let step = builder.open(1, .stepStarted, "web", "fallback", in: pass)
        builder.call(1, 2, "rest", "stock", in: step, outcome: .failed)
        builder.decide(2, .fallbackUsed, "web", "partial", in: step, outcome: .failed)
        builder.close(2, step)
        builder.close(2, pass)
        #expect(described(builder.trace) == ["sql.orders fresh", "rest.stock leftOut"])
    }

    @Test func ofAttemptsThatAskForSeveralThingsTheLastMakesTheAnswer() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        for (number, outcome) in [(1, Outcome.failed), (2, .timedOut)] {
            let attempt = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: Int64(number))
            builder.call(0, 1, "sql", "orders", in: attempt)
            builder.call(1, 2, "rest", "stock", in: attempt, outcome: outcome)
            builder.close(2, attempt, outcome)
        }
        builder.close(2, pass, .timedOut)
        #expect(described(builder.trace) == ["sql.orders fresh", "rest.stock failed(Trace.Outcome.timedOut)"])
    }

    @Test func aFallbackInsideAPolicyDoesNotSpeakForItsNeighbours() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let outer = builder.open(0, .guardStarted, "guarded", "", in: root)
        builder.call(0, 1, "sql", "orders", in: outer)
        let inner = builder.open(1, .guardStarted, "guarded", "", in: outer)
        builder.call(1, 2, "rest", "stock", in: inner, outcome: .failed)
        builder.decide(2, .fallbackUsed, "guarded.fallback", "stale", in: inner, outcome: .failed, value: 9)
        builder.close(2, inner)
        builder.close(2, outer)
        #expect(described(builder.trace) == ["sql.orders fresh", "rest.stock stale(age: 9)"])
    }

    @Test func anotherSourceFailsLikeTheFirst() {
        var builder = builder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let step = builder.open(0, .stepStarted, "web", "fallback", in: root)
        builder.call(0, 1, "sql", "get", in: step, outcome: .failed)
        builder.decide(1, .fallbackUsed, "web", "source", in: step, outcome: .failed)
        builder.call(1, 3, "rest", "get", in: step, outcome: .refused)
        #expect(described(builder.trace, at: 2) == ["sql.get pending"])
        builder.close(3, step, .failed)
        #expect(described(builder.trace) == ["sql.get failed(Trace.Outcome.failed)"])
    }
}
