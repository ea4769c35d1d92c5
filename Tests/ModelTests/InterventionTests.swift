import Model
import Scenario
import Testing
import Trace

@Suite struct InterventionTests {
    static let yaml = """
        duration: 20s
        backends:
          db: { latency: { lognormal: { p50: 80ms, p99: 400ms } }, concurrency: 4, queue: 20, errors: 2% }
          search: { latency: { exponential: 50ms }, hop: { uniform: [1ms, 4ms] } }
        caches: { pages: { latency: 2ms, ttl: 3s } }
        flows:
          page:
            - cache: { in: pages, key: home, do: [ { call: search.find } ] }
            - parallel: [ { call: db.read }, { call: search.find } ]
          update: [ { call: db.write }, { invalidate: { in: pages, key: home } } ]
        clients:
          web: { flow: page, arrivals: { poisson: 20/s, spikes: [ { from: 5s, to: 6s, rate: 60/s } ] } }
          staff: { flow: update, users: 3, think: { exponential: 500ms } }
        marks: [ { at: 10s, label: { en: Half, es: Mitad } } ]
        """

    func run(_ interventions: [Intervention] = [], seed: UInt64 = 7) throws -> Trace {
        try rehearse(Self.yaml, seed: seed, interventions: interventions)
    }

    static let actions: [Intervention.Action] = [
        .set(path: "backends.db.concurrency", value: "1"), .set(path: "backends.db.queue", value: "0"),
        .set(path: "backends.db.latency", value: "1s"), .set(path: "backends.db.errors", value: "50%"),
        .set(path: "network.hop", value: "5ms"), .set(path: "clients.web.arrivals.poisson", value: "100/s"),
        .set(path: "clients.staff.users", value: "30"), .set(path: "caches.pages.ttl", value: "1ms"),
        .set(path: "flows.page.1.parallel", value: "[ { call: db.read } ]"), .kill(backend: "db"),
        .inject(.hang, backend: "search", duration: .seconds(2)), .inject(.down, backend: "db", duration: nil),
    ]

    /// Two futures share their past: that is what makes them comparable.
    @Test(arguments: actions.indices)
    func nothingChangesBeforeAnIntervention(action: Int) throws {
        let base = try run()
        let changed = try run([at(10_000, Self.actions[action])])
        let moment = VirtualTime.seconds(10)
        let past = base.events.prefix { $0.time < moment }
        #expect(past.elementsEqual(changed.events.prefix { $0.time < moment }))
        #expect(past.count > 500)
        #expect(changed.events[past.count].kind == (Self.actions[action].isSet ? .parameterSet : .faultStarted))
        #expect(base.digest != changed.digest)
    }

    @Test func sameRunTwiceAndUndoneGiveTheSameTrace() throws {
        let base = try run()
        let change = [at(3000, Self.actions[0]), at(9000, .kill(backend: "search"))]
        let changed = try run(change)
        #expect(try run(change) == changed)
        #expect(try run().digest == base.digest)
        #expect(base != changed)
        #expect(try run(seed: 8).digest != base.digest)
    }

    /// At the moment of a request the system is already as the intervention leaves it.
    @Test func interventionsComeBeforeEverythingElseAtTheirMoment() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 100ms, faults: [ { from: 2s, to: 3s, slow: 2x } ] } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [0s, 1s, 2s] } }
            marks: [ { at: 1s, label: one } ]
            interventions:
              - { at: 1s, set: backends.db.latency, to: 200ms }
              - { at: 0s, set: backends.db.latency, to: 50ms }
            """,
            interventions: [
                at(2000, .set(path: "backends.db.faults.0.slow", value: "5x")),
                at(0, .inject(.slow(factor: 10), backend: "db", duration: .seconds(1))),
            ])
        #expect(trace.all(.serviceFinished).map { $0.value / 1_000_000 } == [500, 200, 1000])
        #expect(trace.all(.parameterSet).map(\.value) == [1, 0, 2])
        #expect(
            trace.story(.parameterSet, .mark, .faultStarted, .requestStarted) == [
                "0 parameterSet backends.db.latency = 50ms", "0 faultStarted db slow", "0 requestStarted web page",
                "1000 parameterSet backends.db.latency = 200ms", "1000 mark one", "1000 requestStarted web page",
                "2000 parameterSet backends.db.faults.0.slow = 5x", "2000 faultStarted db slow",
                "2000 requestStarted web page",
            ])
    }

    @Test func moreSlotsServeThoseWhoWaitAtOnceAndFewerLetServiceEnd() throws {
        let yaml = """
            duration: 10s
            backends: { db: { latency: 1s, concurrency: 2 } }
            flows: { page: [ { forEach: { in: { list: x, count: 6 }, as: x, do: [ { call: db.run } ] } } ] }
            clients: { web: { flow: page, at: 0s } }
            """
        let more = try rehearse(yaml, interventions: [at(500, .set(path: "backends.db.concurrency", value: "5"))])
        #expect(more.all(.serviceStarted).map { $0.time.milliseconds } == [0, 0, 500, 500, 500, 1000])
        #expect(
            more.why(more.all(.serviceStarted)[2]).prefix(3) == [
                "db serviceStarted", "db capacityChanged", " parameterSet",
            ])
        let fewer = try rehearse(yaml, interventions: [at(500, .set(path: "backends.db.concurrency", value: "1"))])
        #expect(fewer.all(.serviceStarted).map { $0.time.milliseconds } == [0, 0, 1000, 2000, 3000, 4000])
        #expect(fewer.all(.capacityChanged).map(\.value) == [2, 1])
    }

    @Test func newLatencyIsForCallsThatStartThen() throws {
        let trace = try rehearse(
            """
            duration: 10s
            backends: { db: { latency: 1s } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: [0s, 900ms] } }
            """, interventions: [at(500, .set(path: "backends.db.latency", value: "10ms"))])
        #expect(trace.story(.callFinished) == ["910 callFinished db run ok", "1000 callFinished db run ok"])
        #expect(trace.why(trace.all(.serviceFinished)[0]) == ["db serviceFinished", " parameterSet"])
    }

    @Test func usersComeAndGo() throws {
        let trace = try rehearse(
            """
            duration: 4s
            backends: { db: { latency: 100ms } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, users: 2, think: 900ms } }
            """,
            interventions: [
                at(1500, .set(path: "clients.web.users", value: "4")),
                at(2550, .set(path: "clients.web.users", value: "1")),
                at(3200, .set(path: "clients.web.users", value: "2")),
            ])
        #expect(
            trace.all(.requestStarted).map { $0.time.milliseconds } == [
                0, 0, 1000, 1000, 1500, 1500, 2000, 2000, 2500, 2500, 3000, 3200,
            ])
        #expect(trace.all(.capacityChanged, "web").map(\.value) == [2, 4, 1, 2])
        #expect(
            trace.why(trace.all(.requestStarted)[4]) == ["web requestStarted", "web capacityChanged", " parameterSet"])
        #expect(trace.why(trace.all(.requestStarted)[2]).prefix(2) == ["web requestStarted", "web requestFinished"])
    }

    @Test func anotherKindOfWorkloadReplacesTheOldOne() throws {
        let trace = try rehearse(
            """
            duration: 4s
            backends: { db: { latency: 100ms } }
            flows: { page: [ { call: db.run } ], other: [ { wait: 1ms } ] }
            clients: { web: { flow: page, users: 2, think: 900ms } }
            """,
            interventions: [at(1500, .set(path: "clients.web", value: "{ flow: other, arrivals: { rate: 2/s } }"))])
        #expect(
            trace.story(.requestStarted) == [
                "0 requestStarted web page", "0 requestStarted web page", "1000 requestStarted web page",
                "1000 requestStarted web page", "1500 requestStarted web other", "2000 requestStarted web other",
                "2500 requestStarted web other", "3000 requestStarted web other", "3500 requestStarted web other",
            ])
    }

    @Test func requestsUnderWayFinishTheFlowTheyBegan() throws {
        let trace = try rehearse(
            """
            duration: 4s
            backends: { db: { latency: 100ms } }
            flows: { page: [ { call: db.one }, { call: db.two } ] }
            clients: { web: { flow: page, at: [0s, 1s] } }
            """, interventions: [at(50, .set(path: "flows.page", value: "[ { call: db.three } ]"))])
        #expect(trace.story(.callSent) == ["0 callSent db one", "100 callSent db two", "1000 callSent db three"])
    }

    @Test func changedWindowEndsAndBegins() throws {
        let yaml = """
            duration: 10s
            backends: { db: { latency: 1ms, faults: [ { from: 1s, to: 5s, down: true } ] } }
            flows: { page: [ { call: db.run } ] }
            clients: { web: { flow: page, at: 0s } }
            """
        let shorter = try rehearse(
            yaml, interventions: [at(2000, .set(path: "backends.db.faults.0.to", value: "1500ms"))])
        #expect(shorter.story(.faultStarted, .faultEnded) == ["1000 faultStarted db down", "2000 faultEnded db down"])
        let longer = try rehearse(yaml, interventions: [at(2000, .set(path: "backends.db.faults.0.to", value: "6s"))])
        #expect(
            longer.story(.faultStarted, .faultEnded) == [
                "1000 faultStarted db down", "2000 faultEnded db down", "2000 faultStarted db down",
                "6000 faultEnded db down",
            ])
        let earlier = try rehearse(
            yaml, interventions: [at(500, .set(path: "backends.db.faults.0.from", value: "100ms"))])
        #expect(earlier.story(.faultStarted, .faultEnded) == ["500 faultStarted db down", "5000 faultEnded db down"])
        // An unrelated change leaves a window alone, also at the moment at which it ends.
        let other = try rehearse(yaml, interventions: [at(5000, .set(path: "backends.db.latency", value: "2ms"))])
        #expect(other.story(.faultStarted, .faultEnded) == ["1000 faultStarted db down", "5000 faultEnded db down"])
    }

    // MARK: What cannot be

    @Test func invalidInterventionsAreErrorsBeforeTheRun() throws {
        func error(_ action: Intervention.Action) -> RunError? {
            do { _ = try run([at(0, .kill(backend: "db")), at(99_000, action)]) } catch { return error as? RunError }
            return nil
        }
        #expect(error(.kill(backend: "nosql")) == .unknownBackend(place: 1, name: "nosql"))
        #expect(error(.set(path: "duration", value: "30s")) == .fixedDuringRun(place: 1, what: "the duration"))
        #expect(error(.set(path: "seed", value: "30")) == .fixedDuringRun(place: 1, what: "the seed"))
        #expect(error(.set(path: "limits.maxEvents", value: "10000")) == .fixedDuringRun(place: 1, what: "limits"))
        guard case .invalidIntervention(1, let problems) = error(.set(path: "backends.db.latency", value: "fast"))
        else {
            Issue.record("a latency that is none was taken")
            return
        }
        #expect(!problems.problems.isEmpty)
        guard case .invalidIntervention = error(.set(path: "backends.nosql.latency", value: "1s")) else {
            Issue.record("a backend that is not there was taken")
            return
        }
    }

    @Test func interventionsAfterTheEndNeverHappen() throws {
        let base = try run()
        #expect(try run([at(20_001, .kill(backend: "db"))]) == base)
    }
}

extension Intervention.Action {
    var isSet: Bool { if case .set = self { true } else { false } }
}
