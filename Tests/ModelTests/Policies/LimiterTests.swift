import Scenario
import Testing
import Trace

@Suite struct LimiterTests {
    func run(_ limit: String, at times: [Int] = [0], count: Int = 1, before: String = "") throws -> Trace {
        try guardedCall("\(before){ rateLimit: \(limit) }", "latency: 10ms", at: times, count: count)
    }

    @Test func bucketLetsItsBurstThroughAndThenItsRate() throws {
        let trace = try run("{ tokenBucket: { rate: 10/s, burst: 5 } }", at: Array(stride(from: 0, to: 2000, by: 20)))
        // 5 of the start, and one for each tenth of a second after that: 0.1 s, 0.2 s, ..., 1.9 s.
        #expect(trace.all(.limiterAdmitted).count == 5 + 19)
        #expect(trace.all(.limiterRejected).count == 100 - 24)
        #expect(trace.all(.limiterAdmitted)[0].value == 4_000_000)
        #expect(trace.all(.requestFinished).filter { $0.outcome == .limited }.count == 76)
        #expect(
            trace.all(.layerConfigured).map { "\(trace.name($0.detail)) \($0.value)" } == [
                "burst 5000000", "rate 10000000",
            ])
    }

    @Test func whoMayWaitIsDelayed() throws {
        let trace = try run("{ tokenBucket: { rate: 10/s, burst: 1 }, maxWait: 250ms }", count: 5)
        #expect(
            trace.story(.limiterAdmitted, .limiterDelayed, .limiterRejected) == [
                "0 limiterAdmitted guarded.rateLimit", "0 limiterDelayed guarded.rateLimit",
                "0 limiterDelayed guarded.rateLimit", "0 limiterRejected guarded.rateLimit limited",
                "0 limiterRejected guarded.rateLimit limited", "100 limiterAdmitted guarded.rateLimit",
                "200 limiterAdmitted guarded.rateLimit",
            ])
        #expect(trace.all(.limiterDelayed).map(\.value) == [100_000_000, 200_000_000])
        #expect(trace.times(.callSent) == [0, 100, 200])
    }

    @Test func nobodyWaitsBeyondTheDeadline() throws {
        let trace = try run(
            "{ tokenBucket: { rate: 1/s, burst: 1 }, maxWait: 10s }", count: 4, before: "{ deadline: 1500ms }, ")
        #expect(trace.all(.limiterDelayed).map(\.value) == [1_000_000_000])
        #expect(trace.all(.limiterRejected).count == 2)
    }

    /// Fixed windows allow twice the limit across a boundary; sliding ones do not.
    @Test(arguments: [("fixedWindow", 20), ("slidingWindow", 11), ("slidingLog", 10)])
    func windowsAtABoundary(kind: String, passed: Int) throws {
        let times = Array(repeating: 990, count: 10) + Array(repeating: 1010, count: 10)
        let trace = try run("{ \(kind): { limit: 10, window: 1s } }", at: times)
        #expect(abs(trace.all(.limiterAdmitted).count - passed) <= (kind == "slidingWindow" ? 1 : 0))
    }
}
