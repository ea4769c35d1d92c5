import Scenario
import Testing

@Suite struct SettingTests {
    let full: ScenarioDocument

    init() throws { full = try ScenarioDocument(yaml: Shop.full, file: "full.yaml") }

    /// The path of every value in the full scenario.
    private func paths(_ node: YAMLNode, _ path: [String] = []) -> [String] {
        let own = path.isEmpty ? [] : [path.joined(separator: ".")]
        if let entries = node.entries { return own + entries.flatMap { paths($0.value, path + [$0.key]) } }
        if let items = node.items { return own + items.enumerated().flatMap { paths($1, path + ["\($0)"]) } }
        return own
    }

    private func shown(_ path: String, _ value: String, origin: String = "--set") -> String {
        do {
            _ = try full.setting(path, to: value, origin: origin)
            return ""
        } catch {
            return error.description
        }
    }

    @Test(arguments: [(Shop.full, 200), (Shop.keyed, 150), (Shop.services, 100)])
    func everyValueSetToItselfLeavesTheScenarioAsItIs(yaml: String, least: Int) throws {
        let document = try ScenarioDocument(yaml: yaml, file: "full.yaml")
        let root = try #require(YAMLReader().parse(yaml, file: "full.yaml"))
        let paths = paths(root)
        #expect(paths.count > least)
        for path in paths {
            let value = try #require(document.value(at: path), "\(path)")
            let changed = try document.setting(path, to: value)
            #expect(changed.scenario == document.scenario, "\(path)=\(value)")
            #expect(changed.value(at: path) == value)
        }
    }

    @Test func aValueChangesWhatItSaysAndNothingElse() throws {
        var expected = full.scenario
        expected.backends[0].latency = .fixed(.milliseconds(800))
        #expect(try full.setting("backends.sql.latency", to: "800ms").scenario == expected)
        #expect(try full.setting("backends.sql.latency.fixed", to: "800ms").scenario == expected)
        expected.seed = 7
        #expect(try full.setting("backends.sql.latency", to: "800ms").setting("seed", to: "7").scenario == expected)
    }

    @Test func anotherDistributionTakesThePlaceOfTheFirst() throws {
        let cosmos = try full.setting("backends.cosmos.latency.fixed", to: "1s").scenario.backends[1]
        #expect(cosmos.latency == .fixed(.seconds(1)))
        let sql = try full.setting("backends.sql.latency.uniform", to: "[1s, 2s]").scenario.backends[0]
        #expect(sql.latency == .uniform(from: .seconds(1), to: .seconds(2)))
        let web = try full.setting("clients.web.arrivals.rate", to: "9/s").scenario.clients[0]
        guard case .arrivals(let arrivals) = web.workload else {
            Issue.record("no arrivals")
            return
        }
        #expect(arrivals.spacing == .rate)
        #expect(arrivals.ramps.count == 1)
        let fault = try full.setting("backends.sql.faults.0.slow", to: "2x").scenario.backends[0].faults[0]
        #expect(fault.fault == .slow(factor: 2))
    }

    @Test func keysThatTheFileLeavesOutHaveDefaultsAndCanBeSet() throws {
        let small = try ScenarioDocument(yaml: Shop.small, file: "shop.yaml")
        let defaults = [
            "seed": "1", "limits.maxEvents": "1000000", "network.hop": "0s", "network.hop.fixed": "0s", "name": "shop",
            "backends.rest.concurrency": "unlimited", "backends.rest.queue": "unlimited", "backends.rest.errors": "0%",
            "caches.sales.latency": "0s", "caches.sales.latency.fixed": "0s",
        ]
        for (path, value) in defaults.sorted(by: { $0.key < $1.key }) {
            #expect(small.value(at: path) == value, "\(path)")
            #expect(try small.setting(path, to: value).scenario == small.scenario, "\(path)")
        }
        #expect(small.value(at: "backends.rest.latency.fixed") == "10ms")
        #expect(small.value(at: "backends.rest.latency.uniform") == nil)
        #expect(small.value(at: "backends.mongo.queue") == nil)
        #expect(small.value(at: "") == nil)
        #expect(try small.setting("backends.rest.queue", to: "7").scenario.backends[1].queue == 7)
        #expect(
            try small.setting("flows.report.0.call.as", to: "order").value(at: "flows.report.0.call.to")
                == "sql.get_order")
    }

    @Test func aMisspeltPathIsShownWithThePartThatWasMeant() {
        #expect(
            shown("backends.sql.latncy.fixed", "800ms") == """
                --set:1:14: error: unknown key "latncy" in backend "sql"
                   1 | backends.sql.latncy.fixed=800ms
                     |              ^~~~~~
                   did you mean "latency"?
                """)
        #expect(
            shown("backend.sql.latency", "800ms", origin: "key") == """
                key:1:1: error: unknown key "backend" in the scenario
                   1 | backend.sql.latency=800ms
                     | ^~~~~~~
                   did you mean "backends"?
                """)
    }

    @Test func aNameCannotBeAdded() {
        #expect(
            shown("backends.mongo.latency", "800ms") == """
                --set:1:10: error: there is no backend "mongo"
                   1 | backends.mongo.latency=800ms
                     |          ^~~~~
                   known: sql, cosmos, rest, a, b, c, d, e
                """)
        #expect(shown("flows.dashbord", "[]").contains("there is no flow \"dashbord\""))
        #expect(shown("backends.sql.operations.get_oder.latency", "1s").contains("did you mean \"get_order\"?"))
        #expect(shown("clients.wep.users", "1").contains("did you mean \"web\"?"))
    }

    @Test func aNameCannotBeAddedByALaterChangeEither() throws {
        let changed = try full.setting("backends.rest.queue", to: "7")
        #expect(throws: ScenarioError.self) { try changed.setting("backends.mongo.latency", to: "1s") }
        #expect(try changed.setting("backends.rest.queue", to: "8").scenario.backends[2].queue == 8)
    }

    @Test func aWrongValueIsShownInItsPlace() {
        #expect(
            shown("backends.sql.latency.fixed", "800") == """
                --set:1:28: error: "800" needs a unit: expected a duration, such as 250ms
                   1 | backends.sql.latency.fixed=800
                     |                            ^~~
                   write 800ms
                """)
        #expect(shown("seed", "").contains("--set:1:6: error: there is nothing here"))
        #expect(shown("seed", "[1, 2").contains("--set:1:11: error: this list does not go on or end here"))
        #expect(shown("seed", "&a [*a]").contains("anchors"))
        #expect(shown("seed", "\u{1b}[2J").contains("--set:1:6: error: the character U+001B cannot be used here"))
        #expect(shown("seed", "1\nname: x").contains("--set:"))
    }

    @Test func aChangeThatBreaksAnotherPartIsShownAtTheChange() {
        #expect(
            shown("duration", "109s") == """
                --set:1:1: error: 110s is after the end of the run, 109s (full.yaml:22:17)
                   1 | duration=109s
                     | ^~~~~~~~~~~~~
                """)
        #expect(shown("backends.sql.faults.0.to", "10s").contains("--set:1:26: error: 10s is not after 20s"))
    }

    @Test func pathsGoThroughListsByPlace() {
        #expect(full.value(at: "backends.sql.faults.1.from") == "50s")
        #expect(full.value(at: "clients.twice.at.1") == "2s")
        #expect(full.value(at: "clients.twice.at.2") == nil)
        #expect(
            shown("backends.sql.faults.9.from", "1s") == """
                --set:1:21: error: there is no item "9"
                   1 | backends.sql.faults.9.from=1s
                     |                     ^
                   items go from 0 to 4
                """)
        #expect(shown("", "1").contains("there is no path here"))
        #expect(shown("backends..latency", "1s").contains("--set:1:10: error: a part of the path is missing"))
        #expect(shown(String(repeating: "a.", count: 500) + "a", "1").contains("there is no path here"))
    }

    @Test func changedControlsAreCheckedAsThoseOfTheFile() {
        #expect(shown("controls.0.set", "backends.sql.concurency").contains("did you mean \"concurrency\"?"))
    }
}
