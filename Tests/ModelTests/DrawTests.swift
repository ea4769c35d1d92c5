import Testing
import Trace

/// A change to one part must not shift the random numbers of another.
@Suite struct DrawTests {
    static let slow = "{ lognormal: { p50: 80ms, p99: 400ms } }"

    func run(
        backends: String = "", other: String = "",
        flow: String = "[ { call: db.read }, { call: api.get }, { call: db.write } ]",
        users: Int = 5
    ) throws -> Trace {
        try rehearse(
            """
            duration: 30s
            network: { hop: { exponential: 2ms } }
            backends:
              db: { latency: \(Self.slow), errors: 10% }
              api: { latency: \(Self.slow) }
              \(backends)
            flows: { page: \(flow), extra: [ { call: db.read } ] }
            clients:
              web: { flow: page, arrivals: { poisson: 10/s } }
              staff: { flow: page, users: \(users), think: { exponential: 1s } }
              \(other)
            """, seed: 3)
    }

    /// Service times of web's calls, by request in the order of starts, backend and operation.
    func services(_ trace: Trace, _ operation: String) -> [Int64?] {
        let web = trace.all(.requestStarted, "web").map(\.request)
        var times: [RequestID: Int64] = [:]
        for event in trace.all(.serviceFinished) where trace.name(event.detail) == operation {
            times[event.request] = event.value
        }
        return web.map { times[$0] }
    }

    @Test func anAddedBackendLeavesTheOthersAsTheyWere() throws {
        let base = try run()
        let more = try run(backends: "idle: { latency: \(Self.slow) }")
        #expect(base.events.count > 3000)
        #expect(base.story() == more.story().filter { !$0.hasSuffix("capacityChanged idle") })
    }

    @Test func anAddedClientLeavesTheDrawsOfTheOthersAsTheyWere() throws {
        let base = try run()
        let more = try run(other: "batch: { flow: extra, arrivals: { poisson: 30/s } }")
        for operation in ["read", "get", "write"] {
            #expect(services(base, operation) == services(more, operation))
        }
        #expect(base.all(.requestFinished, "web").map(\.value) == more.all(.requestFinished, "web").map(\.value))
    }

    @Test func moreUsersLeaveTheDrawsOfTheOthersAsTheyWere() throws {
        let base = try run()
        let more = try run(users: 20)
        #expect(base.all(.requestFinished, "web").map(\.value) == more.all(.requestFinished, "web").map(\.value))
    }

    /// The first lesson compares patterns: the same calls in parallel must take what they took in sequence.
    @Test func theSameCallsDrawTheSameInSequenceAndInParallel() throws {
        let base = try run()
        let parallel = try run(flow: "[ { parallel: [ { call: db.read }, { call: api.get }, { call: db.write } ] } ]")
        let nested = try run(
            flow: "[ { wait: 1ms }, { parallel: [ { call: api.get }, [ { call: db.read }, { call: db.write } ] ] } ]")
        for operation in ["read", "get", "write"] {
            let times = services(base, operation)
            for other in [parallel, nested] {
                let pairs = zip(times, services(other, operation)).filter { $0 != nil && $1 != nil }
                #expect(pairs.count > 200 && pairs.allSatisfy { $0 == $1 })
            }
        }
    }

    @Test func callsOfOneFlowAndRoundsOfALoopDrawApart() throws {
        let trace = try run(flow: "[ { repeat: { times: 3, do: [ { call: db.read }, { call: db.read } ] } } ]")
        let times = trace.all(.serviceFinished).map(\.value)
        #expect(Set(times).count == times.count && times.count > 1000)
    }

    /// A higher share of errors only adds errors.
    @Test func moreErrorsKeepTheOnesThatWere() throws {
        let flow = "[ { call: db.read } ]"
        func failed(_ trace: Trace) -> Set<RequestID> {
            Set(trace.all(.serviceFinished, "db").filter { $0.outcome == .failed }.map(\.request))
        }
        let few = failed(try run(flow: flow, users: 1))
        let many = failed(
            try rehearse(
                """
                duration: 30s
                network: { hop: { exponential: 2ms } }
                backends:
                  db: { latency: \(Self.slow), errors: 10%, faults: [ { from: 0s, to: 30s, errors: 30% } ] }
                  api: { latency: \(Self.slow) }
                flows: { page: \(flow), extra: [ { call: db.read } ] }
                clients:
                  web: { flow: page, arrivals: { poisson: 10/s } }
                  staff: { flow: page, users: 1, think: { exponential: 1s } }
                """, seed: 3))
        #expect(few.isSubset(of: many) && !few.isEmpty && many.count > 2 * few.count)
    }
}
