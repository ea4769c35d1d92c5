import ArgumentParser
import FoundationEssentials
import Scenario
import Workshop

/// `ensayo replay`: recorded sessions, without a terminal.
struct ReplaySessions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay recorded sessions and check their frames and expectations.",
        discussion: """
            The golden frames of NAME.replay are in NAME.golden beside it. docs/replay.md describes both.

              ensayo replay                                      every session of every lesson
              ensayo replay first-visit.replay
              ensayo replay --update first-visit.replay          write its golden frames anew
              ensayo replay --format junit > replays.xml

            Exit status: 0 all as expected, 1 something differs (or was updated), 2 a file cannot be used.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, tap, junit
    }

    @ArgumentParser.Argument(help: "Session files. Default: those of every lesson.")
    var files: [String] = []

    @Flag(help: "Write golden frames instead of comparing with them.")
    var update = false

    @Option(help: "How to report: text, tap or junit.")
    var format = Format.text

    func run() throws {
        let installation = try Installation.find()
        let sessions = files.isEmpty ? recorded(installation) : files
        if sessions.isEmpty { throw Failure.badInput("There are no sessions to replay.") }
        var report = ReplayReport(sessions: [])
        var updated: [String] = []
        for path in sessions {
            let replay = try replay(path, installation)
            var checks = replay.checks
            let golden = GoldenFile(replay.journey)
            if update {
                if let change = try write(golden, for: path) { updated.append(change) }
            } else {
                checks += try compare(golden, for: path)
            }
            report.sessions.append(ReplayReport.Session(file: path, checks: checks))
        }
        if files.isEmpty { report.sessions += orphans(installation) }
        switch format {
        case .text: Output.result(report.text, terminator: "")
        case .tap: Output.result(report.tap, terminator: "")
        case .junit: Output.result(report.junit, terminator: "")
        }
        if !updated.isEmpty { throw Failure.checkFailed(updated.joined(separator: "\n") + "\nLook at what changed before you commit it.") }
        if !report.isPassed { throw ExitCode(1) }
    }

    private func replay(_ path: String, _ installation: Installation) throws(Failure) -> SessionReplay.Result {
        let bytes = try TextFile.read(path)
        let script: SessionScript
        let lesson: Lesson
        do throws(ScenarioError) {
            script = try SessionScript(parsing: String(decoding: bytes, as: UTF8.self), file: path)
            lesson = try installation.library.load(script.lesson)
        } catch {
            throw Failure(error)
        }
        return SessionReplay.run(script, lesson: lesson, name: Self.name(of: path))
    }

    // MARK: Golden files

    private static func goldenPath(of session: String) -> String {
        (session.hasSuffix(".replay") ? String(session.dropLast(7)) : session) + ".golden"
    }

    private static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".replay") ? String(file.dropLast(7)) : file
    }

    private func golden(at path: String) throws(Failure) -> GoldenFile? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return GoldenFile(parsing: String(decoding: try TextFile.read(path), as: UTF8.self))
    }

    private func compare(_ new: GoldenFile, for session: String) throws(Failure) -> [SessionReplay.Check] {
        let path = Self.goldenPath(of: session)
        guard let old = try golden(at: path) else {
            return [SessionReplay.Check(
                line: 0, name: "golden frames", failure: "\(path) is missing. `ensayo replay --update \(session)` writes it.")]
        }
        let diff = GoldenDiff(old: old, new: new)
        return [SessionReplay.Check(
            line: 0, name: "\(new.entries.count) golden frames", failure: diff.differences.isEmpty ? nil : diff.text)]
    }

    /// Returns what changed, if anything did.
    private func write(_ new: GoldenFile, for session: String) throws(Failure) -> String? {
        let path = Self.goldenPath(of: session)
        guard let old = try golden(at: path) else {
            try TextFile.write(new.text, to: path)
            return "\(path): \(new.entries.count) new frames"
        }
        let diff = GoldenDiff(old: old, new: new)
        if diff.differences.isEmpty { return nil }
        try TextFile.write(new.text, to: path)
        return "\(path): \(diff.summary)"
    }

    // MARK: Files

    private func recorded(_ installation: Installation) -> [String] { files(installation, ending: ".replay") }

    private func files(_ installation: Installation, ending: String) -> [String] {
        installation.library.entries.flatMap { entry -> [String] in
            let folder = entry.folder + "/replays"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
        }
    }

    /// Golden files whose session is gone.
    private func orphans(_ installation: Installation) -> [ReplayReport.Session] {
        files(installation, ending: ".golden").filter { golden in
            !FileManager.default.fileExists(atPath: String(golden.dropLast(7)) + ".replay")
        }.map { golden in
            let check = SessionReplay.Check(line: 0, name: "its session", failure: "there is no .replay beside it: delete it")
            return ReplayReport.Session(file: golden, checks: [check])
        }
    }
}
