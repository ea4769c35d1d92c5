import ArgumentParser
import Scenario
import TerminalKit
import Workshop

/// `ensayo replay`: recorded sessions, without a terminal.
struct ReplaySessions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay recorded sessions and check their frames and expectations.",
        discussion: """
            The golden frames of NAME.replay are in NAME.golden beside it; without `frame`
            lines it has none. With `transcript: golden` in its head, what it says line by
            line is in NAME.transcript. docs/replay.md describes them.

              ensayo replay                                    every lesson's sessions
              ensayo replay first-visit.replay
              ensayo replay --update first-visit.replay        write its frames anew
              ensayo replay --filter circuit                   those with it in the name
              ensayo replay --twice                            again, and in a fresh one
              ensayo replay --format junit > replays.xml
              ensayo replay --linear first-visit.replay        what --linear would say
              ensayo replay --svg pictures first-visit.replay  draw its named frames

            A session that cannot be used is a test case of its own in TAP and JUnit.

            Exit status: 0 all as expected, 1 something differs (or was updated), 2 a file
            cannot be used.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, tap, junit
    }

    @ArgumentParser.Argument(
        help: "Session files. Default: those of every lesson.",
        completion: .file(extensions: ["replay"]))
    var files: [String] = []

    @Flag(help: "Write golden frames and transcripts instead of comparing with them.")
    var update = false

    @Flag(help: "Print what each session says line by line, instead of checking its frames.")
    var linear = false

    @Option(help: "How to report: text, tap or junit.")
    var format = Format.text

    @Option(
        help: ArgumentHelp("Also draw each named frame, as SVG, in this folder.", valueName: "folder"),
        completion: .directory)
    var svg: String?

    @OptionGroup var packs: PackOptions

    @Option(help: ArgumentHelp("Only sessions whose file has this in its name.", valueName: "text"))
    var filter: String?

    @Flag(help: "Replay each session again, here and in a fresh process, and compare every screen.")
    var twice = false

    @Flag(help: .hidden)
    var trail = false

    func run() throws {
        let library = try Installation.find().library
        var sessions = files.isEmpty ? GoldenFiles.sessions(of: library) : files
        if let filter { sessions = sessions.filter { $0.contains(filter) } }
        if linear { return try tell(sessions, library) }
        if trail { return printTrails(of: sessions, library) }
        let orphans = files.isEmpty && filter == nil ? GoldenFiles.orphans(of: library) : []
        if sessions.isEmpty, orphans.isEmpty { throw nothingToReplay }
        if let svg { try TextFile.makeFolder(svg) }
        let repetition = try twice ? SessionRepetition(sessions, library) : nil
        var report = ReplayReport(sessions: [])
        var updated: [String] = []
        for (place, replay) in SessionBatch(sessions, library).replay(.kept).enumerated() {
            let path = sessions[place]
            do throws(Failure) {
                let replay = try replay.get()
                var checks = replay.checks
                let golden = GoldenFile(replay.journey)
                let heard = replay.transcript.map { GoldenTranscript($0, of: replay.journey) }
                if let svg { try draw(replay.journey, in: svg) }
                if update {
                    if let change = try GoldenFiles.update(golden, for: path) { updated.append(change) }
                    if let heard, let change = try GoldenFiles.update(heard, for: path) { updated.append(change) }
                } else {
                    if let check = try GoldenFiles.compare(golden, for: path) { checks.append(check) }
                    if let heard { checks.append(try GoldenFiles.compare(heard, for: path)) }
                }
                if let repetition { checks.append(repetition.check(place, replay)) }
                report.sessions.append(ReplayReport.Session(file: path, checks: checks))
            } catch {
                report.sessions.append(ReplayReport.Session(file: path, error: error.message))
            }
        }
        report.sessions += orphans.map(Self.orphan)
        print(report)
        if !report.errors.isEmpty { throw Failure.badInput(told: report.errors) }
        if !updated.isEmpty {
            let changes = updated.map(SafeText.line).joined(separator: "\n")
            throw Failure.checkFailed("\(changes)\nLook at what changed before you keep it.")
        }
        if !report.isPassed { throw ExitCode(1) }
    }

    private var nothingToReplay: Failure {
        guard let filter else { return .badInput("replay", "there are no sessions") }
        return .badInput("--filter", "no session has \(SafeText.quoted(filter)) in its name")
    }

    /// What a process that compares wants to know of each session.
    private func printTrails(of sessions: [String], _ library: LessonLibrary) {
        for (place, replay) in SessionBatch(sessions, library).replay().enumerated() {
            guard case .success(let result) = replay else { continue }
            Output.result(SessionRepetition.text(place, result.trail), terminator: "")
        }
    }

    /// Every session as it is heard. Its expectations hold here too, and what it expects to see can be heard.
    private func tell(_ sessions: [String], _ library: LessonLibrary) throws {
        var failures: [String] = []
        for (path, replay) in zip(sessions, SessionBatch(sessions, library).replay(.all)) {
            let result = try replay.get()
            guard let transcript = result.transcript else { continue }
            Output.result(sessions.count > 1 ? "# \(path)\n\(transcript)" : "\(transcript)", terminator: "")
            failures += result.checks.compactMap { check in
                check.failure.map { "\(path):\(check.line): \($0.replacing("\n", with: " "))" }
            }
            failures += transcript.gaps.map { "\(path):\($0.line): shown, and not heard: \($0.text)" }
        }
        if !failures.isEmpty { throw Failure.checkFailed(failures.map(SafeText.line).joined(separator: "\n")) }
    }

    private func draw(_ journey: Journey, in folder: String) throws(Failure) {
        for shot in journey.frames {
            let picture = shot.frame.svg(theme: .ensayo, title: "Ensayo: \(shot.name)")
            try TextFile.write(picture, to: "\(folder)/\(journey.name)-\(shot.name).svg")
        }
    }

    private func print(_ report: ReplayReport) {
        switch format {
        case .text:
            if report.sessions.count > report.errors.count { Output.result(report.text, terminator: "") }
        case .tap: Output.result(report.tap, terminator: "")
        case .junit: Output.result(report.junit, terminator: "")
        }
    }

    private static func orphan(_ golden: String) -> ReplayReport.Session {
        let failure = "there is no session beside it: delete the file, or bring its .replay back"
        return ReplayReport.Session(
            file: golden, checks: [SessionReplay.Check(line: 0, name: "its session", failure: failure)])
    }
}
