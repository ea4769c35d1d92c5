import Analysis
import Foundation
import Synchronization
import TerminalKit

@testable import Workshop

/// A recorded session of the project's lessons: what is seen and what is heard of it, from one replay for all tests.
struct LessonSession {
    static let lessons = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Lessons").path

    static var files: [String] {
        LessonLibrary(folder: lessons).entries.flatMap { entry -> [String] in
            let folder = entry.folder + "/replays"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".replay") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    let name: String
    let checks: [SessionReplay.Check]
    let script: SessionScript
    let journey: Journey
    let transcript: Transcript
    /// What is kept of it beside its frames; `nil`: nothing.
    let heard: GoldenTranscript?

    static func shared(_ path: String) throws -> LessonSession {
        let session = known.withLock { known in
            let session = known[path] ?? Once()
            known[path] = session
            return session
        }
        return try session.value { Result { try LessonSession(path) } }.get()
    }

    private static let known = Mutex<[String: Once<Result<LessonSession, any Error>>]>([:])

    private init(_ path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let script = try SessionScript(bytes: Array(text.utf8), file: path)
        let taught = try TaughtLesson.shared(script.lesson)
        name = URL(filePath: path).deletingPathExtension().lastPathComponent
        let result = try SessionReplay.run(
            script, lesson: taught.lesson, figures: taught.runs, name: name, isTold: true)
        checks = result.checks
        self.script = script
        journey = result.journey
        transcript = result.transcript ?? Transcript()
        heard = script.keepsTranscript ? GoldenTranscript(transcript, of: result.journey) : nil
    }
}
