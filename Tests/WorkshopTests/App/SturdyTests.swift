import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// Nothing that is typed, and no size, ends the workshop or leaves the screen.
@Suite struct SturdyTests {
    private static let keys: [Key] =
        KeyMap.bindings.flatMap(\.keys).filter { $0 != .control("c") }
        + "0123456789abcxyzñ€あ".map(Key.character)
        + [.enter, .tab, .backspace, .delete, .function(5), .control("a"), .escape, .up, .down, .left, .right]

    private static let sizes: [Size] = [
        (0, 0), (1, 1), (5, 3), (59, 24), (60, 15), (60, 16), (61, 17), (80, 24), (100, 30), (109, 30), (110, 30),
        (120, 40), (200, 60), (300, 100), (300, 16), (60, 100),
    ].map { Size(width: $0.0, height: $0.1) }

    @Test(
        arguments: [nil, "words", "look", "both", "number", "turn", "faster"] as [String?],
        ["", "?", "f", "e", "z", "+", "h"])
    func everyPageFitsEverySize(step: String?, key: String) throws {
        let student = try Student().at(step).press(key)
        for size in Self.sizes {
            let frame = student.resize(size.width, size.height).app.view()
            #expect(frame.size == size)
            #expect(frame.rows.allSatisfy { Text.width($0) == size.width })
        }
        student.resize(0, 0).press("enter down").resize(300, 100).resize(80, 24)
    }

    @Test func tooSmallAScreenSaysSoPolitely() throws {
        let student = try Student().at("look")
        student.resize(59, 15).expect(text: "60x16").press("l").expect(text: "60x16").resize(60, 16)
            .expect(noText: "60x16").expect(text: "Mira")
    }

    /// Thousands of keys, ticks and resizes; the same again gives the same frames.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func anyKeysAreTakenAndGiveTheSameFramesAgain(seed: UInt64) throws {
        #expect(try fingerprint(seed) == fingerprint(seed))
    }

    private func fingerprint(_ seed: UInt64) throws -> [Int] {
        var random = SeededGenerator(seed)
        let student = try Student()
        var prints: [Int] = []
        for count in 0..<800 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0: student.send(.resize(random.pick(Self.sizes)))
            case 1, 2: student.wait(.milliseconds(Int.random(in: 0...400, using: &random)))
            default: student.send(.key(random.pick(Self.keys)))
            }
            // Most keys lead out of the lesson sooner or later.
            if student.app.lesson == nil { student.at(random.pick(["look", "both", "number", "turn", "faster"])) }
            if count % 8 == 0 {
                let frame = student.app.view()
                #expect(frame.size == student.app.size)
                prints.append(frame.hashValue)
            }
        }
        return prints
    }
}
