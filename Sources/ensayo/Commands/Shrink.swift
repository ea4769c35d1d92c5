import ArgumentParser
import Glibc
import Scenario
import Workshop

/// `ensayo shrink`: the shortest session that still fails.
struct Shrink: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the shortest session that still fails in the same way.",
        discussion: """
            It leaves out lines, joins waits, rounds times and resets the head, as long as
            the same check fails for the same reason at the same step. docs/replay.md says
            what counts as the same.

              ensayo shrink visit.replay                  writes visit.shrunk.replay
              ensayo shrink visit.replay --out small.replay

            Written into another folder it takes along what it names: a demo as a file
            beside it, a system of the sandbox as a code. Included lines stand in it as
            they are.

            Exit status: 0 written, 2 nothing fails in it, or it cannot be used.
            """)

    @ArgumentParser.Argument(help: "A session file that fails.", completion: .file(extensions: ["replay"]))
    var file: String

    @Option(
        help: ArgumentHelp("Where to write it. Default: NAME.shrunk.replay beside it.", valueName: "file"),
        completion: .file())
    var out: String?

    @Option(help: "How many replays to try at most.")
    var replays = 1000

    @OptionGroup var packs: PackOptions

    func run() throws {
        if replays < 1 { throw Failure.badInput("--replays", "expected 1 at least, not \(replays)") }
        let path = out ?? GoldenFiles.shrunk(of: file)
        let script = try SessionBatch.script(file)
        try SessionPlace.check(path, for: out == nil ? "shrink" : "--out")
        let library = try SessionBatch.library(for: script, at: file, Installation.find().library)
        let shelf = SessionShelf(library)
        let result: SessionShrinker.Result?
        do throws(ScenarioError) {
            result = try SessionShrinker.shrink(script, on: shelf, mostReplays: replays) { lines, replays in
                guard isatty(STDERR_FILENO) == 1 else { return }
                Output.progress("\r\(Counted(lines, "line")) left after \(Counted(replays, "replay"))\u{1b}[K")
            }
        } catch {
            throw Failure(script.located(error))
        }
        if isatty(STDERR_FILENO) == 1 { Output.progress("\r\u{1b}[K") }
        guard let result else {
            throw Failure.badInput(
                file, "every line of it holds: there is nothing to shrink",
                "`\(ReplayCommand(file).text())` compares its golden frames too")
        }
        let moved = try MovedSession(result.script, from: file, to: path)
        if let demo = moved.demo {
            try SessionPlace.check(demo.path, for: "--out")
            try TextFile.write(demo.text, to: demo.path)
        }
        try TextFile.write(moved.script.description, to: path)
        Output.result("\(path): \(result.script.lines.count) of \(Counted(script.lines.count, "line"))")
        Output.result("it fails at: \(result.failure.name)")
        for line in (result.failure.failure ?? "").split(separator: "\n") {
            Output.result("  \(SafeText.line(String(line)))")
        }
        if !result.isShortest {
            Output.error("There may be a shorter one: --replays \(replays * 10) looks further.")
        }
    }
}
