import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Session files: what they say, and what is wrong with them, each problem in its place.
@Suite struct SessionParserTests {
    private static let head = "format: 1\nlesson: rehearsal\n"

    private func script(_ text: String) throws -> SessionScript {
        try SessionScript(parsing: text, file: "s.replay")
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try script(text)
            return []
        } catch let error as ScenarioError {
            return error.problems.map { problem in
                let hint = problem.suggestion.map { " (\($0))" } ?? ""
                return "\(problem.line):\(problem.column) \(problem.message)\(hint)"
            }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func everyLineIsRead() throws {
        let text = """
            # A comment
            format: 1
            lesson: rehearsal
            step: look
            size: 100x30
            language: es
            glyphs: ascii
            motion: reduced

            key space
            at 1.25s key ctrl-c
            at 40ms resize 80x24
              resize 90x20
            cancel
            frame look.2
            expect text "two  \"words\""
            expect no text "#"
            expect step look
            expect digest 0123456789abcdef
            expect flow.page.latency.p99 <= 400ms
            """
        let script = try script(text)
        #expect(script.lesson == "rehearsal")
        #expect(script.step == "look")
        #expect(script.size == Size(width: 100, height: 30))
        #expect(script.language == .spanish)
        #expect(script.repertoire == .ascii)
        #expect(script.reducedMotion)
        let expected: [SessionScript.Action] = [
            .key(.character(" "), at: nil), .key(.control("c"), at: .milliseconds(1250)),
            .resize(Size(width: 80, height: 24), at: .milliseconds(40)), .resize(Size(width: 90, height: 20), at: nil),
            .cancel, .frame(name: "look.2"), .expect(.text("two  \"words\"", isShown: true)),
            .expect(.text("#", isShown: false)), .expect(.step("look")), .expect(.digest("0123456789abcdef")),
            .expect(.metric("flow.page.latency.p99 <= 400ms")),
        ]
        #expect(script.lines.map(\.action) == expected)
        #expect(script.lines.map(\.number) == Array(10...20))
        // What is written is what was read.
        #expect(try self.script(script.description).description == script.description)
        #expect(try self.script(script.description).lines.map(\.action) == expected)
    }

    @Test func linesEndAsTheyMay() throws {
        let text = Self.head + "key a\nkey b\n"
        let expected = try script(text).lines
        #expect(try script(text.replacing("\n", with: "\r\n")).lines == expected)
        #expect(try script(text.replacing("\n", with: "\r")).lines == expected)
        #expect(try script("\u{FEFF}" + text).lines == expected)
        #expect(try script(text.replacing("key a", with: "\tkey\t a \t")).lines == expected)
    }

    @Test(arguments: [
        ("key spce", "3:5 unknown key \"spce\" (did you mean \"space\"?)"),
        ("key ", "3:4 unknown key \"\" (such as a, ?, space, left, enter, ctrl-c)"),
        ("kee space", "3:1 unknown word \"kee\" (did you mean \"key\"?)"),
        ("  expct text \"x\"", "3:3 unknown word \"expct\" (did you mean \"expect\"?)"),
        ("at 5 key a", "3:4 \"5\" needs a unit (write 5s or 5ms)"),
        ("at 5sec key a", "3:4 \"sec\" is not a unit of time (units: ns, us, ms, s, m, h)"),
        ("at", "3:1 expected `at TIME key KEY`, such as `at 1.25s key space`"),
        ("at -5s key a", "3:4 \"-5s\" is negative"),
        ("at soon key a", "3:4 expected `at TIME key KEY`, such as `at 1.25s key space`"),
        ("wait 5", "3:6 \"5\" needs a unit (write 5s or 5ms)"), ("wait 99999999h", "3:6 \"99999999h\" is too long"),
        ("press enter", "3:1 unknown word \"press\" (write key enter)"),
        ("expect txt \"a\"", "3:8 unknown word \"txt\" (did you mean \"text\"?)"),
        ("expect txt \"a = b\"", "3:8 unknown word \"txt\" (did you mean \"text\"?)"),
        ("expect digset 123", "3:8 unknown word \"digset\" (did you mean \"digest\"?)"),
        ("expect beaker x is open", "3:8 unknown word \"beaker\" (did you mean \"breaker\"?)"),
        ("wait until breakr x is open", "3:12 unknown word \"breakr\" (did you mean \"breaker\"?)"),
        ("wait until evnt breakerOpened", "3:12 unknown word \"evnt\" (did you mean \"event\"?)"),
        ("expect flow.page.latency.p99", "3:29 expected a comparison (write =, !=, <, <=, > or >=)"),
        ("expect flwo.page.ok > 3", "3:8 unknown figure \"flwo.page.ok\" (did you mean \"flow\"?)"),
        (
            "expect flow.page.latency.p99 <= 5",
            "3:33 a time cannot be compared with a number (write a time with its unit: 500ms)"
        ),
        ("wait until flow.page.failed >= ", "3:31 expected a figure (\(MetricParser.figureHint))"),
        ("expect flow.page.ok > many more so far", "3:28 did not expect \"more\""),
        ("at 5s frame a", "3:4 expected `at TIME key KEY`, such as `at 1.25s key space`"),
        ("resize 80", "3:8 expected a size from 1x1 to 1000x1000, such as 80x24"),
        ("resize 80x0", "3:8 expected a size from 1x1 to 1000x1000, such as 80x24"),
        ("at 5s resize", "3:7 expected a size from 1x1 to 1000x1000, such as 80x24"),
        ("resize 9999999999999999999x24", "3:8 expected a size from 1x1 to 1000x1000, such as 80x24"),
        ("frame a b", "3:7 expected a name of letters, digits and hyphens"),
        ("frame", "3:1 expected a name of letters, digits and hyphens"),
        ("cancel it", "3:8 expected nothing more"),
        ("expect", "3:1 expected text, no text, panel, step, lesson, digest, a state or a condition"),
        ("expect text hello", "3:13 expected a text in quotes"),
        ("expect no fun", "3:8 expected `expect no text \"...\"`"),
        ("expect step", "3:8 expected the id of a step, card or summary"),
        ("sise: 80x24", "3:1 unknown key \"sise\" (did you mean \"size\"?)"),
        ("size: wide", "3:7 expected a size from 1x1 to 1000x1000, such as 80x24"),
        ("language: fr", "3:11 expected en or es"),
        ("glyphs: emoji", "3:9 expected unicode or ascii"),
        ("motion: fast", "3:9 expected full or reduced"),
        ("lesson: other", "3:1 lesson is given twice"),
    ])
    func eachProblemIsLocated(line: String, problem: String) { #expect(problems(Self.head + line) == [problem]) }

    /// Which names there are only a run can tell, and with them what their units are.
    @Test(arguments: [
        "expect settings.backends.slow.concurrency = 4", "expect policy.guarded.breaker.opened >= 1",
        "expect alone < flow.page.latency.max", "expect max(alone, 3) * 2 >= settings.x.y of pair with a.b = 3, c = 4",
        "expect alone<3", "wait until request.1.latency > 3ms", "expect (alone + 3ms) / 2 < 5",
        "wait until flow.page.failed >= 3 so far",
    ])
    func namesAreLeftToTheRun(line: String) {
        let isRefused = line.hasSuffix("so far")
        #expect(problems(Self.head + line).isEmpty == !isRefused)
    }

    @Test func everyProblemIsTold() {
        #expect(problems("").map { $0.prefix(4) } == ["1:1 ", "1:1 "])
        #expect(problems("format: 2\nlesson:\nkey no\nkey nono").count == 4)
        #expect(problems("format: 2\nlesson: a") == ["1:9 this program reads format 1, not \"2\""])
    }

    @Test func bytesThatAreNoTextAreRefused() {
        for bytes in [[0xff, 0xfe, 0x00], Array(repeating: UInt8(ascii: "a"), count: (1 << 20) + 1)] as [[UInt8]] {
            #expect(throws: ScenarioError.self) { try SessionScript(bytes: bytes, file: "s.replay") }
        }
    }

    /// Nothing in a file traps the reader, and nothing of it acts on a terminal.
    @Test(arguments: 1...40 as ClosedRange<UInt64>) func damagedFilesAreRefusedOrRead(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let whole = Self.head + "step: look\nsize: 80x24\nat 1s key space\nexpect text \"a\"\ncancel\nframe x\n"
        let pieces = [
            "\u{1b}[31m", "\0", "\"", ":", "\n", "\r", "#", " ", "é", "\u{202e}", "999999999999999999999s", "x",
        ]
        var text = whole
        for _ in 0..<8 {
            let place = text.index(text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &random))
            if Bool.random(using: &random), place < text.endIndex {
                text.remove(at: place)
            } else {
                text.insert(contentsOf: random.pick(pieces), at: place)
            }
        }
        do {
            _ = try SessionScript(parsing: text, file: "s.replay")
        } catch {
            #expect(!error.problems.isEmpty)
            let shown = error.description.unicodeScalars
            #expect(shown.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        }
    }
}
