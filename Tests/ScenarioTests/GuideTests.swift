import Foundation
import Scenario
import Testing

/// Every example of the guide is read, so that the guide stays true.
@Suite struct GuideTests {
    struct Block {
        var kind: String
        var text: String
        var line: Int
    }

    /// What the parts of a file in the guide are parts of.
    private static let shop: [(key: String, text: String)] = [
        ("duration", "duration: 60s\n"),
        (
            "backends",
            """
            backends:
              sql:
                latency: 120ms
                operations:
                  get_order_details: { returns: { productId: P7, total: 1057, lines: [laptop, mouse] } }
                  get_top_customers: { latency: 300ms, returns: { customers: { list: customer, count: 10 } } }
                  create_order:
              rest: { latency: 80ms }

            """
        ),
        ("caches", "caches:\n  sales: { ttl: 60s }\n"),
        (
            "policies",
            "policies:\n  guarded: [ timeout: 5s, retry: { attempts: 3 }, breaker: { failures: 5, open: 30s } ]\n"
        ),
        ("flows", "flows:\n  report: [ call: sql.get_order_details ]\n"),
        ("clients", "clients:\n  web: { flow: report, at: 0s }\n"),
    ]

    private let blocks: [Block]
    /// The lines between the examples.
    private let prose: [String]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let guide = try String(contentsOf: root.appending(path: "docs/scenario.md"), encoding: .utf8)
        var blocks: [Block] = []
        var prose: [String] = []
        var open: Block?
        for (number, line) in guide.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open { blocks.append(block) }
                open = open == nil ? Block(kind: String(line.dropFirst(3)), text: "", line: number + 1) : nil
            } else if open != nil {
                open?.text += line + "\n"
            } else {
                prose.append(String(line))
            }
        }
        self.blocks = blocks
        self.prose = prose
    }

    /// The part first, so that its lines keep their numbers, and then what it leaves out.
    private func whole(_ part: String) -> String {
        let keys = part.split(separator: "\n").filter { $0.first?.isLetter == true }.map { $0.prefix { $0 != ":" } }
        return part + Self.shop.filter { !keys.contains($0.key[...]) }.map(\.text).joined()
    }

    private func shown(_ yaml: String) -> String {
        do {
            _ = try ScenarioDocument(yaml: yaml, file: "shop.yaml")
            return ""
        } catch {
            return error.description
        }
    }

    @Test func everyKindOfExampleIsThere() {
        let kinds = Dictionary(grouping: blocks, by: \.kind).mapValues(\.count)
        #expect(
            Set(kinds.keys) == ["yaml", "yaml part", "yaml wrong", "text", "interventions", "paths"],
            "another kind would not be checked")
        #expect(kinds["yaml part"] ?? 0 >= 15)
    }

    @Test func wholeFilesAndPartsOfFilesAreRead() {
        for block in blocks where block.kind == "yaml" || block.kind == "yaml part" {
            let yaml = block.kind == "yaml" ? block.text : whole(block.text)
            #expect(shown(yaml) == "", "docs/scenario.md:\(block.line)")
        }
    }

    @Test func wrongExamplesAreAnsweredAsTheGuideSays() {
        for (wrong, answer) in zip(blocks, blocks.dropFirst()) where wrong.kind == "yaml wrong" {
            #expect(shown(whole(wrong.text)) + "\n" == answer.text, "docs/scenario.md:\(wrong.line)")
        }
    }

    @Test func interventionsAreReadAndFit() throws {
        let document = try ScenarioDocument(yaml: whole(""), file: "shop.yaml")
        for block in blocks where block.kind == "interventions" {
            for line in block.text.split(separator: "\n") {
                let intervention = try Intervention(text: String(line))
                try document.validated(intervention)
                #expect(intervention.description == line)
            }
        }
    }

    @Test func pathsCanBeSet() throws {
        let document = try ScenarioDocument(yaml: whole(""), file: "shop.yaml")
        for block in blocks where block.kind == "paths" {
            for line in block.text.split(separator: "\n") {
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                let changed = try document.setting(parts[0], to: parts[1])
                #expect(changed.value(at: parts[0]) == parts[1])
            }
        }
    }

    @Test func refusedChangesAreAnsweredAsTheGuideSays() throws {
        let document = try ScenarioDocument(yaml: whole(""), file: "shop.yaml")
        for block in blocks where block.text.hasPrefix("--set") {
            let change = try #require(block.text.split(separator: "\n")[1].split(separator: "| ").last)
            let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
            do {
                _ = try document.setting(parts[0], to: parts[1])
                Issue.record("docs/scenario.md:\(block.line) was accepted")
            } catch {
                #expect(error.description + "\n" == block.text, "docs/scenario.md:\(block.line)")
            }
        }
    }

    @Test func everyKeyOfTheLanguageIsInTheGuide() {
        let keys =
            """
            name seed duration limits maxEvents network hop backends latency concurrency queue errors operations returns
            faults from to down added slow hang fixed uniform normal mean deviation exponential lognormal p50 p99 pareto
            min shape weibull scale empirical bimodal fast oneIn caches ttl flows call args as sequence parallel forEach
            in do limit save merge how of concat zip cache key invalidate wait repeat times clients flow at users think
            arrivals rate poisson ramps spikes controls set step values label marks interventions kill restore on for
            list count unlimited
            answer status retryAfter blackhole reset idempotent reads updates times policies order written resilience4j
            dotnet layers timeout total connect read deadline retry attempts retries backoff none constant linear
            decorrelated base factor max jitter full equal refused rejected policy 4xx 5xx honour ignore budget tokens
            ratio share perSecond ttl active least throttle window breaker failures open minimum after growth maxOpen
            trials like sweep quota rfc8289 facebook envoy pollyV7 pollyV8 hystrix gobreaker pybreaker state auto forcedOpen disabled bulkhead concurrent
            reject shedOldest wait maxWait fifo lifo adaptive codel target interval aimd vegas gradient initial
            rateLimit tokenBucket leakyBucket fixedWindow slidingWindow slidingLog hedge copies fallback value stale any
            omit or guard with idempotencyKey
            """
        let code = blocks.map(\.text) + prose.flatMap(Self.code)
        let words = Set(code.joined(separator: " ").split { !$0.isLetter && !$0.isNumber }.map(String.init))
        for key in keys.split(whereSeparator: \.isWhitespace) { #expect(words.contains(String(key)), "\(key)") }
    }

    @Test(arguments: [
        ("timeout", "{ total: unlimited }"), ("retry", "{ attempts: 2 }"), ("breaker", "{ ratio: 50%, open: 1s }"),
        ("bulkhead", "{ concurrent: 5 }"),
    ])
    func theDefaultsInTheTablesAreThoseOfTheLanguage(layer: String, written: String) throws {
        let yaml = whole("policies:\n  guarded: [ \(layer): \(written) ]\n")
        let document = try ScenarioDocument(yaml: yaml, file: "shop.yaml")
        let start = try #require(prose.firstIndex { $0.hasPrefix("| `\(layer)` | Default |") })
        var checked = 0
        for row in prose[(start + 2)...].prefix(while: { $0.hasPrefix("|") }) {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let key = Self.code(cells[0]).first, let value = Self.code(cells[1]).first,
                cells[1] == "`\(value)`"
            else { continue }
            let path = "policies.guarded.\(layer).\(key)"
            let known = try #require(document.value(at: path), "\(path)")
            let left = try document.setting(path, to: known).scenario
            #expect(try document.setting(path, to: value).scenario == left, "\(path): \(value)")
            checked += 1
        }
        #expect(checked >= 3)
    }

    /// What stands between backticks.
    private static func code(_ line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
}
