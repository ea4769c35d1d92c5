import Analysis
import Testing
import Trace

@Suite struct CriticalPathTests {
    @Test func sequentialCallsAllBoundTheLatency() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let first = builder.call(0, 500, "sql", "sales", in: root)
        let second = builder.call(500, 1000, "cosmos", "behaviour", in: root)
        builder.close(1010, root)
        let path = TraceIndex(builder.trace).criticalPath(of: RequestID(1))
        #expect(path.segments.map(\.span) == [first, second, root])
        #expect(path.segments.map(\.phase) == [.service, .service, .own])
        #expect(path.total(.service) == 1_000_000_000)
        #expect(path.total(.own) == 10_000_000)
    }
}
