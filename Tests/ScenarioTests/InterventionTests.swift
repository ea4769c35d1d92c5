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
    ])
    func theTextOfAnInterventionReadsBack(text: String, action: Intervention.Action) throws {
        let intervention = Intervention(at: .milliseconds(12400), action: action)
        #expect(intervention.description == text)
        #expect(try Intervention(text: text) == intervention)
    }

    @Test func whatAFileSaysAndWhatItsTextSaysIsTheSame() throws {
        let document = try ScenarioDocument(yaml: Shop.full, file: "full.yaml")
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
