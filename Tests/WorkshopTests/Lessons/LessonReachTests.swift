import Scenario
import Testing

@testable import Workshop

/// A scenario of a lesson keeps what its clients can reach, and the linter names what no scenario reaches.
@Suite struct LessonReachTests {
    private static let lesson = """
        system:
          duration: 1s
          backends: { sql: { latency: 1ms }, rest: { latency: 1ms } }
          policies:
            called: [ timeout: 1s ]
            around: [ timeout: 2s ]
            chosen: [ timeout: 3s ]
            idle: [ timeout: 4s ]
          flows:
            page:
              - call: { to: sql.read, with: called }
              - guard: { with: around, do: [ fallback: { do: [ call: rest.read ], omit: true } ] }
            plain: [ call: sql.read ]
        scenarios:
          careful:
            clients: { web: { flow: page, at: 0s } }
            controls: [ { set: flows.page.0.call.with, values: [ called, chosen ] } ]
          careless:
            clients: { web: { flow: plain, at: 0s } }
        """

    private let root: YAMLNode

    init() throws { root = try #require(YAMLReader().parse(Self.lesson, file: "lesson.yaml")) }

    @Test func policiesThatCallsGuardsAndControlsNameAreKept() throws {
        let reader = YAMLReader()
        let scenarios = LessonScenarioReader(reader: reader, tryingChanges: true)
            .scenarios(root["scenarios"], system: root["system"])
        try reader.finish()
        #expect(scenarios.map(\.name) == ["careful", "careless"])
        let policies = scenarios.map { $0.document.scenario.policies.map(\.name) }
        #expect(policies == [["called", "around", "chosen"], []])
        #expect(scenarios.map { $0.document.scenario.backends.map(\.name) } == [["sql", "rest"], ["sql"]])
    }

    @Test func keysPoolsAndWrittenCachesAreKept() throws {
        let lesson = """
            system:
              duration: 1s
              backends: { shop: { latency: 1ms, servers: { s1: {}, s2: {} } }, rest: { latency: 1ms } }
              caches: { read: { ttl: 1s }, written: { ttl: 1s }, emptied: { ttl: 1s }, idle: { ttl: 1s } }
              keys: { product: scan, page: scan, later: scan, chosen: scan, idle: scan }
              flows:
                update:
                  - write: { in: written, key: $key, do: { call: shop.put } }
                  - invalidate: { in: emptied }
            scenarios:
              keyed:
                clients: { web: { flow: update, keys: product, at: 0s } }
                controls: [ { set: clients.web.keys, values: [ product, chosen ] } ]
                interventions: [ { at: 0.5s, set: clients.web.keys, to: later }, { at: 0.5s, kill: s1 } ]
            """
        let reader = YAMLReader()
        let root = try #require(reader.parse(lesson, file: "lesson.yaml"))
        let scenario = try #require(
            LessonScenarioReader(reader: reader, tryingChanges: true)
                .scenarios(root["scenarios"], system: root["system"]).first?.document.scenario)
        try reader.finish()
        #expect(scenario.everyBackend.map(\.name) == ["s1", "s2"])
        #expect(scenario.caches.map(\.name) == ["written", "emptied"])
        #expect(scenario.keys.map(\.name) == ["product", "later", "chosen"])
        let unreached = LessonScenarioReader.unreached(in: root)
        #expect(unreached.map { "\($0.kind) \($0.entry.key)" } == [
            "backend rest", "cache read", "cache idle", "key source page", "key source idle",
        ])
    }

    @Test func aPolicyThatNoScenarioReachesIsNamed() {
        let unreached = LessonScenarioReader.unreached(in: root)
        #expect(unreached.map(\.kind) == ["policy"])
        #expect(unreached.map(\.entry.key) == ["idle"])
    }
}
