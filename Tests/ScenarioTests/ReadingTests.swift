import Testing

@testable import Scenario

@Suite struct ReadingTests {
    let full: Scenario

    init() throws { full = try ScenarioDocument(yaml: Shop.full, file: "full.yaml").scenario }

    @Test func everyPartOfTheLanguageIsRead() {
        #expect(full.name == "full")
        #expect(full.seed == 42)
        #expect(full.duration == .seconds(600))
        #expect(full.limits.maxEvents == 500_000)
        #expect(full.hop == .uniform(from: .milliseconds(1), to: .milliseconds(3)))
        #expect(full.backends.map(\.name) == ["sql", "cosmos", "rest", "a", "b", "c", "d", "e"])
        #expect(full.caches == [Cache(name: "sales", latency: .fixed(.milliseconds(1)), ttl: .seconds(300))])
        #expect(full.flows.map(\.name) == ["dashboard", "order", "top", "summary", "careful"])
        #expect(full.policies.map(\.name) == ["guarded", "standard"])
        #expect(full.marks == [Mark(at: .seconds(20), label: LocalizedText(en: "It breaks", es: "Se rompe"))])
    }

    @Test func aBackendHasItsLimitsOperationsAndFaults() {
        let sql = full.backends[0]
        #expect(sql.latency == .fixed(.milliseconds(500)))
        #expect(sql.concurrency == 20)
        #expect(sql.queue == 40)
        #expect(sql.errors == 0.005)
        #expect(sql.hop == .fixed(.milliseconds(2)))
        #expect(
            sql.operations == [
                Operation(
                    name: "get_order", latency: .fixed(.milliseconds(120)),
                    returns: .map([
                        .init(key: "productId", value: .text("P7")),
                        .init(key: "lines", value: .list([.text("a"), .text("b")])),
                        .init(key: "total", value: .number(12.5)), .init(key: "paid", value: .bool(true)),
                    ])),
                Operation(
                    name: "get_top",
                    returns: .map([.init(key: "customers", value: .generated(name: "customer", count: 10))])),
                Operation(name: "create_order"),
            ])
        #expect(
            sql.faults.map(\.fault) == [
                .errors(1), .down, .addedLatency(.fixed(.milliseconds(200))), .slow(factor: 3), .hang,
            ])
        #expect(sql.faults[4].to == full.duration, "a fault without an end lasts to the end of the run")
        #expect(full.backends[1].concurrency == nil)
    }

    @Test func everyDistributionIsRead() {
        #expect(
            full.backends.dropFirst().map(\.latency) == [
                .lognormal(p50: .milliseconds(180), p99: .milliseconds(900)),
                .normal(mean: .milliseconds(80), deviation: .milliseconds(10)),
                .exponential(mean: .milliseconds(10)),
                .pareto(minimum: .milliseconds(10), shape: 1.5),
                .weibull(scale: .milliseconds(10), shape: 0.7),
                .empirical([.milliseconds(10), .milliseconds(12), .milliseconds(900)]),
                .bimodal(fast: .fixed(.milliseconds(10)), slow: .fixed(.seconds(2)), oneIn: 100),
            ])
    }

    @Test func stepsAreReadInOrderWithTheirData() {
        let analyze = Call(backend: "cosmos", operation: "analyze")
        let stock = Call(backend: "rest", operation: "stock")
        #expect(
            full.flows[0].steps == [
                .parallel([
                    .call(Call(backend: "sql", operation: "get_order")), .call(analyze),
                    .sequence([.call(stock), .wait(.fixed(.milliseconds(5)))]),
                ]),
                .merge(Merge(kind: .concat)),
            ])
        let note = Expression.joined([
            .literal(.text("for ")), .reference(["order", "productId"]), .literal(.text(", $5")),
        ])
        #expect(
            full.flows[1].steps == [
                .call(
                    Call(
                        backend: "sql", operation: "get_order",
                        arguments: [Argument(name: "id", value: .literal(.number(7)))], saveAs: "order")),
                .parallel([
                    .call(
                        Call(
                            backend: "rest", operation: "stock",
                            arguments: [Argument(name: "id", value: .reference(["order", "productId"]))],
                            saveAs: "stock")),
                    .call(
                        Call(
                            backend: "rest", operation: "ship", arguments: [Argument(name: "note", value: note)],
                            saveAs: "shipping")),
                ]),
                .merge(Merge(kind: .zip, parts: [.reference(["stock"]), .reference(["shipping"])], saveAs: "all")),
            ])
        #expect(
            full.flows[3].steps.prefix(3) == [
                .cache(
                    CacheStep(
                        cache: "sales", key: .literal(.text("sales:today")), ttl: .seconds(60),
                        steps: [.call(Call(backend: "sql", operation: "get_order"))], saveAs: "sales")),
                .invalidate(Invalidate(cache: "sales", target: .keys([.literal(.text("sales:today"))]))),
                .invalidate(Invalidate(cache: "sales")),
            ])
    }

    @Test func fanOutAndRepetitionAreRead() {
        guard case .forEach(let each) = full.flows[2].steps[1] else {
            Issue.record("no forEach")
            return
        }
        #expect(each.items == .reference(["top", "customers"]))
        #expect(each.itemName == "customer")
        #expect(each.concurrency == 5)
        #expect(each.saveAs == "behaviour")
        #expect(
            full.flows[2].steps[2]
                == .repeat(times: 3, steps: [.wait(.exponential(mean: .milliseconds(5)))]))
    }

    @Test func everyWorkloadIsRead() {
        #expect(
            full.clients.map(\.workload) == [
                .arrivals(
                    Arrivals(
                        spacing: .poisson, rate: 20, ramps: [Ramp(from: .seconds(10), to: .seconds(20), rate: 40)],
                        spikes: [Spike(from: .seconds(60), to: .seconds(70), rate: 100)])),
                .arrivals(Arrivals(spacing: .rate, rate: 0.5)),
                .users(count: 10, think: .fixed(.seconds(1))),
                .once(at: [.zero]),
                .once(at: [.zero, .seconds(2)]),
                .once(at: [.seconds(3)], times: 1000),
            ])
    }

    @Test func controlsListTheirValuesAsWritten() {
        #expect(full.controls[0].label == LocalizedText(en: "Slots", es: "Plazas"))
        #expect(
            full.controls.map(\.range.values) == [
                ["10", "20", "30"], ["100ms", "300ms", "500ms"], ["500ms", "{ exponential: 1s }"],
                ["none", "20%", "full", "equal"], ["10", "10s"],
            ])
        #expect(full.controls.map(\.labels) == [[:], [:], [:], ["full": LocalizedText("All of it")], [:]])
    }

    @Test func everyInterventionIsRead() {
        #expect(
            full.interventions.map(\.action) == [
                .kill(backend: "cosmos"), .restore(backend: "cosmos"),
                .set(path: "backends.sql.latency.fixed", value: "800ms"),
                .inject(.errors(0.5), backend: "rest", duration: .seconds(10)),
                .inject(.addedLatency(.fixed(.milliseconds(20))), backend: "rest", duration: nil),
                .inject(.slow(factor: 2), backend: "a", duration: .seconds(1)),
                .inject(.down, backend: "b", duration: .seconds(1)),
                .inject(.hang, backend: "c", duration: nil),
                .inject(
                    .errors(0.5, .status(429, retryAfter: .seconds(2))), backend: "rest", duration: .seconds(10)),
                .inject(.errors(0.5, .reset), backend: "sql", duration: nil),
                .inject(.blackhole, backend: "d", duration: .seconds(5)),
                .set(path: "policies.guarded.breaker.state", value: "forcedOpen"),
                .set(path: "policies.guarded.timeout2", value: "1s"),
            ])
        #expect(full.interventions[0].at == .milliseconds(12400))
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let small = try ScenarioDocument(yaml: Shop.small, file: "lessons/shop.yaml").scenario
        #expect(small.name == "shop")
        #expect(small.seed == 1)
        #expect(small.limits == Limits())
        #expect(small.hop == .fixed(.zero))
        #expect(small.backends[1] == Backend(name: "rest", latency: .fixed(.milliseconds(10))))
    }

    @Test func theExampleOfTheGuideReads() throws {
        let yaml = """
            seed: 42
            duration: 60s
            backends:
              sql:    { latency: { fixed: 500ms } }
              rest:   { latency: { fixed: 80ms } }
              cosmos: { latency: { lognormal: { p50: 180ms, p99: 900ms } }, concurrency: 50, queue: 100,
                        faults: [ { from: 20s, to: 40s, errors: 100% } ] }
            flows:
              dashboard:
                - parallel: [ call: sql.calculate_metrics, call: { to: cosmos.analyze_users }, call: rest.check_stock ]
                - merge: concat
            clients:
              web: { flow: dashboard, arrivals: { poisson: 20/s } }
            controls:
              - { set: backends.cosmos.concurrency, from: 1, to: 10, label: { en: Slots, es: Plazas } }
            """
        let scenario = try ScenarioDocument(yaml: yaml, file: "orders.yaml").scenario
        #expect(scenario.name == "orders")
        #expect(scenario.controls[0].range.values == (1...10).map(String.init))
    }

    @Test func dataFollowsTheRulesOfJSONForNumbersAndNothingElse() throws {
        let written = "[7, -0.5, 1e3, 007, yes, no, on, ~, null, true, \"5\", 0x10, .inf, 1_000, 2026-01-01, '']"
        let yaml = Shop.changed("lines: [a, b]", to: "lines: \(written)")
        let scenario = try ScenarioDocument(yaml: yaml, file: "shop.yaml").scenario
        guard case .map(let fields) = scenario.backends[0].operations[0].returns else {
            Issue.record("no map")
            return
        }
        #expect(
            fields[1].value
                == .list([
                    .number(7), .number(-0.5), .number(1000), .text("007"), .text("yes"), .text("no"), .text("on"),
                    .null,
                    .null, .bool(true), .text("5"), .text("0x10"), .text(".inf"), .text("1_000"), .text("2026-01-01"),
                    .text(""),
                ]))
    }

    @Test func theSameTextReadsAsTheSameScenario() throws {
        #expect(try ScenarioDocument(yaml: Shop.full, file: "full.yaml").scenario == full)
        let crlf = Shop.full.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(try ScenarioDocument(yaml: "\u{feff}" + crlf, file: "full.yaml").scenario == full)
        #expect(try ScenarioDocument(bytes: Array(Shop.full.utf8), file: "full.yaml").scenario == full)
    }

    @Test func aScenarioInsideAnotherFileKeepsThePlacesOfThatFile() throws {
        let reader = YAMLReader()
        let lesson = "id: orchestration\nscenario:\n  duration: 60\n"
        let node = try #require(reader.parse(lesson, file: "lesson.yaml")?["scenario"])
        #expect(throws: ScenarioError.self) { try ScenarioDocument(node: node, name: "orchestration") }
        do {
            _ = try ScenarioDocument(node: node, name: "orchestration")
        } catch {
            #expect(error.problems.contains { $0.file == "lesson.yaml" && $0.line == 3 && $0.column == 13 })
        }
    }
}
