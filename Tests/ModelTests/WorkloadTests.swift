import Scenario
import Testing
import Trace

@testable import Model

@Suite struct WorkloadTests {
    func requests(_ workload: String, duration: String = "10s", seed: UInt64 = 1) throws -> Trace {
        try rehearse(
            """
            duration: \(duration)
            limits: { maxEvents: 10000000 }
            backends: { db: { latency: 10ms } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, \(workload) } }
            """, seed: seed)
    }

    func starts(_ trace: Trace) -> [Double] { trace.all(.requestStarted).map { $0.time.milliseconds } }

    @Test func fixedRateIsEvenAndStopsAtTheEnd() throws {
        #expect(
            try starts(requests("arrivals: { rate: 4/s }", duration: "2s")) == [
                0, 250, 500, 750, 1000, 1250, 1500, 1750,
            ])
        // A rate that no whole number of nanoseconds fits: it must not drift.
        let thirds = try starts(requests("arrivals: { rate: 3/s }", duration: "1000s"))
        #expect(thirds.count == 3000 && thirds[2997] == 999_000)
    }

    /// 10/s for 5 s, up to 30/s within 10 s, then 30/s but for 2 s of 100/s.
    static let wave = """
        { rate: 10/s, ramps: [ { from: 5s, to: 15s, rate: 30/s } ], spikes: [ { from: 20s, to: 22s, rate: 100/s } ] }
        """

    @Test func rampsAndSpikesSendTheAreaUnderTheRate() throws {
        let times = try starts(requests("arrivals: \(Self.wave)", duration: "30s"))
        let edges: [Double] = [0, 5000, 10_000, 15_000, 20_000, 22_000, 30_000]
        let counts = zip(edges, edges.dropFirst()).map { from, to in times.filter { $0 >= from && $0 < to }.count }
        // 50, then (10 + 20) / 2 * 5, (20 + 30) / 2 * 5, 150, 200 and 240.
        #expect(counts == [50, 75, 125, 150, 200, 240])
    }

    @Test func nthArrivalComesWhenTheAreaReachesN() throws {
        let document = try ScenarioDocument(
            yaml: """
                duration: 30s
                flows: { page: [ { wait: 1s } ] }
                clients: { web: { flow: page, arrivals: \(Self.wave) } }
                """, file: "test.yaml")
        guard case .arrivals(let arrivals) = document.scenario.clients[0].workload else { return }
        let profile = RateProfile(arrivals)
        for count in 0..<840 {
            let time = try #require(profile.time(of: Double(count)))
            #expect(abs(profile.expected(by: time) - Double(count)) < 1e-6)
            #expect(abs(Self.area(until: time.seconds) - Double(count)) < 1e-5)
        }
    }

    /// The area under ``wave``, by the trapezium rule in small steps.
    static func area(until end: Double) -> Double {
        func rate(_ t: Double) -> Double {
            if t >= 20, t < 22 { return 100 }
            return t < 5 ? 10 : t < 15 ? 10 + 2 * (t - 5) : 30
        }
        let edges = [0, 5, 15, 20, 22, end].filter { $0 <= end }.sorted()
        return zip(edges, edges.dropFirst()).reduce(0) { area, edge in
            area + (edge.1 - edge.0) * (rate(edge.0) + rate(edge.1.nextDown)) / 2
        }
    }

    @Test func rateThatBeginsAtZeroOrFallsToItSendsNothingThen() throws {
        let rising = try starts(
            requests("arrivals: { rate: 0/s, ramps: [ { from: 1s, to: 3s, rate: 10/s } ] }", duration: "3s"))
        // Areas 0, 1, 2, ... of a rate that grows by 5/s each second: sqrt(2n / 5) seconds after the first.
        #expect(rising.count == 10)
        #expect(zip(rising, 0...).allSatisfy { abs($0 - 1000 - 1000 * (2 * Double($1) / 5).squareRoot()) < 0.001 })
        let falling = try starts(
            requests("arrivals: { rate: 10/s, ramps: [ { from: 0s, to: 2s, rate: 0/s } ] }", duration: "100s"))
        #expect(falling.count == 10 && falling[9] < 2000)
    }

    @Test func poissonArrivalsHaveTheirMeanVarianceAndGaps() throws {
        let times = try starts(requests("arrivals: { poisson: 50/s }", duration: "400s"))
        #expect(abs(times.count - 20_000) < 5 * 142)
        var bins = [Double](repeating: 0, count: 400)
        for time in times { bins[Int(time / 1000)] += 1 }
        let mean = bins.reduce(0, +) / 400
        let variance = bins.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
        // Index of dispersion 1; its standard deviation is sqrt(2 / 399) = 0.07.
        #expect(abs(variance / mean - 1) < 0.28)
        let long = zip(times, times.dropFirst()).filter { $1 - $0 > 20 }.count
        // P(gap > one mean) = 1/e, five standard deviations of 20,000 draws.
        #expect(abs(Double(long) / Double(times.count - 1) - 0.36788) < 0.017)
    }

    @Test func poissonCountsFollowRampsAndSpikes() throws {
        let workload = Self.wave.replacing("rate: 10/s,", with: "poisson: 10/s,")
        var counts = [0.0, 0, 0]
        for seed in 0..<40 {
            let times = try starts(requests("arrivals: \(workload)", duration: "30s", seed: UInt64(seed)))
            counts[0] += Double(times.filter { $0 < 5000 }.count)
            counts[1] += Double(times.filter { $0 >= 5000 && $0 < 15_000 }.count)
            counts[2] += Double(times.filter { $0 >= 20_000 && $0 < 22_000 }.count)
        }
        for (count, expected) in zip(counts, [50.0, 200, 200]) {
            #expect(abs(count - 40 * expected) < 5 * (40 * expected).squareRoot())
        }
    }

    /// Faster arrivals are the same arrivals, sooner: request n draws what it drew.
    @Test func anotherRateMovesArrivalsButDrawsNoOtherNumbers() throws {
        let slow = try starts(requests("arrivals: { poisson: 10/s }", duration: "100s"))
        let fast = try starts(requests("arrivals: { poisson: 20/s }", duration: "50s"))
        #expect(slow.count == fast.count)
        #expect(zip(slow, fast).allSatisfy { abs($0 - 2 * $1) < 0.001 })
    }

    @Test func rateChangedOnTheWayGoesOnFromWhereItWas() throws {
        let trace = try rehearse(
            """
            duration: 4s
            flows: { page: [ { wait: 1ms } ] }
            clients: { web: { flow: page, arrivals: { rate: 1/s } } }
            """,
            interventions: [
                at(1500, .set(path: "clients.web.arrivals.rate", value: "5/s")),
                at(2550, .set(path: "clients.web.arrivals.rate", value: "0.5/s")),
            ])
        // Half an arrival was due at 1.5 s: the other half takes 0.1 s. At 2.55 s three quarters of the next are due.
        #expect(starts(trace) == [0, 1000, 1600, 1800, 2000, 2200, 2400, 3050])
    }

    @Test func usersSendAgainAfterTheAnswerAndAThought() throws {
        let trace = try requests("users: 2, think: 90ms", duration: "350ms")
        #expect(starts(trace) == [0, 0, 100, 100, 200, 200, 300, 300])
        #expect(trace.all(.capacityChanged, "web").map(\.value) == [2])
    }

    @Test func closedLoopObeysTheInteractiveResponseTimeLaw() throws {
        let trace = try rehearse(
            """
            duration: 2000s
            backends: { db: { latency: { exponential: 100ms }, concurrency: 1 } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, users: 5, think: { exponential: 400ms } } }
            """)
        // N = X (R + Z), whatever the distributions.
        let finished = trace.all(.requestFinished)
        let throughput = Double(finished.count) / 2000
        let response = finished.reduce(0.0) { $0 + Double($1.value) } / Double(finished.count) / 1e9
        #expect(abs(throughput * (response + 0.4) / 5 - 1) < 0.02)
    }

    @Test func unansweredRequestsStayUnfinished() throws {
        let trace = try requests("at: [0s, 9995ms]")
        #expect(trace.all(.requestStarted).count == 2 && trace.all(.requestFinished).count == 1)
        #expect(trace.end == .seconds(10))
    }

    @Test func runWithNothingLeftToDoEndsEarly() throws {
        #expect(try requests("at: 1s").end == .milliseconds(1010))
        #expect(try requests("arrivals: { rate: 1/m }").end == .seconds(10))
    }

    @Test func nothingStartsAtTheEndOfTheRun() throws {
        #expect(try starts(requests("at: [9s, 10s]")) == [9000])
        #expect(try starts(requests("arrivals: { rate: 1/s }", duration: "3s")) == [0, 1000, 2000])
    }
}
