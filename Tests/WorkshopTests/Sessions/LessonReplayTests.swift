import Foundation
import TerminalKit
import Testing

@testable import Workshop

/// The recorded sessions of every lesson: what students see does not change by accident.
@Suite struct LessonReplayTests {
    static let lessons = URL(filePath: LessonSession.lessons)

    @Test func everyLessonHasSessions() {
        for entry in LessonLibrary(folder: Self.lessons.path).entries {
            #expect(LessonSession.files.contains { $0.hasPrefix(entry.folder) }, "\(entry.id) has no recorded session")
        }
    }

    @Test(arguments: LessonSession.files)
    func sessionReplays(path: String) throws {
        let session = try LessonSession.shared(path)
        for check in session.checks { #expect(check.failure == nil, "\(session.name):\(check.line): \(check.name)") }

        let golden = URL(filePath: path).deletingPathExtension().appendingPathExtension("golden")
        let old = GoldenFile(parsing: try String(contentsOf: golden, encoding: .utf8))
        let diff = GoldenDiff(old: old, new: GoldenFile(session.journey))
        #expect(diff.differences.isEmpty, "\(diff.text)")
    }

    /// A step that no session visits can break without a test to tell.
    @Test func sessionsVisitEveryStep() throws {
        let lesson = try LessonLibrary(folder: Self.lessons.path).load("orchestration")
        let texts = try LessonSession.files.map { try String(contentsOfFile: $0, encoding: .utf8) }
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
