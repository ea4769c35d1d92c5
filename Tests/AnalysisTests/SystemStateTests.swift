import Analysis
import Testing
import Trace

@Suite struct SystemStateTests {
    /// One call with 10 ms each way: sent at 0, served from 10 to 60, answered at 70.
    private func oneCall() -> (builder: TraceBuilder, call: SpanID) {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("sql", .backend)
        builder.add(0, .capacityChanged, "sql", value: 3)
        let root = builder.open(0, .requestStarted, "web", "a")
        let call = builder.open(0, .callSent, "sql", "get", in: root, value: 10_000_000)
        builder.happen(10, .callArrived, call)
        builder.happen(10, .serviceStarted, call)
        builder.happen(60, .serviceFinished, call, outcome: .failed)
        builder.close(70, call, .failed)
        builder.close(70, root, .failed)
        return (builder, call)
    }

    @Test(arguments: [(0.0, 0.0), (4, 0.4), (9.5, 0.95)])
    func aCallTravelsFromItsCaller(time: Double, progress: Double) throws {
        let (builder, call) = oneCall()
        let state = SystemState(TraceIndex(builder.trace), at: builder.trace.cursor(at: .milliseconds(time)))
        let message = try #require(state.messages.first)
        #expect(message.direction == .call && message.span == call && message.request == RequestID(1))
        #expect(builder.trace.name(message.from) == "web" && builder.trace.name(message.to) == "sql")
        #expect(abs(message.progress - progress) < 1e-12 && message.outcome == .none)
        #expect(state.clients.first?.inFlight == 1)
    }

    @Test func anAnswerTravelsBackWithItsOutcome() throws {
        let (builder, _) = oneCall()
        let index = TraceIndex(builder.trace)
        let served = SystemState(index, at: builder.trace.cursor(at: .milliseconds(30)))
        #expect(served.messages.isEmpty)
        #expect(served.backends.first?.inService == 1 && served.backends.first?.capacity == 3)
        let message = try #require(SystemState(index, at: builder.trace.cursor(at: .milliseconds(65))).messages.first)
        #expect(message.direction == .answer && message.outcome == .failed && message.progress == 0.5)
        #expect(builder.trace.name(message.from) == "sql" && message.arrives == .milliseconds(70))
        #expect(SystemState(index, at: builder.trace.cursor(at: .milliseconds(70))).messages.isEmpty)
    }

    @Test func callsThatTheRunCutOffAreStillUnderWay() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "a")
        _ = builder.open(0, .callSent, "sql", "get", in: root, value: 100_000_000)
        let state = SystemState(TraceIndex(builder.trace), at: builder.trace.cursor(at: .milliseconds(25)))
        #expect(state.messages.first?.progress == 0.25)
    }

    @Test func cacheEntriesFollowStoresAndInvalidations() {
        var builder = TraceBuilder()
        builder.declare("memory", .cache)
        builder.add(0, .cacheStored, "memory", "a", value: 100_000_000)
        builder.add(10, .cacheStored, "memory", "b", value: 100_000_000)
        builder.add(20, .cacheInvalidated, "memory", "a", value: 1)
        builder.add(30, .cacheStored, "memory", "a", value: 5_000_000)
        builder.add(40, .cacheMiss, "memory", "a", value: 1)
        builder.add(50, .cacheInvalidated, "memory", value: 1)
        builder.add(60, .cacheStored, "memory", "b", value: 100_000_000)
        let trace = builder.trace
        let index = TraceIndex(trace)
        func keys(_ time: Double) -> [String] {
            SystemState(index, at: trace.cursor(at: .milliseconds(time))).caches[0].entries.map { trace.name($0.key) }
        }
        #expect(keys(10) == ["a", "b"] && keys(20) == ["b"] && keys(30) == ["b", "a"])
        #expect(keys(40) == ["b"], "the look-up found it expired")
        #expect(keys(50) == [] && keys(60) == ["b"])
        let entry = SystemState(index, at: trace.cursor(at: .milliseconds(30))).caches[0].entries[1]
        #expect(entry.stored == .milliseconds(30) && entry.expires == .milliseconds(35) && entry.event == EventID(4))
    }

    @Test func faultsEndWithTheEventThatEndsThem() {
        var builder = TraceBuilder()
        let slow = builder.add(0, .faultStarted, "sql", "errors", value: 100_000)
        let fast = builder.add(10, .faultStarted, "sql", "errors", value: 500_000)
        builder.add(20, .faultEnded, "sql", "errors", cause: fast)
        builder.add(30, .faultEnded, "sql", "errors", cause: slow)
        builder.add(40, .faultStarted, "sql", "kill")
        let trace = builder.trace
        let index = TraceIndex(trace)
        func sql(_ time: Double) -> SystemState.Backend {
            SystemState(index, at: trace.cursor(at: .milliseconds(time))).backends[0]
        }
        #expect(sql(10).faults.map(\.size) == [100_000, 500_000] && !sql(10).isDown)
        #expect(sql(20).faults.map(\.event) == [slow])
        #expect(sql(30).faults.isEmpty && sql(40).isDown)
    }

    @Test func usersAreThoseOfTheLastChange() {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("batch", .client)
        builder.add(0, .capacityChanged, "web", value: 5)
        builder.add(10, .capacityChanged, "web", value: 50)
        let state = SystemState(TraceIndex(builder.trace), at: builder.trace.cursor(at: .milliseconds(5)))
        #expect(state.clients.map(\.users) == [5, nil])
        #expect(state.backends.isEmpty, "a client's users are not slots of a backend")
    }
}
