import Scenario
import Testing

/// Damaged scenarios are answered with problems, whatever the damage.
@Suite struct FuzzTests {
    private static let nasty = [
        "\"", "'", "[", "]", "{", "}", ":", ",", "- ", "\n", "  ", "\t", "&a ", "*a", "!", "!!str ", "? ", "|", ">",
        "#", "%",
        "@", "`", "\u{0}", "\u{1b}[2J", "\u{7f}", "\u{85}", "\u{2028}", "\u{202e}",
        "\u{f0000}", "é", "日", "👩‍👩‍👧", "\r",
        "\\", "\"\\u0000\"", "\"\\ud800\"", "$", "${", "$order", "$$", "-1", "0", "1e400", ".inf", ".nan", "0x7f",
        "010",
        "99999999999999999999999999", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "0s",
        "1000000h", "0.0000000001ns", "100%", "-5%", "1e9/s", "0x", "~", "null", "true", "yes", "<<: ", "---\n",
        "...\n",
        "backends", "latency", "fixed:", "as: order", "call: sql.get_order", "set: ", "unlimited",
        "none", "retry: ", "timeout: 1s", "..", "\u{feff}", "count", "servers: ", "ring", "$key", "scan", "ttl",
    ]

    private func mutated(_ text: String, _ random: inout Random) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0...scalars.count, using: &random)
            let end = min(scalars.count, index + Int.random(in: 0...12, using: &random))
            let piece = Self.nasty.randomElement(using: &random)!
            switch Int.random(in: 0..<6, using: &random) {
            case 0: scalars.removeSubrange(index..<end)
            case 1:
                scalars.insert(contentsOf: scalars[index..<end], at: Int.random(in: 0...scalars.count, using: &random))
            case 2: scalars.insert(contentsOf: piece.unicodeScalars, at: index)
            case 3: scalars.removeSubrange(index...)
            default: scalars.replaceSubrange(index..<end, with: piece.unicodeScalars)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private func check(_ error: ScenarioError, seed: UInt64) {
        #expect(!error.problems.isEmpty, "seed \(seed)")
        for problem in error.problems {
            #expect(!problem.message.isEmpty && problem.line >= 0, "seed \(seed)")
            #expect(problem.offset + problem.length <= problem.source.unicodeScalars.count + 1, "seed \(seed)")
        }
        let unsafe = error.description.unicodeScalars.filter { scalar in
            scalar != "\n"
                && (scalar.properties.generalCategory == .control || (0x2028...0x202e).contains(scalar.value))
        }
        #expect(unsafe.isEmpty, "seed \(seed)")
    }

    @Test func damagedScenariosAreReadOrRefused() {
        var read = 0
        for seed in 0..<1500 as Range<UInt64> {
            var random = Random(seed: seed)
            let yaml = mutated([Shop.full, Shop.small, Shop.keyed, Shop.services][Int(seed % 4)], &random)
            do {
                let document = try ScenarioDocument(yaml: yaml, file: "fuzz.yaml")
                #expect(document.scenario.duration > .zero, "seed \(seed)")
                read += 1
            } catch {
                check(error, seed: seed)
            }
        }
        #expect(read > 20, "the damage must leave some scenarios to read")
    }

    @Test func damagedBytesAreReadOrRefused() {
        for seed in 0..<500 as Range<UInt64> {
            var random = Random(seed: seed)
            var bytes = Array(Shop.small.utf8)
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                _ = try ScenarioDocument(bytes: bytes, file: "fuzz.yaml")
            } catch {
                check(error, seed: seed)
            }
        }
    }

    @Test func damagedChangesAreMadeOrRefused() throws {
        let document = try ScenarioDocument(yaml: Shop.full, file: "full.yaml")
        let paths = [
            "backends.sql.latency.fixed", "clients.web.arrivals.ramps.0.rate", "flows.top.1.forEach.limit", "seed",
            "policies.guarded.timeout.connect", "policies.standard.retry.base", "policies.guarded.timeout2",
        ]
        for seed in 0..<1000 as Range<UInt64> {
            var random = Random(seed: seed)
            let path = mutated(paths.randomElement(using: &random)!, &random)
            let value = mutated(path.hasPrefix("policies") ? "80ms" : "{ fixed: 80ms }", &random)
            do {
                let changed = try document.setting(path, to: value)
                #expect(changed.value(at: path) != nil, "seed \(seed)")
            } catch {
                check(error, seed: seed)
            }
        }
    }

    @Test func damagedInterventionsAreReadOrRefused() throws {
        let document = try ScenarioDocument(yaml: Shop.keyed, file: "keyed.yaml")
        let texts = try ScenarioDocument(yaml: Shop.full, file: "full.yaml").scenario.interventions.map(\.description)
            + document.scenario.interventions.map(\.description)
        for seed in 0..<1500 as Range<UInt64> {
            var random = Random(seed: seed)
            do {
                let intervention = try Intervention(text: mutated(texts.randomElement(using: &random)!, &random))
                #expect(
                    try Intervention(text: intervention.description) == intervention, "seed \(seed): \(intervention)")
                try document.validated(intervention)
            } catch {
                check(error, seed: seed)
            }
        }
    }
}
