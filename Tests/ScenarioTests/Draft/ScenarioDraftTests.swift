import Scenario
import Testing

/// Scenarios while they are put together, piece by piece.
@Suite struct ScenarioDraftTests {
    private let shop = """
        name: shop
        duration: 30s
        backends:
          sql: { latency: 100ms, operations: { get: { latency: 20ms }, put: } }
          rest: { latency: 80ms, servers: { s1: {}, s2: { latency: 2ms } } }
        caches:
          sales: { ttl: 60s }
        policies:
          guarded: [ timeout: 5s, retry: { attempts: 3 } ]
        flows:
          report: [ call: { to: sql.get, with: guarded, args: { with: guarded, to: sql.get } }, call: rest.x ]
          other: [ cache: { in: sales, key: k, do: [ call: rest.x ] } ]
        clients:
          web: { flow: report, at: 0s }
          late: { flow: other, at: 5s }
        controls:
          - { set: backends.sql.latency, from: 100ms, to: 1s, step: 100ms }
        interventions:
          - { at: 10s, kill: sql }
          - { at: 12s, kill: s1 }
        """

    private func draft(_ yaml: String) throws -> ScenarioDraft {
        try ScenarioDraft(bytes: yaml.utf8, file: "shop.yaml")
    }

    private func path(_ text: String) -> NodePath {
        NodePath(text.split(separator: ".").map { part in Int(part).map { .item($0) } ?? .key(String(part)) })
    }

    @Test func aDraftReadsAsItsFileDoes() throws {
        let draft = try draft(shop)
        let document = try ScenarioDocument(yaml: shop, file: "shop.yaml")
        #expect(try draft.read().scenario == document.scenario)
        #expect(try ScenarioDraft(document).read().scenario == document.scenario)
        #expect(try self.draft(draft.yaml).yaml == draft.yaml)
    }

    @Test func aProblemStandsWhereItIsInTheTree() throws {
        var draft = try draft(shop)
        draft.set(try ScenarioDraft.value("80"), at: path("backends.rest.latency"))
        do {
            _ = try draft.read()
            Issue.record("80 was accepted")
        } catch {
            let problem = try #require(error.problems.first)
            #expect(draft.place(of: problem) == path("backends.rest.latency"))
        }
    }

    @Test func aNewNameIsWrittenWhereverItIsReferredTo() throws {
        var draft = try draft(shop)
        _ = try draft.rename(path("backends.sql"), to: "store")
        _ = try draft.rename(path("backends.store.operations.get"), to: "fetch")
        _ = try draft.rename(path("backends.rest.servers.s1"), to: "one")
        _ = try draft.rename(path("policies.guarded"), to: "safe")
        _ = try draft.rename(path("caches.sales"), to: "cache")
        _ = try draft.rename(path("flows.report"), to: "page")
        let scenario = try draft.read().scenario
        #expect(scenario.flows.map(\.name) == ["page", "other"])
        #expect(scenario.controls[0].path == "backends.store.latency")
        #expect(scenario.interventions.map(\.action) == [.kill(backend: "store"), .kill(backend: "one")])
        // Data is what the author makes up.
        #expect(draft.root[path("flows.page.0.call.args.to")]?.text == "sql.get")
        #expect(draft.root[path("flows.page.0.call.args.with")]?.text == "guarded")
    }

    @Test func aNameThatIsTakenOrIsNoneIsRefused() throws {
        var draft = try draft(shop)
        #expect(throws: ScenarioError.self) { try draft.rename(path("backends.sql"), to: "rest") }
        #expect(throws: ScenarioError.self) { try draft.rename(path("backends.sql"), to: "7 up") }
        #expect(throws: ScenarioError.self) { try draft.rename(path("backends.sql"), to: "") }
        // Taken by a part of another kind: found on reading.
        _ = try draft.rename(path("backends.sql"), to: "web")
        #expect(throws: ScenarioError.self) { try draft.read() }
    }

    @Test func removingTakesWhatDependsOnIt() throws {
        let draft = try draft(shop)
        let policy = try draft.removing(path("policies.guarded"))
        #expect(policy.also == [path("flows.report.0.call.with")])
        let backend = try draft.removing(path("backends.sql"))
        #expect(Set(backend.also.map(\.description)) == ["flows.report.0", "controls.0", "interventions.0"])
        let scenario = try backend.draft.read().scenario
        #expect(scenario.backends.map(\.name) == ["rest"])
        #expect(scenario.interventions.count == 1)
        // A flow without steps goes, and the client that runs it.
        let cache = try draft.removing(path("caches.sales"))
        #expect(cache.also.contains(path("clients.late")))
        #expect(try cache.draft.read().scenario.clients.map(\.name) == ["web"])
    }

    @Test func whatMustBeThereCannotBeRemoved() throws {
        let draft = try draft(shop)
        #expect(throws: ScenarioDraft.RemovalRefusal.required("duration")) { try draft.removing(path("duration")) }
        for part in ["flows", "clients", "backends"] {
            #expect(throws: ScenarioDraft.RemovalRefusal.nobodySends) { try draft.removing(path(part)) }
        }
    }

    @Test func plusAndMinusGoByTheFirstFigures() throws {
        let steps: [(value: String, up: String?, down: String?)] = [
            ("80ms", "90ms", "70ms"), ("100ms", "110ms", "90ms"), ("200ms", "300ms", "190ms"), ("1s", "1.1s", "900ms"),
            ("1m", "2m", "50s"), ("10m", "20m", "9m"), ("1h", "2h", "50m"), ("0s", "1ms", nil),
            ("10", "11", "9"), ("1", "2", "0"), ("0", "1", nil), ("20", "30", "19"), ("5%", "6%", "4%"),
            ("20/s", "30/s", "19/s"), ("1/s", "2/s", "0.9/s"), ("3x", "4x", "2x"), ("unlimited", nil, "100"),
            ("fifo", "lru", nil), ("true", nil, "false"),
        ]
        for step in steps {
            var draft = try draft(shop)
            draft.insert("eviction", try ScenarioDraft.value(step.value), in: path("caches.sales"))
            let place = path("caches.sales.eviction")
            #expect(draft.neighbours(of: place, up: true).first?.text == step.up, "\(step.value) up")
            #expect(draft.neighbours(of: place, up: false).first?.text == step.down, "\(step.value) down")
        }
    }

    /// Up and down again is where it began, wherever the figures do not change between.
    @Test func aStepUpAndOneDownIsNoChange() throws {
        for value in ["3ms", "15ms", "70ms", "400ms", "3s", "12", "70", "15%", "40/s"] {
            var draft = try draft(shop)
            let place = path("caches.sales.ttl")
            draft.set(try ScenarioDraft.value(value), at: place)
            let up = try #require(draft.neighbours(of: place, up: true).first)
            draft.set(up, at: place)
            #expect(draft.neighbours(of: place, up: false).first?.text == value)
        }
    }

    @Test func namesAreSteppedThrough() throws {
        let draft = try draft(shop)
        #expect(draft.neighbours(of: path("clients.web.flow"), up: true).map(\.text) == ["other"])
        #expect(draft.neighbours(of: path("flows.report.1.call"), up: false).map(\.text) == ["sql.put", "sql.get"])
    }

    @Test func movingKeepsEverything() throws {
        var draft = try draft(shop)
        #expect(draft.move(path("flows.report.0"), by: 1) == path("flows.report.1"))
        #expect(draft.root[path("flows.report.0.call")]?.text == "rest.x")
        #expect(draft.move(path("flows.report.1"), by: 5) == path("flows.report.1"))
        #expect(draft.move(path("backends.rest"), by: -1) == path("backends.rest"))
        #expect(try draft.read().scenario.backends.map(\.name) == ["rest", "sql"])
    }

    @Test func changesThatHaveNoPlaceChangeNothing() throws {
        var draft = try draft(shop)
        let before = draft.yaml
        draft.remove(path("nowhere.at.all"))
        draft.set(try ScenarioDraft.value("1"), at: path("backends.none.latency"))
        _ = draft.move(path("flows.report.9"), by: 1)
        #expect(draft.yaml == before)
    }

    @Test func anInterventionBecomesPartOfTheFile() throws {
        var draft = try draft(shop)
        for text in ["at 3s: errors s2 50% for 10s", "at 4s: set backends.sql.latency = 200ms"] {
            try draft.insert(try Intervention(text: text))
        }
        #expect(try draft.read().scenario.interventions.count == 4)
    }
}
