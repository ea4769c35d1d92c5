import Scenario
import Testing

@testable import Workshop

@Suite struct ScenarioCodeTests {
    private let yaml = "duration: 5s\nflows: { f: [ wait: 1ms ] }\nclients: { c: { flow: f, at: 0s } }\n"

    @Test func aCodeReadsBackHoweverItWasWrapped() throws {
        let code = try ScenarioCode(yaml: yaml).description
        #expect(code.hasPrefix("ensayo-1."))
        #expect(code.unicodeScalars.allSatisfy { $0.isASCII && $0 != " " })
        #expect(try ScenarioCode(code).yaml == yaml)
        let wrapped = code.enumerated().map { $0.offset % 20 == 19 ? "\($0.element)\n  " : "\($0.element)" }.joined()
        #expect(try ScenarioCode(wrapped).yaml == yaml)
        #expect(try ScenarioCode(ScenarioCode(code).yaml.isEmpty ? "" : code).description == code)
    }

    @Test func anyTextReadsBack() throws {
        for text in ["", "ñ → 😀", String(repeating: "a: 1\n", count: 100_000)] {
            #expect(try ScenarioCode(ScenarioCode(yaml: text).description).yaml == text)
        }
    }

    @Test func whatIsNoCodeSaysSo() throws {
        let code = try ScenarioCode(yaml: yaml).description
        #expect(throws: CodeProblem.notACode) { try ScenarioCode("shop.yaml") }
        #expect(throws: CodeProblem.notACode) { try ScenarioCode("") }
        #expect(throws: CodeProblem.otherVersion) { try ScenarioCode("ensayo-2." + code.dropFirst(9)) }
        #expect(throws: CodeProblem.damaged) { try ScenarioCode("ensayo-1.") }
        #expect(throws: CodeProblem.damaged) { try ScenarioCode("ensayo-1.!!!!") }
        #expect(throws: CodeProblem.tooLarge) { try ScenarioCode(String(repeating: "x", count: 3 << 20)) }
    }

    @Test func aPartThatIsMissingIsNoticed() throws {
        let code = try ScenarioCode(yaml: yaml).description
        for length in 0..<code.count {
            #expect(throws: CodeProblem.self) { try ScenarioCode(String(code.prefix(length))) }
        }
        #expect(throws: CodeProblem.damaged) { try ScenarioCode(code + "AAAA") }
    }

    /// No other character anywhere makes it another system: a few bits at the end of the stream mean nothing.
    @Test func aChangedCharacterIsNoticed() throws {
        let code = Array(try ScenarioCode(yaml: yaml).description)
        var generator = SeededGenerator(5)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~ñ")
        for place in 9..<code.count {
            var changed = code
            let other = alphabet[Int(generator.next() % UInt64(alphabet.count))]
            guard other != changed[place] else { continue }
            changed[place] = other
            let read = try? ScenarioCode(String(changed)).yaml
            #expect(read == nil || read == yaml)
        }
    }

    @Test func garbageIsNeverRead() {
        var generator = SeededGenerator(9)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for _ in 0..<2000 {
            let length = Int(generator.next() % 200)
            let text = String((0..<length).map { _ in alphabet[Int(generator.next() % 64)] })
            #expect(throws: CodeProblem.self) { try ScenarioCode("ensayo-1." + text) }
        }
    }

    /// A few bytes that stand for far more than a scenario may have.
    @Test func aCodeThatGrowsBeyondALimitIsRefused() throws {
        let large = String(repeating: "a", count: 1 << 20)
        #expect(try ScenarioCode(ScenarioCode(yaml: large).description).yaml.utf8.count == 1 << 20)
        #expect(throws: CodeProblem.tooLarge) { try ScenarioCode(yaml: large + "a") }
        // 2 MiB of zeros, packed by zlib.
        let bomb = "ensayo-1." + Self.bomb
        #expect(throws: CodeProblem.self) { try ScenarioCode(bomb) }
    }

    private static let bomb = "I2VC13ja7cExAQAAAMKgrOtfwhg-QAE"
        + String(repeating: "A", count: 2707)
        + "B8DejGteE"
}
