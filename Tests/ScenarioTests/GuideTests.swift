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
              shop: { latency: 50ms, balancer: leastConnections, servers: { s1: {}, s2: {}, s3: { member: false } } }

            """
        ),
        ("caches", "caches:\n  sales: { ttl: 60s }\n"),
        (
            "policies",
            "policies:\n  guarded: [ timeout: 5s, retry: { attempts: 3 }, breaker: { failures: 5, open: 30s } ]\n"
        ),
        ("keys", "keys:\n  product: { zipf: 0.8, count: 1000 }\n"),
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
            let files = KeyFiles { path in
                path == "traces/web.txt" ? .success(Array("a\nb\na\n".utf8)) : .failure(.missing)
            }
            _ = try ScenarioDocument(yaml: yaml, file: "shop.yaml", files: files)
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
            trials like sweep quota rfc8289 facebook envoy
            pollyV7 pollyV8 hystrix gobreaker pybreaker state auto forcedOpen disabled bulkhead concurrent
            reject shedOldest wait maxWait fifo lifo adaptive codel target interval aimd vegas gradient initial
            rateLimit tokenBucket leakyBucket fixedWindow slidingWindow slidingLog hedge copies fallback value stale any
            omit or guard with idempotencyKey
            keys zipf count uniform loop scan hotspot hot share every file knows ttlJitter capacity eviction lru lfu
            clock sieve s3fifo arc wTinyLFU writes through back around aside flush batch coalesce refreshAhead staleFor
            early weight tags write pattern tag event servers balancer use health outliers panic slowStart subset joins
            leaves member roundRobin weighted smoothWeighted leastConnections random weightedRandom ipHash modulo ring
            rendezvous maglev twoChoices choices shortestQueue idleQueue ewma peakEWMA decay rise fall consecutive
            maxEjected deviations minHosts minRequests most envoy grpc aggression crash restart join leave
            gateway enforced jitter atLeastOne passive maxFails failTimeout accrual linkerd finagle successRate requests
            start fullyUp fullyDown fastEvery downEvery observe errors then checkSoon failCheck suddenDeath markDown
            haproxy least sizedRing leastRequest bias
            """
        let code = blocks.map(\.text) + prose.flatMap(Self.code)
        let words = Set(code.joined(separator: " ").split { !$0.isLetter && !$0.isNumber }.map(String.init))
        for key in keys.split(whereSeparator: \.isWhitespace) { #expect(words.contains(String(key)), "\(key)") }
    }

    @Test(arguments: [
        ("timeout", "policies.guarded.timeout", "policies:\n  guarded: [ timeout: { total: unlimited } ]\n"),
        ("retry", "policies.guarded.retry", "policies:\n  guarded: [ retry: { attempts: 2 } ]\n"),
        ("breaker", "policies.guarded.breaker", "policies:\n  guarded: [ breaker: { ratio: 50%, open: 1s } ]\n"),
        ("bulkhead", "policies.guarded.bulkhead", "policies:\n  guarded: [ bulkhead: { concurrent: 5 } ]\n"),
        ("Cache", "caches.sales", "caches:\n  sales: { capacity: unlimited }\n"),
        ("flush", "caches.sales.flush", "caches:\n  sales: { ttl: 60s, flush: {} }\n"),
        ("balancer", "backends.sql.balancer", pool("balancer: {}")),
        ("health", "backends.sql.balancer.health", pool("balancer: { health: {} }")),
        ("outliers", "backends.sql.balancer.outliers", pool("balancer: { outliers: {} }")),
        ("Server", "backends.sql.servers.sql-1", pool("")),
    ])
    func theDefaultsInTheTablesAreThoseOfTheLanguage(table: String, path: String, part: String) throws {
        let document = try ScenarioDocument(yaml: whole(part), file: "shop.yaml")
        let start = try #require(
            prose.firstIndex { $0.replacing("`", with: "").hasPrefix("| \(table) | Default |") }, "\(table)")
        var checked = 0
        for row in prose[(start + 2)...].prefix(while: { $0.hasPrefix("|") }) {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > 1, let key = Self.code(cells[0]).first, let value = Self.code(cells[1]).first,
                cells[1] == "`\(value)`"
            else { continue }
            let path = "\(path).\(key)"
            let known = try #require(document.value(at: path), "\(path)")
            let left = try document.setting(path, to: known).scenario
            #expect(try document.setting(path, to: value).scenario == left, "\(path): \(value)")
            checked += 1
        }
        #expect(checked >= (table == "Server" ? 1 : 3))
    }

    private static func pool(_ settings: String) -> String {
        let comma = settings.isEmpty ? "" : ", "
        return """
            backends:
              sql: { latency: 1ms, servers: { count: 2 }\(comma)\(settings) }
            flows:
              report: [ call: sql.get ]

            """
    }

    /// What stands between backticks.
    private static func code(_ line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
}
