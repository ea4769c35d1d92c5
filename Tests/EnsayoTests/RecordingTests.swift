import Foundation
import TestPrograms
import Testing

/// `--record` of the commands beside `learn`: what was seen in a real terminal is what the recording replays.
@Suite(.enabled(if: Tmux.isInstalled, "no tmux: run scripts/test"))
struct RecordingTests {
    private static let shop = """
        name: shop
        duration: 10s
        backends:
          sql: { latency: 20ms, concurrency: 2 }
        flows:
          page: [ { call: sql.read } ]
        clients:
          web: { flow: page, arrivals: { poisson: 20/s } }

        """

    private let ensayo: Ensayo
    private let terminal: Tmux

    init() throws {
        ensayo = try Ensayo()
        terminal = try Tmux(width: 80, height: 24, environment: ensayo.environment)
        try ensayo.write(Self.shop, "shop.yaml")
    }

    private func start(_ arguments: String) throws {
        try terminal.type("cd '\(ensayo.folder.path("."))' && '\(Ensayo.binary)' \(arguments)")
    }

    /// Leaves once the screen shows a text, and compares what stands there with the end of the replay.
    private func expectSameReplay(_ file: String, showing text: String) throws {
        let seen = try terminal.settled(showing: text)
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
        try ensayo.write(try ensayo.folder.text(file) + "frame last\n", file)
        #expect(try ensayo.run("replay --update \(file)").status == 1)
        let golden = try ensayo.folder.text(file.replacing(".replay", with: ".golden"))
        let rows = golden.split(separator: "\n").filter { $0.hasPrefix("|") }
        let replayed = rows.suffix(24).map { Self.row($0.dropFirst().dropLast()) }
        let shown = seen.split(separator: "\n", omittingEmptySubsequences: false).map(Self.row)
        #expect(replayed == Array(shown.prefix(24)))
        let outcome = try ensayo.run("replay \(file)")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("state/ensayo/progress.json")))
    }

    /// Without the blanks at its end.
    private static func row(_ text: Substring) -> String { String(text.reversed().drop { $0 == " " }.reversed()) }

    @Test func aPresentation() throws {
        try start("present circuit-breaker --step opens --record class.replay")
        try terminal.waitFor("It opens")
        // The timer stands still, so that what is compared does.
        try terminal.press("T", "1", "x", "x")
        try terminal.waitFor("OPEN")
        try terminal.press("n")
        try terminal.waitFor("While it is open")
        // The last of these is the first to show these shares: all have come.
        try terminal.press("1", "3", "BSpace", "2", "2", "2")
        try expectSameReplay("class.replay", showing: "75 %")
        let text = try ensayo.folder.text("class.replay")
        #expect(text.contains("open: present\nlesson: circuit-breaker\nstep: opens\n"))
    }

    @Test func aSystemInAFileBesideTheRecording() throws {
        try start("sandbox shop.yaml --record visit.replay")
        try terminal.waitFor("shop.yaml")
        try terminal.press("W")
        try terminal.waitFor("Save as YAML")
        try terminal.press("Enter")
        try terminal.waitFor("Saved as")
        try terminal.press("Tab", "Right")
        try expectSameReplay("visit.replay", showing: "5.025 s")
        #expect(try ensayo.folder.text("visit.replay").contains("open: sandbox shop.yaml\n"))
        #expect(try terminal.text().contains("shop.yaml is as it was"))
        #expect(try ensayo.folder.text("shop.yaml") == Self.shop)
    }

    @Test func anyOtherSystemIsInTheRecordingItself() throws {
        try start("sandbox orchestration:fan-out --record visit.replay")
        try terminal.waitFor("Sandbox")
        try terminal.press("Down", "Down")
        try expectSameReplay("visit.replay", showing: "backends.cosmos ")
        #expect(try ensayo.folder.text("visit.replay").contains("open: sandbox ensayo-1."))
    }

    /// The command that a recording ends with works: it brings the lesson's pack along.
    @Test func aLessonOfAPack() throws {
        var author = ensayo
        author.environment["ENSAYO_HOME"] = Ensayo.root.path
        _ = try author.output("new locks --in mine")
        try start("learn ./mine/01-locks --record visit.replay")
        try terminal.waitFor("Locks")
        try terminal.press("Enter")
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.text().contains("`ensayo replay --lessons ./mine/01-locks"))
        let update = try ensayo.run("replay --lessons ./mine/01-locks --update visit.replay")
        #expect(update.status == 1 && update.errors.contains("visit.golden: "), "\(update)")
        #expect(try ensayo.run("replay --lessons ./mine/01-locks visit.replay").status == 0)
        expectRefused(try ensayo.run("replay visit.replay"), "there is no lesson \"locks\"", "--lessons FOLDER")
    }

    /// Nobody loses a file to a recording, or to a session that was shrunk.
    @Test func onlyASessionIsWrittenOver() throws {
        let commands = [
            "learn retry --record", "menu --record", "sandbox --record", "present retry --record",
            "shrink bad.replay --out",
        ]
        let session = "format: 1\nlesson: orchestration\nkey enter\nexpect text \"nowhere at all\"\n"
        try ensayo.write(session, "bad.replay")
        try ensayo.write(session.replacing("key enter", with: "kee enter"), "typo.replay")
        for command in commands {
            for file in ["shop.yaml", "typo.replay"] {
                let before = try ensayo.folder.text(file)
                expectRefused(
                    try ensayo.run("\(command) \(file)"), "\(file): error: this is no session that can be read",
                    "would write over it")
                #expect(try ensayo.folder.text(file) == before)
            }
            expectRefused(try ensayo.run("\(command) ."), "this is none")
            expectRefused(try ensayo.run("\(command) nowhere/a.replay"), "nowhere: error: there is no such folder")
        }
        try ensayo.write(session, "old.replay")
        #expect(try ensayo.run("shrink bad.replay --out old.replay").status == 0)
        #expect(try ensayo.folder.text("old.replay") != session)
    }

    @Test func whatARecordingCannotNameIsRefused() throws {
        try ensayo.write("format: 1\nlesson: circuit-breaker\nkey n\n", "demo.replay")
        let elsewhere = ensayo.folder.path("elsewhere/class.replay")
        expectRefused(
            try ensayo.run("present circuit-breaker --script demo.replay --record \(elsewhere)"),
            "finds only the files in its folder")
        expectRefused(try ensayo.run("present circuit-breaker --share --record class.replay"), "leave --share")
        expectRefused(try ensayo.run("sandbox nowhere.yaml --record visit.replay"), "nowhere.yaml")
    }
}
