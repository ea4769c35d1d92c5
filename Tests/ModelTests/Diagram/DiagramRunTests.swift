import Model
import Scenario
import Testing
import Trace

@Suite("A diagram that runs")
struct DiagramRunTests {
    private func rehearse(_ lines: String...) throws -> Trace {
        let text = (["sequenceDiagram"] + lines).map { "  \($0)\n" }.joined()
        return try ModelTests.rehearse("diagram: |\n\(text)")
    }

    @Test("takes as long as what it waits for")
    func times() throws {
        let trace = try rehearse(
            "User->>Shop: dashboard", "par sales", "Shop->>SQL: metrics", "Note over SQL: 500ms", "SQL-->>Shop: rows",
            "and users", "Shop->>Cosmos: analyse (300ms)", "Cosmos-->>Shop: users", "end", "Shop->>Shop: merge",
            "Note over Shop: 20ms", "Shop-->>User: page")
        #expect(trace.latencies == [520])
    }

    @Test("nobody waits for what is sent, and what is lost never arrives")
    func sends() throws {
        let trace = try rehearse("A-)B: note (1s)", "A-xB: lost", "A->>C: ask (10ms)")
        #expect(trace.latencies == [10])
        #expect(trace.all(.callArrived, "B").count == 1)
        #expect(trace.all(.callDetached, "B").count == 2)
    }

    @Test("shared choices fall alike")
    func choices() throws {
        for seed in 1...20 {
            let yaml = """
                seed: \(seed)
                diagram: |
                  sequenceDiagram
                  A->>B: get
                  alt hit 50%
                    B->>C: load
                    A->>D: hit
                  else miss
                    A->>E: miss
                  end
                  B-->>A: x
                """
            let trace = try ModelTests.rehearse(yaml)
            #expect(trace.all(.callSent, "C").count == trace.all(.callSent, "D").count)
            #expect(trace.all(.callSent, "D").count + trace.all(.callSent, "E").count == 1)
        }
    }

    @Test("any diagram runs to its end, the same each time", arguments: 0..<150)
    func anyDiagram(seed: Int) throws {
        var random = DiagramLines(state: UInt64(seed))
        let text = "sequenceDiagram\n" + random.lines(depth: 0, count: 12)
        let yaml = "diagram: |\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()
        let trace = try ModelTests.rehearse(yaml)
        #expect(trace.all(.requestFinished).map(\.outcome) == [.ok], "\(text)")
        #expect(try ModelTests.rehearse(yaml).digest == trace.digest)
    }
}

/// Random lines of a diagram, valid in themselves.
private struct DiagramLines {
    var state: UInt64

    private mutating func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    mutating func lines(depth: Int, count: Int) -> String {
        (0..<count).reduce(into: "") { text, _ in text += line(depth: depth) }
    }

    private mutating func line(depth: Int) -> String {
        let names = ["A", "B", "C", "D", "E"]
        let (from, to) = (names[pick(5)], names[pick(5)])
        switch depth < 3 ? pick(14) : pick(9) {
        case 0...3: return "\(from)->>\(to): ask\n"
        case 4...6: return "\(from)-->>\(to): answer\n"
        case 7: return "\(from)-)\(to): tell\n"
        case 8: return "Note over \(from): \(pick(90) + 1)ms\n"
        case 9: return "loop 2\n\(lines(depth: depth + 1, count: 3))end\n"
        case 10: return block("alt x 50%", "else", depth)
        case 11: return block("par", "and", depth)
        case 12: return "opt 30%\n\(lines(depth: depth + 1, count: 2))end\n"
        default: return "break 20%\n\(lines(depth: depth + 1, count: 2))end\n"
        }
    }

    private mutating func block(_ start: String, _ divider: String, _ depth: Int) -> String {
        "\(start)\n\(lines(depth: depth + 1, count: 3))\(divider)\n\(lines(depth: depth + 1, count: 3))end\n"
    }
}
