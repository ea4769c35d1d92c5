import Foundation
import Testing

@testable import TerminalKit
@testable import Workshop

/// The recorded sessions of every lesson, heard instead of seen.
@Suite struct LinearSessionTests {
    /// What only eyes are told: that a terminal is too small, and the box of a dialogue that is closed by looking away.
    static let visual = ["Ensayo needs 60x16."]

    @Test(arguments: LessonSession.files)
    func sessionIsHeardAsItIsSeen(path: String) throws {
        let session = try LessonSession.shared(path)
        for check in session.checks { #expect(check.failure == nil, "\(path):\(check.line): \(check.name)") }
        let transcript = session.transcript
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

    /// Line by line: what is heard does not change by accident.
    @Test(arguments: LessonSession.files)
    func whatIsKeptIsSaid(path: String) throws {
        let session = try LessonSession.shared(path)
        guard let heard = session.heard else { return }
        let kept = URL(filePath: path).deletingPathExtension().appendingPathExtension("transcript")
        let old = GoldenTranscript(parsing: try String(contentsOf: kept, encoding: .utf8))
        let diff = TranscriptDiff(old: old, new: heard)
        #expect(diff.isEmpty, "\(diff.text)")
    }

    @Test func everyLessonIsKeptAsItIsHeard() throws {
        let heard = try LessonSession.files.filter {
            try String(contentsOfFile: $0, encoding: .utf8).contains("\ntranscript: golden\n")
        }
        for entry in LessonLibrary(folder: LessonSession.lessons).entries {
            #expect(heard.contains { $0.hasPrefix(entry.folder) }, "\(entry.id) is kept only as it is seen")
        }
    }

    private func expectPlain(_ sentence: String, _ path: String) {
        #expect(!sentence.contains(where: Speech.isDrawing), "\(path): drawn, not said: \(sentence)")
        #expect(!sentence.contains("\u{1B}") && !sentence.contains("  "), "\(path): \(sentence)")
        for line in Speech.lines(sentence) { #expect(Text.width(line) < 80, "\(path): \(line)") }
    }
}
