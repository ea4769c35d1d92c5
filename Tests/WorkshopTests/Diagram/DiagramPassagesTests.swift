import Analysis
import Diagrams
import Model
import Scenario
import Testing
import Trace
import Workshop

@Suite("A diagram measured by a run")
struct DiagramPassagesTests {
    private typealias Passage = MeasuredDiagram.Passage

    private func measured(_ lines: String..., side: String = "", request: Int = 1) throws -> MeasuredDiagram {
        let text = (["sequenceDiagram"] + lines).joined(separator: "\n")
        let document = try ScenarioDocument(
            diagram: text, file: "shop.mmd", side: (Array("duration: 20s\n\(side)".utf8), "side.yaml"))
        let index = TraceIndex(try Run(document).trace())
        let diagram = try #require(document.scenario.diagram)
        return try #require(diagram.measured(by: index, of: document.scenario, request: request)).diagram
    }

    private func milliseconds(_ passages: [Passage]) -> [[Int64?]] {
        passages.map { [$0.sent / 1_000_000, $0.arrives.map { $0 / 1_000_000 }] }
    }

    @Test("calls and answers have the times of the trace")
    func calls() throws {
        let measured = try measured(
            "A->>B: ask", "B->>C: look (30ms)", "C-->>B: found", "B->>B: think (5ms)", "B-->>A: answer",
            side: "network: { hop: 10ms }")
        #expect(measured.passages.map(milliseconds) == [[[0, 10]], [[10, 20]], [[50, 60]], [[60, 65]], [[65, 75]]])
        #expect(measured.passages[4][0].took == 75_000_000)
        #expect(measured.duration == 75_000_000)
    }

    @Test("a message in a loop has a passage each time round, one of a branch not taken has none")
    func loops() throws {
        let measured = try measured(
            "loop 3 times", "A->>B: x (10ms)", "B-->>A: y", "end", "alt no (0%)", "A->>B: z", "else yes", "A->>C: w",
            "end")
        #expect(measured.passages.map(\.count) == [3, 3, 0, 1])
    }

    @Test("of several answers the one that was given has the passage")
    func answers() throws {
        for (share, expected) in [(100, [1, 1, 0]), (0, [1, 0, 1])] {
            let measured = try measured("A->>B: ask", "alt ok \(share)%", "B-->>A: yes", "else", "B-->>A: no", "end")
            #expect(measured.passages.map(\.count) == expected)
        }
    }

    @Test("what is lost never arrives, what fails is marked, and what is turned away")
    func fates() throws {
        let lost = try measured("A-xB: x", "A->>C: y")
        #expect(lost.passages[0].map(\.fate) == [.lost])
        #expect(lost.passages[0][0].arrives == nil)
        let failed = try measured("A->>B: x", "B-->>A: y", side: "backends: { B: { errors: 100% } }")
        #expect(failed.passages[1].map(\.fate) == [.failed])
        let refused = try measured(
            "A->>B: x", "B-->>A: y", side: "backends: { B: { faults: [ { from: 0s, down: true } ] } }")
        #expect(refused.passages[1].map(\.fate) == [.rejected])
    }

    @Test("messages that nobody waits for are worked on beyond the request's end")
    func sends() throws {
        let measured = try measured("A-)B: note (200ms)", "B->>C: store (50ms)", "A->>D: ask (10ms)", "D-->>A: ok")
        #expect(measured.passages.map(\.count) == [1, 1, 1, 1])
        #expect(measured.duration == 250_000_000)
    }
}
