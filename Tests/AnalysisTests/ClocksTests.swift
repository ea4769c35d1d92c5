import Analysis
import Testing
import Trace

@Suite struct ClocksTests {
    /// A call of 130 ms, 5 ms of it on the way there and `back` on the way back, to a service whose clock is 40 ms
    /// ahead from 1 s on.
    private func run(ahead: Double, back: Double = 5) -> TraceIndex {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("sql", .backend)
        builder.add(1000, .clockSet, "sql", value: Int64(ahead * 1e6))
        for start in [0.0, 2000] {
            let root = builder.open(start, .requestStarted, "web", "page")
            let call = builder.open(start, .callSent, "sql", "get", in: root, value: 5_000_000)
            builder.happen(start + 5, .callArrived, call)
            builder.happen(start + 5, .serviceStarted, call)
            builder.happen(start + 125, .serviceFinished, call, outcome: .ok)
            builder.close(start + 125 + back, call)
            builder.close(start + 125 + back, root)
        }
        return TraceIndex(builder.trace)
    }

    private func call(_ index: TraceIndex, _ request: UInt32) throws -> RecordedCall {
        let span = try #require(index.spans(of: RequestID(request)).last)
        return try #require(RecordedCall(span, in: index, Clocks(index.trace)))
    }

    @Test func eachServiceWritesDownItsOwnTimes() throws {
        let index = run(ahead: 40)
        let late = try call(index, 2)
        #expect(late.sent == .milliseconds(2000) && late.received == .milliseconds(2130))
        #expect(late.arrived == .milliseconds(2045) && late.answered == .milliseconds(2165))
        #expect(late.isImpossible && late.estimatedSkew == 40_000_000 && late.delay == 10_000_000)
        let early = try call(index, 1)
        #expect(early.arrived == .milliseconds(5) && !early.isImpossible && early.estimatedSkew == 0)
        #expect(Clocks(index.trace).areSkewed && !Clocks(Trace()).areSkewed)
    }

    @Test func aClockBehindSeesCallsBeforeTheyAreSent() throws {
        let late = try call(run(ahead: -40), 2)
        #expect(late.arrived == .milliseconds(1965) && late.isImpossible && late.estimatedSkew == -40_000_000)
    }

    /// The estimate is wrong by half of what one way takes longer than the other.
    @Test func waysOfDifferentLengthMisleadTheEstimate() throws {
        let late = try call(run(ahead: 40, back: 25), 2)
        #expect(late.estimatedSkew == 30_000_000 && late.delay == 30_000_000)
        #expect(!(try call(run(ahead: 2), 2)).isImpossible)
    }

    @Test func withoutAnAnswerThereIsNoEstimate() throws {
        let index = run(ahead: 40)
        let span = try #require(index.spans(of: RequestID(2)).last)
        let half = RecordedCall(span, in: index, Clocks(index.trace), at: index.trace.cursor(at: .milliseconds(2050)))
        #expect(half?.arrived == .milliseconds(2045) && half?.answered == nil && half?.estimatedSkew == nil)
        let root = try #require(index.root(of: RequestID(2)))
        #expect(RecordedCall(root, in: index, Clocks(index.trace)) == nil)
    }
}
