import Testing
import Trace

/// Backends as queues, against the formulas of Erlang.
@Suite struct QueueingTests {
    struct Measured {
        var wait = 0.0
        var queued = 0.0
        var inService = 0.0
        var blocked = 0.0
    }

    /// `servers` slots of rate 1/s each, and Poisson arrivals at `rate`, for 20,000 s; the first tenth does not count.
    func measure(servers: Int, rate: Double, queue: String = "unlimited", latency: String = "{ exponential: 1s }")
        throws -> Measured
    {
        let trace = try rehearse(
            """
            duration: 20000s
            limits: { maxEvents: 100000000 }
            backends: { db: { latency: \(latency), concurrency: \(servers), queue: \(queue) } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, arrivals: { poisson: \(rate)/s } } }
            """, seed: 42)
        var arrived: [UInt32: Double] = [:]
        var waits: [Double] = []
        var calls = 0.0
        var blocked = 0.0
        var served = 0.0
        for event in trace.events where event.time.seconds > 2000 {
            switch event.kind {
            case .callArrived:
                arrived[event.request.rawValue] = event.time.seconds
                calls += 1
            case .callRejected: blocked += 1
            case .serviceStarted:
                if let start = arrived[event.request.rawValue] { waits.append(event.time.seconds - start) }
            case .serviceFinished: served += Double(event.value) / 1e9
            default: break
            }
        }
        let total = waits.reduce(0, +)
        return Measured(
            wait: total / Double(waits.count), queued: total / 18_000, inService: served / 18_000,
            blocked: blocked / calls)
    }

    /// The chance that an arrival has to wait in M/M/c at `load` erlangs, by the recursion of Erlang B.
    func erlangC(_ servers: Int, _ load: Double) -> Double {
        let blocking = erlangB(servers, load)
        let use = load / Double(servers)
        return blocking / (1 - use * (1 - blocking))
    }

    func erlangB(_ servers: Int, _ load: Double) -> Double {
        (1...servers).reduce(1) { $0 * load / (Double($1) + $0 * load) }
    }

    @Test(arguments: [(1, 0.5), (1, 0.8), (4, 3.0), (10, 9.0)])
    func meanWaitOfManyServersIsErlangs(servers: Int, rate: Double) throws {
        let measured = try measure(servers: servers, rate: rate)
        let expected = erlangC(servers, rate) / (Double(servers) - rate)
        #expect(abs(measured.wait / expected - 1) < 0.15)
        // Little, for those who wait and for those in service.
        #expect(abs(measured.queued / (rate * measured.wait) - 1) < 0.02)
        #expect(abs(measured.inService / rate - 1) < 0.02)
    }

    /// Without a queue the distribution of service does not matter.
    @Test(arguments: ["{ exponential: 1s }", "1s", "{ lognormal: { p50: 849ms, p99: 3.2s } }"])
    func blockingWithoutAQueueIsErlangB(latency: String) throws {
        let measured = try measure(servers: 5, rate: 4, queue: "0", latency: latency)
        #expect(abs(measured.blocked / erlangB(5, 4) - 1) < 0.05)
    }

    /// M/M/1/K: geometric over 0...K.
    @Test func blockingWithAShortQueueIsThatOfMM1K() throws {
        let measured = try measure(servers: 1, rate: 0.9, queue: "3")
        let weights = (0...4).map { level in (0..<level).reduce(1.0) { weight, _ in weight * 0.9 } }
        #expect(abs(measured.blocked / (weights[4] / weights.reduce(0, +)) - 1) < 0.08)
    }

    /// Pollaczek and Khinchine: constant service halves the wait.
    @Test func constantServiceHalvesTheWait() throws {
        let measured = try measure(servers: 1, rate: 0.8, latency: "1s")
        #expect(abs(measured.wait / 2 - 1) < 0.1)
    }
}
