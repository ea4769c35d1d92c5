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

    @Test func aPolicyThatNoScenarioReachesIsNamed() {
        let unreached = LessonScenarioReader.unreached(in: root)
        #expect(unreached.map(\.kind) == ["policy"])
        #expect(unreached.map(\.entry.key) == ["idle"])
    }
}
