import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The sandbox in recorded sessions, without a terminal.
@Suite struct SandboxSessionTests {
    @Test func aSessionGoesFromTheMenuToASystemOfItsOwn() throws {
        let text = """
            format: 1
            open: menu
            size: 80x24
            language: en
            key G
            key enter
            expect text "Sandbox"
            expect text "database"
            key a
            expect text "Add a part"
            key escape
            key W
            key enter
            expect text "Saved as"
            """
        let script = try SessionScript(bytes: text.utf8, file: "sandbox.replay")
        let lesson = try RehearsalLesson.make()
        let result = try SessionReplay.run(script, lesson: lesson, name: "sandbox")
        #expect(result.checks.allSatisfy { $0.failure == nil }, "\(result.checks)")
        #expect(result.app.sandbox?.player?.run != nil)
        #expect(result.app.pageName == "sandbox")
    }

    @Test func theSandboxIsTold() throws {
        for language in Language.allCases {
            for keys in ["", "a", "W", "Y", "down n", "down v"] {
                let one = try Assembler(language: language)
                one.press(keys)
                let told = Telling(one.app).announcements.flatMap(\.sentences)
                #expect(told.count >= 2, "\(keys)")
                #expect(told.allSatisfy { !$0.isEmpty && !$0.contains("╭") && !$0.contains("│") })
            }
        }
    }
}
