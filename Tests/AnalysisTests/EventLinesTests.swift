import Analysis
import Foundation
import Testing
import Trace

@Suite struct EventLinesTests {
    private static let schema = Oracle.root.appending(path: "docs/events.schema.json")

    private func lines(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func aHeaderThenALineAnEvent() throws {
        let trace = GuardedTrace.make()
        let all = try lines(EventLines(trace).text)
        #expect(all[0]["digest"] as? String == trace.digest.description)
        #expect(all[0]["events"] as? Int == trace.events.count && all.count == trace.events.count + 1)
        for (place, event) in trace.events.enumerated() {
            let line = all[place + 1]
            #expect(line["event"] as? Int == place + 1 && line["timeNs"] as? Int64 == event.time.nanoseconds)
            #expect(line["kind"] as? String == "\(event.kind)" && line["value"] as? Int64 == event.value)
            #expect(line["component"] as? String ?? "" == trace.name(event.component))
            #expect(line["cause"] as? UInt32 ?? 0 == event.cause.rawValue)
        }
    }

    @Test func whatIsLeftOutRenumbersNothing() throws {
        let trace = RandomPolicyTrace(seed: 3, requests: 40).trace
        let all = EventLines(trace).text.split(separator: "\n")
        let selection = TraceSelection(request: RequestID(7), from: .milliseconds(1))
        let some = EventLines(trace, selection).text.split(separator: "\n")
        #expect(some[0] == all[0] && some.count > 2 && some.count < all.count)
        #expect(some.dropFirst().allSatisfy { $0.contains(#""request":7,"#) && all.contains($0) })
    }

    @Test func theSchemaKnowsEveryName() throws {
        let text = try String(contentsOf: Self.schema, encoding: .utf8)
        for kind in EventKind.allCases { #expect(text.contains("\"\(kind)\""), "\(kind)") }
        for outcome in Outcome.allCases where outcome != .none { #expect(text.contains("\"\(outcome)\"")) }
        for kind in Component.Kind.allCases { #expect(text.contains("\"\(kind)\"")) }
    }

    /// Checked by a library that we did not write.
    @Test(.enabled(if: Oracle.isReady, "no Python with the oracles: run scripts/test"), arguments: 1..<9)
    func linesAreAsTheSchemaSays(seed: UInt64) throws {
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1] + "/docs/events.schema.json"))
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            for line in sys.stdin:
                validator(schema).validate(json.loads(line))
            """
        let trace =
            seed < 5 ? RandomPolicyTrace(seed: seed, requests: 20).trace : RandomPoolTrace.make(seed: seed, steps: 80)
        #expect(try Oracle.run(script, input: EventLines(trace).text) == "")
    }
}
