import Foundation
import TerminalKit
import Testing

@testable import Workshop

/// The recorded sessions of every lesson: what students see does not change by accident.
@Suite struct LessonReplayTests {
    static let lessons = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Lessons")

    static var sessions: [String] {
        let library = LessonLibrary(folder: lessons.path)
        return library.entries.flatMap { entry -> [String] in
            let folder = entry.folder + "/replays"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".replay") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    @Test func everyLessonHasSessions() {
        for entry in LessonLibrary(folder: Self.lessons.path).entries {
            #expect(Self.sessions.contains { $0.hasPrefix(entry.folder) }, "\(entry.id) has no recorded session")
        }
    }

    @Test(arguments: sessions)
    func sessionReplays(path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let script = try SessionScript(bytes: Array(text.utf8), file: path)
        let lesson = try LessonLibrary(folder: Self.lessons.path).load(script.lesson)
        let name = URL(filePath: path).deletingPathExtension().lastPathComponent
        let result = try SessionReplay.run(script, lesson: lesson, name: name)
        for check in result.checks { #expect(check.failure == nil, "\(name):\(check.line): \(check.name)") }

        let golden = URL(filePath: path).deletingPathExtension().appendingPathExtension("golden")
        let old = GoldenFile(parsing: try String(contentsOf: golden, encoding: .utf8))
        let diff = GoldenDiff(old: old, new: GoldenFile(result.journey))
        #expect(diff.differences.isEmpty, "\(diff.text)")
    }

    /// A step that no session visits can break without a test to tell.
    @Test func sessionsVisitEveryStep() throws {
        let lesson = try LessonLibrary(folder: Self.lessons.path).load("orchestration")
        let texts = try Self.sessions.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let missing = lesson.steps.map(\.id).filter { id in !texts.contains { $0.contains("expect step \(id)\n") } }
        #expect(missing == [])
    }

    /// The README shows the program as it is.
    @Test func readmeShowsAFrameOfTheLesson() throws {
        let root = Self.lessons.deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let golden = Self.lessons.appending(path: "01-orchestration/replays/whole-lesson.golden")
        let entries = GoldenFile(parsing: try String(contentsOf: golden, encoding: .utf8)).entries
        let frame = try #require(entries.first { $0.heading.contains(" one-by-one ") }).frame
        for row in try Frame(exportedText: frame).rows {
            let shown = row.trimmingCharacters(in: .whitespaces)
            #expect(readme.contains(shown), "not in the README: \(shown)")
        }
    }
}
