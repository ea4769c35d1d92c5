import Model
import Scenario
import Testing
import Trace

/// Published studies, as small scenarios.
@Suite struct StudyTests {
    // MARK: Exponential backoff and jitter (Brooker, AWS Architecture Blog, 2015)

    /// SEMANTICS 2.2: clients who each update one row once, under optimistic concurrency. The formulas wait twice the
    /// base before the first retry: base 5 ms is written as 10 ms here.
    static func herd(_ backoff: String, clients: Int = 100) -> String {
        """
        duration: 1000s
        network: { hop: { normal: { mean: 10ms, deviation: 2ms } } }
        backends: { db: { latency: 0s, operations: { read: { reads: row }, write: { updates: row } } } }
        policies: { patient: [ { retry: { attempts: 1000, \(backoff), on: [409] } } ] }
        flows: { update: [ { guard: { with: patient, do: [ { call: db.read }, { call: db.write } ] } } ] }
        clients: { herd: { flow: update, at: 0s, times: \(clients) } }
        """
    }

    /// Mean number of writes, and mean time of the last answer in milliseconds.
    func study(_ backoff: String, seeds: Int) throws -> (writes: Double, completion: Double) {
        var sum = (writes: 0.0, completion: 0.0)
        for seed in 1...seeds {
            let trace = try rehearse(Self.herd(backoff), seed: UInt64(seed))
            sum.writes += Double(trace.all(.callSent).filter { trace.name($0.detail) == "write" }.count)
            sum.completion += trace.times(.requestFinished).max() ?? 0
        }
        return (sum.writes / Double(seeds), sum.completion / Double(seeds))
    }

    /// SEMANTICS 2.3, with its tolerances: 2 % of the calls, 5 % of the time.
    @Test(
        arguments: [
            ("backoff: exponential, base: 10ms, max: 2s, jitter: none", 1857.0, 63_605.0),
            ("backoff: exponential, base: 10ms, max: 2s, jitter: full", 795, 4892),
        ])
    func awsBackoffStudy_callsAndCompletion(backoff: String, writes: Double, completion: Double) throws {
        let result = try study(backoff, seeds: 20)
        #expect(abs(result.writes / writes - 1) < 0.02)
        #expect(abs(result.completion / completion - 1) < 0.05)
    }

    /// SEMANTICS 2.4: with no backoff at all calls grow as N²/4 and completion is fastest.
    @Test func awsBackoffStudy_noBackoffFinishesFirst() throws {
        let none = try study("backoff: none", seeds: 3)
        #expect(abs(none.writes / 2500 - 1) < 0.1)
        #expect(none.completion < 4892 / 2)
    }

    // MARK: Metastable failures (Bronson and others, HotOS 2021)

    /// SEMANTICS 2.20: a database that serves 300 requests a second and stands still for 10 s; callers give up after
    /// 1 s and try once more.
    static func impatient(rate: Int) -> String {
        """
        duration: 60s
        backends:
          db: { latency: 50ms, concurrency: 15, queue: 600, faults: [ { from: 10s, to: 20s, hang: true } ] }
        policies: { impatient: [ { retry: { attempts: 2, backoff: none } }, { timeout: 1s } ] }
        flows: { page: [ { call: { to: db.query, with: impatient } } ] }
        clients: { web: { flow: page, arrivals: { rate: \(rate)/s } } }
        """
    }

    /// Good answers, and calls, in each ten seconds.
    func goodput(rate: Int, _ interventions: [Intervention] = []) throws -> (good: [Int], calls: [Int]) {
        let trace = try rehearse(Self.impatient(rate: rate), interventions: interventions)
        var result = (good: Array(repeating: 0, count: 7), calls: Array(repeating: 0, count: 7))
        for event in trace.events {
            let slot = Int(event.time.seconds / 10)
            if event.kind == .requestFinished, event.outcome == .ok { result.good[slot] += 1 }
            if event.kind == .callSent { result.calls[slot] += 1 }
        }
        return result
    }

    @Test func hotOS21_at280RequestsASecondItStaysDownAfterTheOutage() throws {
        let (good, calls) = try goodput(rate: 280)
        #expect(good[0] > 2700 && good[2...5].allSatisfy { $0 == 0 })
        #expect(calls[5] == 5600)
    }

    @Test func hotOS21_at140RequestsASecondItRecovers() throws {
        let (good, calls) = try goodput(rate: 140)
        #expect(good[4] == 1400 && good[5] == 1400 && calls[5] == 1400)
    }

    @Test func hotOS21_anotherRetryPolicyRecoversIt() throws {
        let stop = at(30_000, .set(path: "policies.impatient.retry.attempts", value: "1"))
        #expect(try goodput(rate: 280, [stop]).good[5] >= 2800)
    }
}
