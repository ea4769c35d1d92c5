import Scenario
import Testing

@testable import TerminalKit
@testable import Workshop

/// The line to share, where there is no clipboard.
@Suite struct LinearShareTests {
    private final class Shelf: LoopDelegate {
        var asked: [SandboxEffect] = []
        func save(_ progress: Workshop.Progress) {}
        func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { LinearCourseTests.Shelf().lesson(cover) }
        func perform(_ effect: SandboxEffect) -> SandboxMessage? {
            asked.append(effect)
            return nil
        }
        func pressed(_ key: Key, in app: App) {}
        func resized(to size: Size, in app: App) {}
        func changes(in app: App) -> [Message] { [] }
        func pollInterval(in app: App) -> Duration? { nil }
    }

    /// What is said after each line.
    private func dialogue(_ lines: [String], _ shelf: Shelf = Shelf()) throws -> [[String]] {
        var app = App(
            lessons: [], progress: Workshop.Progress(), language: .english, size: Size(width: 80, height: 24),
            settings: DisplaySettings(glyphs: .ascii))
        let effects = app.open(try SandboxSource.starter())
        var said: [[String]] = [[]]
        var rest = lines[...]
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: shelf,
            read: { _ in
                said.append([])
                return rest.popFirst().map(LinearEvent.line) ?? .end
            },
            write: { said[said.count - 1] += $0 })
        loop.run(effects)
        return Array(said.dropLast())
    }

    @Test func aCopyIsTheWholeCodeOnOneLine() throws {
        let said = try dialogue(["Y", "c"])
        let code = try #require(said[2].first { $0.hasPrefix("ensayo-1.") }, "\(said[2])")
        #expect(try SandboxSource(code: code).draft.yaml == SandboxSource.starter().draft.yaml)
        #expect(said[2].contains("There is no clipboard here: take the line itself."))
        #expect(!said.joined().contains { $0.contains("terminal's clipboard") })
    }

    @Test func whatIsToBePrintedIsAskedForAndSaid() throws {
        let shelf = Shelf()
        let said = try dialogue(["Y", "p"], shelf)
        #expect(said[2] == ["Printed when you leave."])
        let printed = shelf.asked.compactMap { if case .print(let text) = $0 { text } else { nil } }
        #expect(printed.count == 1 && printed.allSatisfy { $0.hasPrefix("ensayo-1.") })
    }
}
