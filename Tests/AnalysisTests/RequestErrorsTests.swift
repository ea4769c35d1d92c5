import Analysis
import Testing
import Trace

@Suite struct RequestErrorsTests {
    @Test func anErrorBeginsInTheDeepestSpanThatFailed() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let outer = builder.open(0, .callSent, "insights", "get", in: root)
        let good = builder.call(0, 10, "sql", "get", in: outer)
        let bad = builder.call(10, 20, "cosmos", "get", in: outer, outcome: .unavailable)
        builder.close(20, outer, .failed)
        builder.close(20, root, .failed)
        let errors = RequestErrors(of: RequestID(1), in: TraceIndex(builder.trace))
        #expect(errors.origin == bad && errors.origin(of: outer) == bad)
        #expect(errors[bad] == .origin && errors[outer] == .propagated && errors[root] == .propagated)
        #expect(errors[good] == nil)
    }

    @Test func aFallbackEndsAnError() {
        let errors = RequestErrors(of: RequestID(1), in: TraceIndex(GuardedTrace.make()))
        #expect(errors.origin == nil)
        // Spans 3 and 5 are attempts, 4 and 6 their calls.
        #expect([3, 4, 5, 6].map { errors[SpanID($0)] } == [.propagated, .origin, .propagated, .origin])
        #expect(errors.origin(of: SpanID(5)) == SpanID(6))
    }

    @Test func cancelledWorkIsNoOriginAndLateFailuresAreNotTheCallers() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let step = builder.open(0, .stepStarted, "web", "parallel", in: root)
        let slow = builder.open(0, .callSent, "sql", "get", in: step)
        let inner = builder.open(5, .callSent, "disk", "read", in: slow)
        let failing = builder.call(0, 10, "cosmos", "get", in: step, outcome: .failed)
        builder.happen(10, .callAbandoned, slow, outcome: .cancelled)
        builder.close(10, step, .failed)
        let waiting = builder.open(10, .callSent, "rest", "get", in: root)
        let late = builder.open(12, .callSent, "disk", "read", in: waiting)
        builder.happen(30, .callAbandoned, waiting, outcome: .timedOut)
        builder.close(30, root, .timedOut)
        builder.close(40, late, .failed)
        builder.close(40, inner, .failed)
        let errors = RequestErrors(of: RequestID(1), in: TraceIndex(builder.trace))
        #expect(errors[slow] == nil && errors[step] == .propagated && errors.origin(of: step) == failing)
        #expect(errors[waiting] == .origin && errors.origin == waiting)
    }

    /// Against following each failed span down by hand.
    @Test(arguments: 1..<9) func everyOriginFailedAndHoldsNothingThatDid(seed: UInt64) {
        let index = TraceIndex(RandomPolicyTrace(seed: seed, requests: 60).trace)
        for request in index.requests {
            let errors = RequestErrors(of: request.id, in: index)
            for span in index.spans(of: request.id) {
                #expect((errors[span.id] != nil) == span.hasFailed)
                guard let origin = errors.origin(of: span.id).flatMap({ index.span($0) }) else { continue }
                let below = index.children(of: origin.id).filter { child in
                    child.hasFailed && (origin.isOpen || child.endEvent < origin.endEvent)
                }
                #expect(errors[origin.id] == .origin && origin.hasFailed && below.isEmpty)
                var up = origin
                while up.id != span.id, let parent = index.span(up.parent) { up = parent }
                #expect(up.id == span.id)
            }
        }
    }
}
