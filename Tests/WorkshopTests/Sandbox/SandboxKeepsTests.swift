import Foundation
import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// What the sandbox loads it keeps whole.
@Suite struct SandboxKeepsTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let lessons = LessonLibrary(folder: root.appending(path: "Lessons").path).entries

    private func digest(_ document: ScenarioDocument) throws -> TraceDigest {
        try Run(document).trace(until: .zero.advanced(by: .seconds(20))).digest
    }

    @Test(arguments: lessons.map(\.folder)) func everyScenarioOfALessonRunsTheSameFromItsFileAndItsCode(
        of folder: String
    ) throws {
        let lesson = try LessonReader.read(LessonLibrary.source(folder: folder))
        #expect(!lesson.scenarios.isEmpty)
        for scenario in lesson.scenarios {
            let draft = ScenarioDraft(scenario.document)
            #expect(draft.namedYAML == (try ScenarioDraft(bytes: draft.namedYAML.utf8, file: "x.yaml")).yaml)
            let code = try ScenarioCode(yaml: draft.namedYAML)
            #expect(try ScenarioCode(code.description).yaml == draft.namedYAML)
            // A code holds no files; a file beside others does.
            let again = try draft.read()
            #expect(again.scenario.backends == scenario.document.scenario.backends, "\(lesson.id): \(scenario.name)")
            #expect(try digest(again) == digest(scenario.document), "\(lesson.id): \(scenario.name)")
            guard draft.neededFiles.isEmpty else { continue }
            let shared = try ScenarioDocument(yaml: code.yaml, file: "code")
            #expect(try digest(shared) == digest(scenario.document), "\(lesson.id): \(scenario.name)")
        }
    }

    /// Whole files, and the diagrams of the examples.
    @Test func theExamplesOfTheGuidesSurviveTheSandbox() throws {
        var count = 0
        for file in try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "docs").path) {
            guard file.hasSuffix(".md"),
                let text = try? String(contentsOf: Self.root.appending(path: "docs/\(file)"), encoding: .utf8)
            else { continue }
            for block in text.components(separatedBy: "```yaml\n").dropFirst() {
                let yaml = block.components(separatedBy: "```").first ?? ""
                guard let document = try? ScenarioDocument(yaml: yaml, file: "example.yaml") else { continue }
                let draft = try ScenarioDraft(bytes: yaml.utf8, file: "example.yaml")
                let saved = try ScenarioDocument(yaml: draft.yaml, file: "example.yaml")
                #expect(try digest(saved) == digest(document), "\(file): \(yaml)")
                count += 1
            }
        }
        #expect(count > 0)
    }

    @Test func whatTheTreeDoesNotKnowIsKeptAndCanBeEditedAsText() throws {
        let yaml = """
            duration: 5s
            flows: { f: [ wait: 1ms ] }
            clients: { c: { flow: f, at: 0s } }
            marks: [ { at: 1s, label: { en: "ñ: → \\"x\\"", es: "#no" } } ]
            """
        let one = try Assembler(yaml: yaml)
        one.at(.key("marks"), .item(0)).press("v")
        one.press("enter")
        let kept = try one.state.draft.read().scenario
        #expect(kept == (try ScenarioDocument(yaml: yaml, file: "test.yaml")).scenario)
    }

    // MARK: Large and small

    static let sizes = [
        Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 120, height: 40),
        Size(width: 200, height: 60),
    ]
    private static let walk = [
        "", "a", "escape enter", "down v", "escape W", "escape Y", "escape tab z", "z tab f enter", "=", "q",
    ]

    @Test(arguments: sizes) func everyScreenIsDrawnAtEverySize(_ size: Size) throws {
        for language in Language.allCases {
            for glyphs in [Glyphs.unicode, .ascii] {
                let one = try Assembler(size: size, language: language, glyphs: glyphs)
                for keys in Self.walk {
                    one.press(keys)
                    let rows = one.screen
                    #expect(rows.count == size.height)
                    #expect(rows.allSatisfy { Text.width($0) <= size.width })
                }
            }
        }
    }

    @Test func fiveHundredBackendsAndLongNamesAreNoTrouble() throws {
        let long = String(repeating: "ñandú", count: 12)
        let backends = (0..<500).map { "  b\($0): { latency: 5ms }" }.joined(separator: "\n")
        let yaml = """
            duration: 2s
            backends:
            \(backends)
              \(long): { latency: 1ms }
            flows: { f: [ call: \(long).x, call: b7.x ] }
            clients: { c: { flow: f, arrivals: { rate: 5/s } } }
            """
        let one = try Assembler(yaml: yaml)
        #expect(one.digest != nil)
        one.press("down right")
        one.press("down", times: 20)
        one.at(.key("backends"), .key("b400"), .key("latency")).press("+")
        #expect(try one.value(.root.key("backends").key("b400").key("latency")) == "6ms")
        one.at(.key("backends"), .key("b7")).press("x enter")
        #expect(try one.state.draft.root["flows"]?["f"]?.items?.count == 1)
        one.resize(60, 16).resize(200, 60)
        #expect(one.screen.count == 60)
    }

    @Test func aCircleOfCallsIsRefused() throws {
        let one = try Assembler()
        one.at(.key("backends"), .key("api")).press("v")
            .type("{ latency: 1ms, operations: { read: { do: [ call: database.query ] } } }").press("enter")
        #expect(try one.state.input == nil)
        one.at(.key("backends"), .key("database")).press("v")
            .type("{ latency: 1ms, operations: { query: { do: [ call: api.read ] } } }").press("enter")
        #expect(one.shows("circle"))
        #expect(try one.state.input != nil)
    }

    @Test func anEndlessLoopIsStoppedByItsLimitAndTheRunBeforeItStays() throws {
        let one = try Assembler()
        let before = one.digest
        one.at(.key("clients"), .key("people"), .key("arrivals"), .key("poisson")).press("enter").type("90000/s")
        one.press("enter")
        #expect(one.digest == before)
        #expect(one.screen.contains { $0.contains("90000/s") })
    }
}
