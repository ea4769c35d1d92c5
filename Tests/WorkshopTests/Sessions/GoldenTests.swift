import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Golden files and what is told when a frame is not as it was.
@Suite struct GoldenTests {
    private func journey(_ change: (inout Frame) -> Void = { _ in }, run: String = "aa", after: String = "key n")
        -> Journey
    {
        var frame = Frame(size: Size(width: 12, height: 3))
        frame.write("orders 日本", x: 0, y: 0, style: Style(.title))
        frame.write("12 ms", x: 2, y: 1)
        change(&frame)
        var journey = Journey(name: "visit", lesson: "rehearsal", size: frame.size)
        let other = Frame(size: frame.size)
        journey.frames = [
            Journey.Shot(name: "card", time: nil, after: "open", run: nil, frame: other),
            Journey.Shot(name: "look", time: .milliseconds(1500), after: after, run: run, frame: frame),
        ]
        journey.note(other)
        journey.note(frame)
        return journey
    }

    private func diff(_ old: Journey, _ new: Journey) -> GoldenDiff {
        GoldenDiff(old: GoldenFile(parsing: GoldenFile(old).text), new: GoldenFile(new))
    }

    @Test func theFileTellsTheStory() {
        let text = GoldenFile(journey()).text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "# journey: visit   lesson: rehearsal   size: 12x3")
        #expect(lines[1].hasPrefix("# screens: 2   fingerprint: "))
        #expect(lines[2] == "=== frame 1 card after: open")
        #expect(lines.contains("=== frame 2 look @ 1.5s after: key n   run: aa"))
        #expect(lines.contains("|orders 日本 |"))
        #expect(lines.last == " 1: 1-11 title")
    }

    @Test func whatIsWrittenIsReadBack() {
        let file = GoldenFile(journey())
        #expect(GoldenFile(parsing: file.text) == file)
        #expect(GoldenFile(parsing: file.text.replacing("\n", with: "\r\n")) == file)
        #expect(diff(journey(), journey()).differences.isEmpty)
    }

    /// The smallest change is found, and called by its cause.
    @Test(arguments: [
        ("text", GoldenDiff.Cause.text), ("style", .style), ("run", .run), ("after", .story), ("gone", .story),
        ("unseen", .unseen),
    ])
    func theCauseIsNamed(change: String, cause: GoldenDiff.Cause) {
        var new = journey()
        switch change {
        case "text": new = journey { $0.write("3", x: 3, y: 1) }
        case "style": new = journey { $0.write("12 ms", x: 2, y: 1, style: Style(.warn)) }
        case "run": new = journey({ $0.write("3", x: 3, y: 1) }, run: "bb")
        case "after": new = journey(after: "key x")
        case "gone": new.frames.removeLast()
        default: new.note(Frame(size: new.size))
        }
        let diff = diff(journey(), new)
        #expect(diff.differences.map(\.cause) == [cause])
        #expect(diff.summary == "1 frame differs: 1 \(cause.rawValue)")
    }

    @Test func rowsThatDifferAreShownOldOverNewWithCaretsUnderTheColumns() {
        let new = journey {
            $0.write("x", x: 11, y: 0)
            $0.write("34", x: 2, y: 1)
        }
        #expect(
            diff(journey(), new).text == """
                1 frame differs: 1 text

                === frame 2 look @ 1.5s after: key n   run: aa   (text)
                row 1
                - |orders 日本 |
                + |orders 日本x|
                              ^
                row 2
                - |  12 ms     |
                + |  34 ms     |
                     ^^
                """)
    }

    @Test func anotherSizeIsToldInOneLine() {
        var new = journey()
        new.frames[1].frame = Frame(size: Size(width: 12, height: 5))
        let text = diff(journey(), new).text
        #expect(text.contains("- 3 rows\n+ 5 rows"))
    }

    /// Whatever a file holds, it is compared and shown, and does nothing to the terminal.
    @Test(arguments: [
        "", "=== ", "styles:", "|\u{1b}[31mred|\n", "=== frame 1 card after: open\n|a|\nstyles:\n|b|",
        "\0\n=== x\n\u{9b}2J",
        "=== frame 2 look @ 1.5s after: key n   run: aa\nstyles:\n|||\n|",
    ])
    func damagedFilesDiffer(text: String) {
        let diff = GoldenDiff(old: GoldenFile(parsing: text), new: GoldenFile(journey()))
        #expect(!diff.differences.isEmpty)
        #expect(diff.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }
}
