import Scenario
import Testing

@Suite struct InterventionTests {
    private func shown(_ text: String) -> String {
        do {
            _ = try Intervention(text: text)
            return ""
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("at 12.4s: kill cosmos", Intervention.Action.kill(backend: "cosmos")),
        ("at 12.4s: restore cosmos", .restore(backend: "cosmos")),
        (
            "at 12.4s: set backends.sql.latency.fixed = 800ms",
            .set(path: "backends.sql.latency.fixed", value: "800ms")
        ),
        (
            "at 12.4s: set backends.sql.latency = { uniform: [1s, 2s] }",
            .set(path: "backends.sql.latency", value: "{ uniform: [1s, 2s] }")
        ),
        ("at 12.4s: slow cosmos 3x for 10s", .inject(.slow(factor: 3), backend: "cosmos", duration: .seconds(10))),
        ("at 12.4s: errors cosmos 7%", .inject(.errors(0.07), backend: "cosmos", duration: nil)),
        (
            "at 12.4s: added cosmos 200ms for 2m",
            .inject(.addedLatency(.fixed(.milliseconds(200))), backend: "cosmos", duration: .seconds(120))
        ),
        (
            "at 12.4s: added cosmos { lognormal: { p50: 1ms, p99: 9ms } }",
            .inject(
                .addedLatency(.lognormal(p50: .milliseconds(1), p99: .milliseconds(9))), backend: "cosmos",
                duration: nil)
        ),
        ("at 12.4s: down cosmos for 5s", .inject(.down, backend: "cosmos", duration: .seconds(5))),
        ("at 12.4s: hang cosmos", .inject(.hang, backend: "cosmos", duration: nil)),
        ("at 12.4s: blackhole cosmos for 5s", .inject(.blackhole, backend: "cosmos", duration: .seconds(5))),
        ("at 12.4s: errors cosmos 50% as 503", .inject(.errors(0.5, .status(503)), backend: "cosmos", duration: nil)),
        (
            "at 12.4s: errors cosmos 50% as reset for 1s",
            .inject(.errors(0.5, .reset), backend: "cosmos", duration: .seconds(1))
        ),
        (
            "at 12.4s: errors cosmos 50% as 429 after 2s for 2m",
            .inject(
                .errors(0.5, .status(429, retryAfter: .seconds(2))), backend: "cosmos", duration: .seconds(120))
        ),
        (
            "at 12.4s: set policies.guarded.breaker.failures = 3",
            .set(path: "policies.guarded.breaker.failures", value: "3")
        ),
        ("at 12.4s: crash products", .crash(cache: "products")),
        ("at 12.4s: restart products", .restart(cache: "products")),
        ("at 12.4s: join s4", .join(server: "s4")),
        ("at 12.4s: leave shop-2", .leave(server: "shop-2")),
    ])
    func theTextOfAnInterventionReadsBack(text: String, action: Intervention.Action) throws {
        let intervention = Intervention(at: .milliseconds(12400), action: action)
        #expect(intervention.description == text)
        #expect(try Intervention(text: text) == intervention)
    }

    @Test(arguments: [Shop.full, Shop.keyed, Shop.services])
    func whatAFileSaysAndWhatItsTextSaysIsTheSame(yaml: String) throws {
        let document = try ScenarioDocument(yaml: yaml, file: "full.yaml")
        for intervention in document.scenario.interventions {
            #expect(try Intervention(text: intervention.description) == intervention)
            try document.validated(intervention)
        }
    }

    @Test func problemsAreShownInTheirPlace() {
        #expect(
            shown("at 3s: kil sql") == """
                intervention:1:8: error: expected what to do, found "kil"
                   1 | at 3s: kil sql
                     |        ^~~
                   did you mean "kill"?
                """)
        #expect(
            shown("at 3s: slow sql 3 for 10s") == """
                intervention:1:17: error: "3" needs a unit: expected a factor, such as 3x
                   1 | at 3s: slow sql 3 for 10s
                     |                 ^
                   write 3x
                """)
        #expect(shown("at x: kill sql").contains("intervention:1:4: error: expected a duration"))
        #expect(shown("kill sql").contains("expected at, a time and a colon"))
        #expect(shown("at 3s: set a b").contains("expected path = value"))
        #expect(shown("at 3s: kill sql now").contains("expected nothing more, found \"now\""))
        #expect(shown("at 3s: down sql 4").contains("expected nothing more, found \"4\""))
        #expect(shown("at 3s: errors sql").contains("there is nothing here"))
        #expect(
            shown("at 3s: errors sql 50% as 418") == """
                intervention:1:26: error: no backend answers 418
                   1 | at 3s: errors sql 50% as 418
                     |                          ^~~
                   known: 400, 401, 403, 404, 409, 429, 500, 503
                """)
        #expect(
            shown("at 3s: errors sql 50% as 429 in 2s") == """
                intervention:1:30: error: expected an answer after as
                   1 | at 3s: errors sql 50% as 429 in 2s
                     |                              ^~
                   write as 503, as reset, or as 429 after 2s
                """)
        #expect(shown("at 3s: errors sql 50% as").contains("expected an answer after as"))
        #expect(shown("at 3s: errors sql as 503").contains("there is nothing here"))
        #expect(shown("at 3s: slow sql 3x as 503").contains("expected a factor, such as 3x"))
        #expect(shown("at 3s: errors sql 50% as 429 after soon").contains("expected a duration"))
        #expect(shown("at 3s: \u{1b}[2J").contains("an intervention is one line of plain text"))
        #expect(shown("").contains("expected at"))
    }

    @Test(arguments: [
        ("at 3s: kill mongo", "there is no backend \"mongo\""),
        ("at 61s: kill sql", "61s is after the end of the run, 60s"),
        ("at 3s: set backends.sql.latency.fixed = 800", "\"800\" needs a unit"),
        ("at 3s: set backends.sql.latncy = 800ms", "unknown key \"latncy\""),
        ("at 3s: set seed = 8", "\"seed\" cannot change during a run"),
        (
            "at 3s: set caches = { sales: { ttl: 1s }, more: { ttl: 1s } }",
            "nothing in \"caches\" can come or go during a run"
        ),
    ])
    func anInterventionMustFitItsScenario(text: String, message: String) throws {
        let document = try ScenarioDocument(yaml: Shop.small, file: "shop.yaml")
        let intervention = try Intervention(text: text)
        do {
            try document.validated(intervention)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains(message))
        }
    }

    @Test(arguments: [
        ("kill shop", "\"shop\" is a pool, and kill is not for one", "name one of its servers: s1, s2, s3, s4"),
        (
            "slow many 2x", "\"many\" is a pool, and slow is not for one",
            "name one of its servers: many-1, many-2, many-3, many-4, many-5, many-6, ..."
        ),
        ("kill products", "\"products\" is a cache, and kill is not for one", "write crash or restart"),
        ("down s5", "there is no backend \"s5\"", "did you mean \"s1\"?"),
        ("crash shop", "\"shop\" is a backend, and crash is not for one", "write kill or restore"),
        ("restart s1", "\"s1\" is a server, and restart is not for one", "write kill or restore"),
        ("crash product", "there is no cache \"product\"", "did you mean \"products\"?"),
        ("join shop", "there is no server \"shop\" that could join a pool", nil),
        ("leave s5", "there is no server \"s5\" that could leave a pool", "did you mean \"s1\"?"),
    ])
    func whatIsDoneMustFitWhatItIsDoneTo(text: String, message: String, suggestion: String?) throws {
        let document = try ScenarioDocument(yaml: Shop.keyed, file: "keyed.yaml")
        let intervention = try Intervention(text: "at 3s: \(text)")
        do {
            try document.validated(intervention)
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.message) == [message])
            #expect(error.problems.first?.suggestion == suggestion)
        }
    }

    @Test func onlyServersJoinAndLeave() throws {
        let document = try ScenarioDocument(yaml: Shop.small, file: "shop.yaml")
        do {
            try document.validated(Intervention(text: "at 3s: join sql"))
            Issue.record("accepted")
        } catch {
            #expect(error.problems.first?.suggestion == "give a backend servers: { count: 3 }")
        }
    }

    @Test(arguments: [
        ("backends.shop.servers.s5.weight", "1", "there is no server \"s5\""),
        ("backends.many.servers.count", "11", "nothing in \"backends\" can come or go during a run"),
        ("backends.many.servers.many-11.weight", "1", "there is no server \"many-11\""),
        ("keys.other.loop", "3", "there is no key source \"other\""),
        ("keys", "{ product: scan, night: scan, more: scan }", "nothing in \"keys\" can come or go during a run"),
    ])
    func serversAndKeysNeitherComeNorGo(path: String, value: String, message: String) throws {
        let document = try ScenarioDocument(yaml: Shop.keyed, file: "keyed.yaml")
        do {
            try document.validated(Intervention(at: .zero, action: .set(path: path, value: value)))
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.message) == [message])
        }
    }

    @Test func valuesThatNoTextCouldHoldAreRefused() throws {
        let document = try ScenarioDocument(yaml: Shop.small, file: "shop.yaml")
        let faults: [Fault] = [.errors(2), .errors(-1), .errors(.nan), .slow(factor: 0), .slow(factor: .infinity)]
        for fault in faults {
            let intervention = Intervention(at: .zero, action: .inject(fault, backend: "sql", duration: nil))
            #expect(throws: ScenarioError.self) { try document.validated(intervention) }
        }
        let actions: [Intervention.Action] = [
            .kill(backend: "sql\nrest"), .kill(backend: ""), .set(path: "", value: "1"), .set(path: "a b", value: "1"),
            .set(path: "seed", value: "1\u{1b}"), .inject(.down, backend: "sql", duration: .zero),
            .inject(.down, backend: "sql", duration: .seconds(-1)),
        ]
        for action in actions {
            #expect(throws: ScenarioError.self) { try document.validated(Intervention(at: .zero, action: action)) }
        }
        #expect(throws: ScenarioError.self) {
            try document.validated(Intervention(at: .seconds(-1), action: .kill(backend: "sql")))
        }
    }
}
