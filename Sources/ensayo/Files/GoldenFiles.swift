import FoundationEssentials
import Workshop

/// The golden frames of recorded sessions, and what some of them say: those of `NAME.replay` are in `NAME.golden` and
/// `NAME.transcript` beside it.
enum GoldenFiles {
    static let ending = ".golden"
    static let transcriptEnding = ".transcript"
    static let sessionEnding = ".replay"

    /// What the session is called: its file's name without its ending.
    static func name(of session: String) -> String {
        stem(session.split(separator: "/").last.map(String.init) ?? session)
    }

    static func path(of session: String) -> String { stem(session) + ending }

    static func transcript(of session: String) -> String { stem(session) + transcriptEnding }

    /// Where the shortest session that fails like this one is written.
    static func shrunk(of session: String) -> String { stem(session) + ".shrunk" + sessionEnding }

    private static func stem(_ path: String) -> String {
        path.hasSuffix(sessionEnding) ? String(path.dropLast(sessionEnding.count)) : path
    }

    /// What is kept; `nil`: nothing yet.
    private static func read(_ path: String) throws(Failure) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return String(decoding: try TextFile.read(path, limit: mostBytes), as: UTF8.self)
    }

    /// Frames are large: a session of a lesson may show a hundred of them at 200 columns.
    private static let mostBytes = 16 << 20

    /// `nil`: the session names no frames, and there are none to compare it with.
    static func compare(_ new: GoldenFile, for session: String) throws(Failure) -> SessionReplay.Check? {
        let path = path(of: session)
        let old = try read(path).map(GoldenFile.init(parsing:))
        if new.entries.isEmpty, old == nil { return nil }
        var check = SessionReplay.Check(line: 0, name: "golden frames (\(new.entries.count))")
        if let old {
            let diff = GoldenDiff(old: old, new: new)
            check.failure = diff.differences.isEmpty ? nil : diff.text
        } else {
            check.failure = "\(path) is missing. `\(ReplayCommand(session).text("--update"))` writes it."
        }
        return check
    }

    /// Writes the file where it is not as it should be, and removes that of a session without frames. Returns what
    /// changed, if anything did.
    static func update(_ new: GoldenFile, for session: String) throws(Failure) -> String? {
        let path = path(of: session)
        guard let old = try read(path).map(GoldenFile.init(parsing:)) else {
            if new.entries.isEmpty { return nil }
            try TextFile.write(new.text, to: path)
            return "\(path): \(new.entries.count == 1 ? "1 new frame" : "\(new.entries.count) new frames")"
        }
        if new.entries.isEmpty {
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw .badInput(path, "the session has no frames any more, and the file cannot be removed")
            }
            return "\(path): removed, for the session has no frames"
        }
        let diff = GoldenDiff(old: old, new: new)
        if diff.differences.isEmpty { return nil }
        try TextFile.write(new.text, to: path)
        return "\(path): \(diff.summary)"
    }

    // MARK: Transcripts

    static func compare(_ new: GoldenTranscript, for session: String) throws(Failure) -> SessionReplay.Check {
        let path = transcript(of: session)
        var check = SessionReplay.Check(line: 0, name: "golden transcript (\(new.passageCount))")
        if let old = try read(path).map(GoldenTranscript.init(parsing:)) {
            let diff = TranscriptDiff(old: old, new: new)
            check.failure = diff.isEmpty ? nil : diff.text
        } else {
            check.failure = "\(path) is missing. `\(ReplayCommand(session).text("--update"))` writes it."
        }
        return check
    }

    /// Writes the file where it is not as it should be. Returns what changed, if anything did.
    static func update(_ new: GoldenTranscript, for session: String) throws(Failure) -> String? {
        let path = transcript(of: session)
        guard let old = try read(path).map(GoldenTranscript.init(parsing:)) else {
            try TextFile.write(new.text, to: path)
            return "\(path): a new transcript"
        }
        let diff = TranscriptDiff(old: old, new: new)
        if diff.isEmpty { return nil }
        try TextFile.write(new.text, to: path)
        return "\(path): \(diff.summary)"
    }

    // MARK: Lessons

    /// The sessions of every lesson, in their order.
    static func sessions(of library: LessonLibrary) -> [String] { files(of: library, ending: sessionEnding) }

    /// The sessions of a lesson's folder.
    static func sessions(of lesson: String) -> [String] { files(of: lesson, ending: sessionEnding) }

    /// Golden files whose session is gone.
    static func orphans(of library: LessonLibrary) -> [String] {
        let sessions = sessions(of: library)
        let known = Set(sessions.map(path(of:)) + sessions.map(transcript(of:)))
        return [ending, transcriptEnding].flatMap { files(of: library, ending: $0) }.filter { !known.contains($0) }
    }

    private static func files(of library: LessonLibrary, ending: String) -> [String] {
        library.entries.flatMap { files(of: $0.folder, ending: ending) }
    }

    private static func files(of lesson: String, ending: String) -> [String] {
        let folder = lesson + "/replays"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
            .filter { path in
                // Lessons may be somebody else's: a link may lead anywhere, and a pipe never ends.
                let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
                return type == .typeRegular
            }
    }
}
