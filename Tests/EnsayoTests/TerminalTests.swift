import Foundation
import TestPrograms
import Testing

/// The workshop in a real terminal, at the keyboard.
@Suite(.enabled(if: Tmux.isInstalled, "no tmux: run scripts/test"))
struct TerminalTests {
    private let ensayo: Ensayo
    private let terminal: Tmux

    init() throws {
        ensayo = try Ensayo()
        terminal = try Tmux(width: 80, height: 24, environment: ensayo.environment)
    }

    private func start(_ arguments: String = "learn orchestration") throws {
        try terminal.type("'\(Ensayo.binary)' \(arguments)")
    }

    private func progress() throws -> String { try ensayo.folder.text("state/ensayo/progress.json") }

    @Test func aLessonIsResumedWhereItWasLeft() throws {
        try start()
        try terminal.waitFor("about this lesson")
        for (key, page) in [("Enter", "step 1 of"), ("n", "step 2 of"), ("n", "step 3 of")] {
            try terminal.press(key)
            try terminal.waitFor(page)
        }
        try terminal.press("q")
        try terminal.waitFor("The course")
        try terminal.press("q")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
        #expect(try progress().contains("\"step\" : \"all-at-once\""))
        try start()
        try terminal.waitFor("step 3 of")
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
    }

    @Test func aSessionIsRecordedAndReplaysToWhatWasSeen() throws {
        let file = ensayo.folder.path("visit.replay")
        try start("learn orchestration --step one-by-one --record '\(file)'")
        try terminal.waitFor("step 2 of")
        try terminal.press("Space")
        // Played to its end.
        try terminal.waitFor("1.500 s")
        try terminal.press("[", "Right", "+", "n", "2", "Enter")
        try terminal.waitFor("You said")
        try terminal.press("l")
        let seen = try terminal.settled(showing: "Dijiste")
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
        #expect(try terminal.text().contains("The session is in"))
        // It was a rehearsal: nothing of it is kept.
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("state/ensayo/progress.json")))
        try ensayo.write(try ensayo.folder.text("visit.replay") + "frame last\n", "visit.replay")
        #expect(try ensayo.run("replay --update visit.replay").status == 1)
        let rows = try ensayo.folder.text("visit.golden").split(separator: "\n").filter { $0.hasPrefix("|") }
        let replayed = rows.suffix(24).map { String($0.dropFirst().dropLast()).trimmedEnd }
        let shown = seen.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmedEnd }
        #expect(replayed == Array(shown.prefix(24)))
        #expect(try ensayo.run("replay visit.replay").status == 0)
    }

    /// Those who follow come back by themselves when a presenter begins again after a crash.
    @Test func afterACrashAClassKeepsItsCodes() throws {
        let address = "127.0.0.1:\(try FreePort.any())"
        let command = "present orchestration --listen \(address)"
        let rendezvous = "state/ensayo/classes/\(address)"
        try start(command)
        try terminal.waitFor("begin")
        let before = try ensayo.folder.text(rendezvous)
        try terminal.press("C-z")
        try terminal.waitForPrompt()
        try terminal.command("kill -9 %1")
        try terminal.tmux("clear-history")
        try start(command)
        try terminal.waitFor("begin")
        #expect(try ensayo.folder.text(rendezvous) == before)
        // Who ends as they should leaves nothing behind.
        try terminal.press("q", "q")
        try terminal.waitForPrompt()
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path(rendezvous)))
    }

    @Test func anEditOfTheOpenLessonIsShown() throws {
        var other = ensayo
        try other.copyLessons()
        let text = ensayo.folder.path("copy/Lessons/01-orchestration/en.md")
        let home = try #require(other.environment["ENSAYO_HOME"])
        try terminal.type("ENSAYO_HOME='\(home)' '\(Ensayo.binary)' learn orchestration --step knee")
        try terminal.waitFor("step 10 of")
        let edited = try String(contentsOfFile: text, encoding: .utf8)
            .replacing("## one-by-one\n", with: "## one-by-one\n\nJust written.\n")
        try edited.write(toFile: text, atomically: true, encoding: .utf8)
        try terminal.waitFor("Just written.")
        try terminal.waitFor("step 2 of")
        try edited.replacing("{{ call }}", with: "{{ cal }}").write(toFile: text, atomically: true, encoding: .utf8)
        try terminal.waitFor("cal")
        try terminal.waitFor("en.md:")
        try terminal.press("Enter", "q", "q")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
    }

    /// What a scenario reads beside its lesson is watched like the lesson itself.
    @Test func anEditOfATraceOfTheOpenLessonIsNoticed() throws {
        var other = ensayo
        try other.copyLessons(["08-cache-lru"])
        let folder = "copy/Lessons/08-cache-lru"
        let yaml = ensayo.folder.path("\(folder)/lesson.yaml")
        let lesson = try String(contentsOfFile: yaml, encoding: .utf8)
        let keys = try #require(lesson.split(separator: "\n").first { $0.hasPrefix("    visits: ") })
        try ensayo.write("user:1\nuser:1\nuser:2\nuser:3\nuser:1\n", "\(folder)/traces/visits.txt")
        try lesson.replacing(keys, with: "    visits: { file: traces/visits.txt }")
            .write(toFile: yaml, atomically: true, encoding: .utf8)
        let home = try #require(other.environment["ENSAYO_HOME"])
        try terminal.type("ENSAYO_HOME='\(home)' '\(Ensayo.binary)' learn cache-lru")
        try terminal.waitFor("about this lesson")
        try ensayo.write("", "\(folder)/traces/visits.txt")
        try terminal.waitFor("traces/visits.txt")
        try terminal.press("Enter", "q", "q")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
    }

    /// The lesson goes on, and what could not be kept is said once the terminal is given back.
    @Test func progressThatCannotBeSavedIsSaidAtTheEnd() throws {
        try terminal.type("XDG_STATE_HOME=/proc '\(Ensayo.binary)' learn orchestration")
        try terminal.waitFor("about this lesson")
        try terminal.press("Enter")
        try terminal.waitFor("step 1 of")
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.text().contains("Progress could not be saved in /proc/ensayo/progress.json"))
        #expect(try terminal.leftovers() == [])
    }
}

extension String {
    fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
