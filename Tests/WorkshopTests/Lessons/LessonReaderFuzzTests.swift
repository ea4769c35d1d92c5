import Scenario
import Testing

@testable import Workshop

/// Whatever an author writes, reading it ends, and gives a lesson or says what is wrong.
@Suite struct LessonReaderFuzzTests {
    private struct Dice {
        var state: UInt64
        mutating func roll(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, bound)))
        }
    }

    private static let pieces = [
        "", "{", "}", "[", "]", ":", "- ", "\n", "  ", "{{", "}}", "## ", "### hint\n", "null", "-1", "1e99", "9999h",
        "\u{0}",
        "\u{1b}[2J", "\u{E000}", "😀", "&a ", "*a", "<!--", "|", "flow.", " with ", " after 200000h ", "%", "((((", "\"",
    ]

    private func spoil(_ text: String, _ dice: inout Dice) -> String {
        var characters = Array(text)
        for _ in 0...dice.roll(3) {
            let start = dice.roll(characters.count)
            let length = dice.roll(3) == 0 ? dice.roll(40) : dice.roll(2)
            let end = min(characters.count, start + length)
            characters.replaceSubrange(start..<end, with: Self.pieces[dice.roll(Self.pieces.count)])
        }
        return String(characters)
    }

    @Test(arguments: 0..<6)
    func spoiltFilesAreReadOrRefused(seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 977 &+ 5)
        for round in 0..<40 {
            var source = SmallLesson.source()
            switch dice.roll(3) {
            case 0: source.english = Array(spoil(SmallLesson.english, &dice).utf8)
            case 1: source.spanish = Array(spoil(SmallLesson.spanish, &dice).utf8)
            default: source.yaml = Array(spoil(SmallLesson.yaml, &dice).utf8)
            }
            do throws(ScenarioError) {
                let lesson = try LessonReader.read(source)
                #expect(lesson.steps.count == lesson.english.steps.count)
            } catch {
                #expect(!error.problems.isEmpty)
                #expect(error.problems.allSatisfy { !$0.message.contains("\u{1b}") && !$0.source.contains("\u{1b}") })
            }
            if round % 4 == 0 { _ = LessonLint.check(source) }
        }
    }
}
