import Foundation
import TestPrograms
import Testing

/// What the doctor finds, and what it says about it.
@Suite struct DoctorTests {
    private var ensayo: Ensayo

    init() throws { ensayo = try Ensayo() }

    /// The line about something, without blanks at its ends.
    private func line(_ topic: String, of report: String) -> String {
        let lines = report.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        return lines.first { $0.count > 1 && $0[1] == topic }?.joined(separator: " ") ?? "no line about \(topic)"
    }

    @Test func itSaysWhereThingsAre() throws {
        let outcome = try ensayo.run("doctor")
        #expect(outcome.status == 0)
        #expect(line("lessons", of: outcome.output).hasPrefix("ok lessons \(Ensayo.root.path)/Lessons ("))
        let progress = ensayo.folder.path("state") + "/ensayo/progress.json"
        #expect(line("progress", of: outcome.output) == "ok progress \(progress)")
        #expect(line("version", of: outcome.output).hasPrefix("ok version ensayo "))
        // A test has no terminal, and that is no problem.
        #expect(line("terminal", of: outcome.output).hasPrefix("warning terminal there is none here"))
        #expect(outcome.errors == "Problems: 0. Warnings: 1.\n")
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("state")))
        expectHarmless(outcome)
    }

    @Test func itSpeaksSpanish() throws {
        let outcome = try ensayo.run("doctor --language es")
        #expect(line("lecciones", of: outcome.output).hasPrefix("bien lecciones"))
        #expect(outcome.errors == "Problemas: 0. Avisos: 1.\n")
    }

    @Test(arguments: [
        ("vt100", "ok colours none;"), ("xterm", "ok colours 8;"), ("xterm-256color", "ok colours 256;"),
    ])
    func coloursAreThoseThatNcursesSees(terminal: String, expected: String) throws {
        var other = ensayo
        other.environment["TERM"] = terminal
        #expect(line("colours", of: try other.run("doctor").output).hasPrefix(expected))
        other.environment["NO_COLOR"] = "1"
        #expect(line("colours", of: try other.run("doctor").output).hasPrefix("ok colours none, for NO_COLOR is set"))
    }

    @Test func keysWithoutADescriptionAreNamed() throws {
        var other = ensayo
        other.environment["TERM"] = "dumb"
        let keys = line("keys", of: try other.run("doctor").output)
        #expect(keys.hasPrefix("warning keys TERM does not describe up, down"))
        #expect(line("keys", of: try ensayo.run("doctor").output).hasPrefix("ok keys"))
    }

    @Test func aLocaleThatCannotWriteTheSignsIsAWarning() throws {
        var other = ensayo
        other.environment["LC_ALL"] = "C"
        let report = try other.run("doctor").output
        #expect(line("characters", of: report).hasPrefix("warning characters"))
        #expect(report.contains("LC_ALL=C.UTF-8"))
        // Nothing is printed that the locale cannot write.
        #expect(report.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func theSampleAndItsRulerTakeTheSameColumns() throws {
        let lines = try ensayo.run("doctor").output.split(separator: "\n").map { String($0) }
        let ruler = try #require(lines.firstIndex { $0.contains("1234567890") })
        #expect(lines[ruler].count == lines[ruler - 1].count)
    }

    @Test(arguments: [
        ("{ broken", "it is damaged", "está dañado"),
        (#"{"version": 99}"#, "a newer version of Ensayo wrote it", "lo escribió una versión más nueva de Ensayo"),
    ])
    func progressThatCannotBeUsedIsToldAndLeftAlone(text: String, reason: String, reasonInSpanish: String) throws {
        try ensayo.write(text, "state/ensayo/progress.json")
        let report = try ensayo.run("doctor").output
        #expect(line("progress", of: report).hasPrefix("warning progress"))
        #expect(report.contains(reason))
        #expect(try ensayo.run("doctor --language es").output.contains("no se puede usar: \(reasonInSpanish)"))
        #expect(try ensayo.folder.text("state/ensayo/progress.json") == text)
        let names = try FileManager.default.contentsOfDirectory(atPath: ensayo.folder.path("state/ensayo"))
        #expect(names == ["progress.json"])
    }

    @Test func aStateFolderThatCannotBeMadeIsAWarning() throws {
        var other = ensayo
        try ensayo.write("a file", "file")
        other.environment["XDG_STATE_HOME"] = ensayo.folder.path("file/below")
        let report = try other.run("doctor").output
        #expect(line("progress", of: report).hasPrefix("warning progress"))
        #expect(report.contains("nothing is kept"))
    }

    @Test func lessonsThatAreMissingOrBrokenAreAProblem() throws {
        var other = ensayo
        other.environment["ENSAYO_HOME"] = "/nowhere"
        let missing = try other.run("doctor")
        #expect(missing.status == 1)
        #expect(missing.output.contains("ENSAYO_HOME"))
        try other.copyLessons()
        try ensayo.write("id: [", "copy/Lessons/01-orchestration/lesson.yaml")
        let broken = try other.run("doctor")
        #expect(broken.status == 1)
        #expect(line("lessons", of: broken.output).hasPrefix("problem lessons"))
    }

    @Test func editorsAndScriptsReadItAsJSON() throws {
        let json = try JSONSerialization.jsonObject(with: Data(try ensayo.run("doctor --format json").output.utf8))
        let findings = try #require(json as? [[String: Any]])
        #expect(findings.contains { $0["topic"] as? String == "terminal" && $0["state"] as? String == "warning" })
        #expect(findings.allSatisfy { ["ok", "warning", "problem"].contains($0["state"] as? String) })
    }

    @Test func keysNeedATerminal() throws {
        expectRefused(try ensayo.run("doctor --keys"), "needs a terminal")
    }

    @Test(.enabled(if: Tmux.isInstalled, "no tmux: run scripts/test"))
    func keysArriveByTheirNames() throws {
        let terminal = try Tmux(width: 80, height: 24, environment: ensayo.environment)
        try terminal.type("'\(Ensayo.binary)' doctor")
        try terminal.waitForPrompt()
        #expect(try terminal.text().contains("80x24: fine"))
        try terminal.type("'\(Ensayo.binary)' doctor --keys")
        try terminal.waitFor("Not seen yet: up")
        try terminal.press("Up", "Space", "BTab", "x")
        try terminal.waitFor("Pressed: up space shift-tab x")
        try terminal.waitFor("Not seen yet: down")
        try terminal.press("q")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
        #expect(try terminal.text().contains("Not seen: down"))
    }
}
