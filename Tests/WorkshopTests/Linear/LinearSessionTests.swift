import Foundation
import Testing

@testable import TerminalKit
@testable import Workshop

/// The recorded sessions of every lesson, heard instead of seen.
@Suite struct LinearSessionTests {
    static let lessons = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Lessons")

    /// Of each lesson the sessions that have no others for their steps.
    static var sessions: [String] {
        LessonLibrary(folder: lessons.path).entries.flatMap { entry -> [String] in
            let folder = entry.folder + "/replays"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".replay") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    static func replay(_ path: String) throws -> SessionReplay.Result {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let script = try SessionScript(bytes: Array(text.utf8), file: path)
        let lesson = try LessonLibrary(folder: lessons.path).load(script.lesson)
        return try SessionReplay.run(script, lesson: lesson, name: "linear", isTold: true)
    }

    /// What only eyes are told: that a terminal is too small, and the box of a dialogue that is closed by looking away.
    static let visual = ["Ensayo needs 60x16."]

    @Test(arguments: sessions)
    func sessionIsHeardAsItIsSeen(path: String) throws {
        let result = try Self.replay(path)
        for check in result.checks { #expect(check.failure == nil, "\(path):\(check.line): \(check.name)") }
        // `ensayo present` draws a screen for a class: there is nothing to be heard.
        if try String(contentsOfFile: path, encoding: .utf8).contains("open: present") { return }
        let transcript = try #require(result.transcript)
        for gap in transcript.gaps where !Self.visual.contains(gap.text) {
            Issue.record("\(path):\(gap.line): shown, and not heard: \(gap.text)")
        }
        for passage in transcript.passages {
            let isSmall = passage.after.hasPrefix("resize")
            #expect(
                !passage.changesScreen || isSmall || !passage.sentences.isEmpty,
                "\(path): nothing is said after \(passage.after)")
        }
        let sentences = transcript.passages.flatMap(\.sentences)
        for sentence in sentences { expectPlain(sentence, path) }
        for (one, next) in zip(sentences, sentences.dropFirst()) {
            #expect(one != next || one.count < 40, "\(path): said twice: \(one)")
        }
    }

    private func expectPlain(_ sentence: String, _ path: String) {
        #expect(!sentence.contains(where: Speech.isDrawing), "\(path): drawn, not said: \(sentence)")
        #expect(!sentence.contains("\u{1B}") && !sentence.contains("  "), "\(path): \(sentence)")
        for line in Speech.lines(sentence) { #expect(Text.width(line) < 80, "\(path): \(line)") }
    }
}
