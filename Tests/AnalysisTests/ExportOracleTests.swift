import Analysis
import Foundation
import Testing
import Trace

/// Exports read by programs that we did not write.
@Suite(.enabled(if: Oracle.isReady, "no Python with the oracles: run scripts/test"))
struct ExportOracleTests {
    private struct ReadSpan: Decodable {
        var service: String
        var digest: String
        var name: String
        var kind: Int
        var trace: String
        var span: String
        var parent: String
        var nanoseconds: Int64
        var events: [String]
        var links: [String]
        var code: Int
    }

    private static func trace(_ seed: UInt64) -> Trace {
        seed < 4
            ? RandomTrace.make(seed: seed, requests: 30)
            : seed < 8
                ? RandomPolicyTrace(seed: seed, requests: 30).trace : RandomPoolTrace.make(seed: seed, steps: 150)
    }

    private static func script(_ name: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracles/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    private func readOTLP(_ export: OTLPTrace) throws -> [ReadSpan] {
        let lines = try Oracle.run(try Self.script("otlp.py"), input: export.json.compact).split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(ReadSpan.self, from: Data($0.utf8)) }
    }

    @Test(arguments: 1..<12) func openTelemetryReadsEverySpan(seed: UInt64) throws {
        let trace = Self.trace(seed)
        let index = TraceIndex(trace)
        let read = try readOTLP(OTLPTrace(index, startingAt: 1_700_000_000_000_000_000))
        let servers = index.spans.filter { $0.kind == .call && ($0.arrived ?? $0.rejected) != nil }
        #expect(read.count == index.spans.count + servers.count)
        #expect(read.allSatisfy { $0.digest == trace.digest.description && $0.trace.hasPrefix($0.digest) })
        let ids = Set(read.map(\.span))
        #expect(ids.count == read.count)
        #expect(read.allSatisfy { $0.parent.isEmpty || ids.contains($0.parent) })
        #expect(read.allSatisfy { ids.isSuperset(of: $0.links) })
        let roots = read.filter { $0.parent.isEmpty && !$0.trace.hasSuffix("0000000000000000") }
        #expect(roots.count == index.requestCount)
    }

    @Test func openTelemetryReadsAGuardedRequest() throws {
        let read = try readOTLP(OTLPTrace(TraceIndex(GuardedTrace.make())))
        #expect(read.map(\.service) == ["web", "web", "web", "web", "web", "web", "sql", "sql"])
        let guarded = try #require(read.first { $0.name == "guarded" })
        #expect(guarded.events.contains("retryScheduled") && guarded.kind == 1)
        #expect(Set(read.filter { $0.service == "sql" }.map(\.kind)) == [2])
    }

    @Test func openTelemetryReadsHostileNames() throws {
        let name = "</script>]]>\"'\\\u{0}\u{1B}[2J\u{202E}\u{85}é\u{301}🦀"
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, name, name)
        builder.call(0, 1, name, name, in: root)
        builder.close(2, root)
        let json = OTLPTrace(TraceIndex(builder.trace)).json.compact
        #expect(json.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{202E}" })
        #expect(try readOTLP(OTLPTrace(TraceIndex(builder.trace))).allSatisfy { $0.service == name && $0.name == name })
    }

    /// The fields that Chromium's documentation of the format gives each kind of event, and no others.
    @Test(arguments: 1..<12) func chromeTraceHasDocumentedFieldsAlone(seed: UInt64) throws {
        let check = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1] + "/Tests/AnalysisTests/Oracles/chrome-trace.schema.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.Draft202012Validator(schema).validate(json.load(sys.stdin))
            """
        #expect(try Oracle.run(check, input: ChromeTrace(TraceIndex(Self.trace(seed))).json.compact) == "")
    }
}
