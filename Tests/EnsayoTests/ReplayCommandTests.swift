import Foundation
import FoundationXML
import TestPrograms
import Testing

/// `ensayo replay`: golden frames, expectations, and the three exit statuses.
@Suite struct ReplayCommandTests {
    private static let session = """
        format: 1
        lesson: orchestration
        step: one-by-one
        size: 80x24

        frame start
        key space
        at 700ms key space
        frame middle
        expect step one-by-one
        expect flow.dashboard_sequential.latency.max = 1500ms
        expect text "0.700 s"

        """
    private let ensayo: Ensayo

    init() throws {
        ensayo = try Ensayo()
        try ensayo.write(Self.session, "visit.replay")
    }

    private func update() throws {
        let outcome = try ensayo.run("replay --update visit.replay")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("visit.golden: 2 new frames"))
    }

    @Test func updateWritesTheFramesAndIsNeverTakenForAPass() throws {
        let missing = try ensayo.run("replay visit.replay")
        #expect(missing.status == 1)
        #expect(missing.output.contains("visit.golden is missing"))
        try update()
        let passed = try ensayo.run("replay visit.replay")
        #expect(passed.status == 0)
        #expect(passed.output == "ok   visit.replay (4 checks)\n4 passed, 0 failed\n")
        // Nothing changed: nothing is written, and that is a pass.
        let again = try ensayo.run("replay --update visit.replay")
        #expect(again.status == 0)
    }

    /// What a session expects is enough: it needs no file of frames, and makes none.
    @Test func aSessionWithoutFramesNeedsNoGoldenFile() throws {
        let plain = Self.session.split(separator: "\n").filter { !$0.hasPrefix("frame") }.joined(separator: "\n")
        try ensayo.write(plain, "visit.replay")
        #expect(try ensayo.run("replay visit.replay").output == "ok   visit.replay (3 checks)\n3 passed, 0 failed\n")
        #expect(try ensayo.run("replay --update visit.replay").status == 0)
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("visit.golden")))
        // What was kept when it had frames is still compared.
        try ensayo.write("=== frame 1 start after: open\n|x|\n", "visit.golden")
        #expect(try ensayo.run("replay visit.replay").status == 1)
        #expect(try ensayo.run("replay --update visit.replay").errors.contains("visit.golden: removed"))
        #expect(try ensayo.run("replay visit.replay").status == 0)
    }

    @Test func theSandboxAndPresentationsAreReplayedToo() throws {
        try ensayo.write("format: 1\nopen: sandbox\nexpect text \"database\"\n", "visit.replay")
        #expect(try ensayo.run("replay visit.replay").status == 0)
        let head = "format: 1\nopen: present\nlesson: circuit-breaker\n"
        try ensayo.write(head + "clock 1:00\nkey n\nexpect step third-party\n", "class.replay")
        #expect(try ensayo.run("replay --twice class.replay visit.replay").status == 0)
        #expect(try ensayo.run("replay --linear class.replay").output.contains("Step 1 of 13, read: A third party."))
    }

    /// Somebody who does not see records as well: what was heard is what the replay says.
    @Test(arguments: [
        ("learn orchestration --step one-by-one", "1\n3\n", "All at once"), ("menu", "1\n1\n", "Three calls"),
        ("sandbox", "n\n", "sandbox"), ("present circuit-breaker", "1\nn\n", "A third party"),
    ])
    func whatIsHeardIsRecorded(_ command: String, _ lines: String, _ words: String) throws {
        let arguments = "\(command) --linear --language en --record heard.replay".split(separator: " ").map(String.init)
        let told = try ensayo.run(arguments, input: lines)
        #expect(told.status == 0)
        #expect(told.errors.contains("`ensayo replay --update heard.replay` makes its transcript."))
        #expect(try ensayo.run("replay --linear heard.replay").output.contains(words))
        #expect(try ensayo.run("replay --update heard.replay").status == 1)
        #expect(try ensayo.run("replay heard.replay").status == 0)
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("heard.golden")))
        #expect(!FileManager.default.fileExists(atPath: ensayo.folder.path("state/ensayo/progress.json")))
    }

    @Test func lineEndsOfAnotherSystemAreNoDifference() throws {
        try update()
        for name in ["visit.golden", "visit.replay"] {
            try ensayo.write(try ensayo.folder.text(name).replacing("\n", with: "\r\n"), name)
        }
        #expect(try ensayo.run("replay visit.replay").status == 0)
    }

    @Test func aFrameThatDiffersIsShownByItsCause() throws {
        try update()
        let golden = try ensayo.folder.text("visit.golden")
        try ensayo.write(golden.replacing("0.700 s", with: "0.600 s"), "visit.golden")
        let text = try ensayo.run("replay visit.replay")
        #expect(text.status == 1)
        #expect(text.output.contains("1 frame differs: 1 text"))
        #expect(text.output.contains("0.600 s") && text.output.contains("0.700 s") && text.output.contains("^"))
        let bars = golden.replacing(" 1: ", with: " 1: 80 warn, ")
        #expect(bars != golden)
        try ensayo.write(bars, "visit.golden")
        #expect(try ensayo.run("replay visit.replay").output.contains("2 frames differ: 2 style"))
        // Another run: the simulation changed.
        try ensayo.write(golden, "visit.golden")
        var other = ensayo
        try other.copyLessons()
        let file = "copy/Lessons/01-orchestration/lesson.yaml"
        try ensayo.write(try ensayo.folder.text(file).replacing("  seed: 42", with: "  seed: 43"), file)
        #expect(try other.run("replay visit.replay").output.contains("2 frames differ: 2 run"))
        let updated = try other.run("replay --update visit.replay")
        #expect(updated.status == 1)
        #expect(updated.errors.contains("visit.golden: 2 frames differ: 2 run"))
        #expect(try other.run("replay visit.replay").status == 0)
    }

    /// The smallest change of a golden file is found, wherever it is.
    @Test func oneCellIsEnough() throws {
        try update()
        let golden = try ensayo.folder.text("visit.golden")
        for place in stride(from: 200, to: golden.count, by: 577) {
            var damaged = Array(golden)
            guard damaged[place] != "\n" else { continue }
            damaged[place] = damaged[place] == "x" ? "y" : "x"
            try ensayo.write(String(damaged), "visit.golden")
            #expect(try ensayo.run("replay visit.replay").status == 1, "\(place)")
        }
    }

    @Test func anExpectationThatFailsIsToldWithItsLine() throws {
        try ensayo.write(Self.session.replacing("= 1500ms", with: "< 1000ms"), "visit.replay")
        _ = try ensayo.run("replay --update visit.replay")
        let outcome = try ensayo.run("replay visit.replay")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("visit.replay:11: expect flow.dashboard_sequential.latency.max < 1000ms"))
        #expect(outcome.output.contains("it is 1500\u{a0}ms, against 1000\u{a0}ms"))
    }

    @Test func aFileThatCannotBeUsedIsTwoAndTheOthersAreReplayed() throws {
        try update()
        try ensayo.write("format: 1\nlesson: orchestraton\nkey a\n", "bad.replay")
        let outcome = try ensayo.run("replay bad.replay visit.replay missing.replay")
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("ok   visit.replay"))
        #expect(outcome.errors.contains("bad.replay:2:9: error: there is no lesson \"orchestraton\""))
        #expect(outcome.errors.contains("missing.replay: error: no such file or directory"))
        try ensayo.write(Data([0xff, 0, 0x1b]), "bad.replay")
        expectRefused(try ensayo.run("replay bad.replay"), "bad.replay: error: the file is not UTF-8 text")
        try ensayo.write(Self.session.replacing("one-by-one", with: "one-by-two"), "bad.replay")
        expectRefused(try ensayo.run("replay bad.replay"), "bad.replay:3:7", "did you mean \"one-by-one\"?")
    }

    @Test func goldenFilesWithoutASessionAreTold() throws {
        var other = ensayo
        try other.copyLessons()
        let folder = "copy/Lessons/01-orchestration/replays"
        try? FileManager.default.removeItem(at: ensayo.folder.url(folder))
        expectRefused(try other.run("replay"), "there are no sessions")
        try ensayo.write("", "\(folder)/gone.golden")
        let outcome = try other.run("replay")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("gone.golden"))
        #expect(outcome.output.contains("there is no session beside it"))
    }

    @Test func framesAreDrawn() throws {
        _ = try ensayo.run("replay --update visit.replay")
        #expect(try ensayo.run("replay --svg pictures visit.replay").status == 0)
        let data = try Data(contentsOf: ensayo.folder.url("pictures/visit-middle.svg"))
        #expect(XMLParser(data: data).parse())
        expectRefused(try ensayo.run("replay --svg visit.golden visit.replay"), "visit.golden", "error:")
    }

    @Test func reportsAreForMachinesToo() throws {
        let tap = try ensayo.run("replay --format tap visit.replay")
        #expect(tap.status == 1)
        #expect(tap.output.hasPrefix("TAP version 13\n1..4\nok 1 - visit.replay:10: expect step one-by-one\n"))
        #expect(tap.output.contains("not ok 4 - visit.replay: golden frames (2)\n"))
        let junit = try ensayo.run("replay --format junit visit.replay")
        #expect(junit.status == 1)
        #expect(XMLParser(data: Data(junit.output.utf8)).parse())
        #expect(junit.output.contains("<testsuites tests=\"4\" failures=\"1\" errors=\"0\">"))
    }

    /// A file that cannot be used is as red in a report as one that fails.
    @Test func reportsTellOfFilesThatCannotBeUsed() throws {
        try ensayo.write("format: 1\nlesson: orchestraton\nkey a\n", "bad.replay")
        let tap = try ensayo.run("replay --format tap bad.replay visit.replay missing.replay")
        #expect(tap.status == 2)
        #expect(tap.output.hasPrefix("TAP version 13\n1..6\nnot ok 1 - bad.replay: it can be replayed\n"))
        #expect(tap.output.contains("not ok 6 - missing.replay: it can be replayed\n"))
        let junit = try ensayo.run("replay --format junit bad.replay")
        #expect(junit.status == 2)
        #expect(XMLParser(data: Data(junit.output.utf8)).parse())
        #expect(junit.output.contains("<testsuites tests=\"1\" failures=\"0\" errors=\"1\">"))
        #expect(junit.output.contains("<error message=\"bad.replay:2:9: error: there is no lesson"))
        #expect(junit.errors.contains("bad.replay:2:9: error: "))
    }

    /// Readers that others wrote: Perl's prove, Python's junitparser.
    @Test func othersReadTheReports() throws {
        try ensayo.write(Self.session + "expect text \"nobody: says # {this}\"\n", "visit.replay")
        try ensayo.write(try ensayo.run("replay --format tap visit.replay").output, "visit.tap")
        let prove = try Program.run("/usr/bin/prove", ["--exec", "/bin/cat", ensayo.folder.path("visit.tap")])
        #expect(prove.output.contains("Failed 2/5 subtests"), "\(prove)")
        #expect(!prove.output.contains("Parse errors"), "\(prove.output)")

        let python = try #require(Program.python(having: "junitparser"))
        try ensayo.write(try ensayo.run("replay --format junit visit.replay").output, "visit.xml")
        let script = """
            import sys, junitparser
            suites = junitparser.JUnitXml.fromfile(sys.argv[1])
            print(suites.tests, suites.failures, [case.is_passed for suite in suites for case in suite])
            """
        let read = try Program.run(python, ["-c", script, ensayo.folder.path("visit.xml")])
        #expect(read.output == "5 2 [True, True, True, False, False]\n", "\(read)")
    }

    @Test func nothingInASessionActsOnTheTerminal() throws {
        try ensayo.write(Self.session + "expect text \"\u{1b}[2J\u{9b}\"\n", "visit.replay")
        for format in ["text", "tap", "junit"] {
            let outcome = try ensayo.run("replay --format \(format) visit.replay")
            #expect(outcome.status == 1)
            expectHarmless(outcome)
        }
        try ensayo.write("=== frame 1\u{1b}[2J\n|\u{1b}]0;x\u{7}|\n", "visit.golden")
        expectHarmless(try ensayo.run("replay visit.replay"))
    }

    // MARK: What is written about it

    /// The session in `docs/replay.md` is one, and the head of its golden file is the one shown there.
    @Test func theExampleOfTheGuideHolds() throws {
        let guide = try String(
            contentsOf: Ensayo.root.appendingPathComponent("docs/replay.md"), encoding: .utf8)
        func block(_ kind: String) throws -> String {
            let start = try #require(guide.firstRange(of: "```\(kind)\n")).upperBound
            return String(guide[start..<(try #require(guide[start...].firstRange(of: "```"))).lowerBound])
        }
        try ensayo.write(try block("replay"), "visit.replay")
        _ = try ensayo.run("replay --update visit.replay")
        let outcome = try ensayo.run("replay visit.replay")
        #expect(outcome.status == 0, "\(outcome.output)")
        // Digests change with each word of the lesson.
        func plain(_ text: String) -> [Substring] {
            text.replacing(/[0-9a-f]{16}/, with: "").split(separator: "\n")
        }
        let golden = plain(try ensayo.folder.text("visit.golden"))
        for line in plain(try block("text")) where line != "..." { #expect(golden.contains(line), "\(line)") }
    }

    /// Without a file it takes those of the lessons. That each of them passes is tested where sessions are.
    @Test func theSessionsOfLessonsAreFound() throws {
        let outcome = try ensayo.run("replay --filter 13-sequence-diagrams")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("whole-lesson.replay"))
    }
}
