import Diagrams
import TerminalKit
import Workshop

/// What a sequence diagram of 10,000 messages costs: laid out in both modes, scrolled by a frame, printed whole.
enum DiagramBenchmarks {
    private static let messages = 10_000

    static func run() throws {
        Report.title("A sequence diagram of \(messages) messages, 12 participants")
        let measured = diagram()
        let size = Size(width: 200, height: 60)
        for mode in DiagramMode.allCases {
            let style = DiagramStyle(mode: mode, width: size.width)
            var layout = DiagramLayout(measured, style: style)
            let seconds = Stopwatch.best(of: 10) { layout = DiagramLayout(measured, style: style) }
            Report.time("\(mode), laid out", seconds: seconds, budget: 0.1, note: "   \(layout.height) rows")
            let drawing = DiagramDrawing(layout)
            let farthest = drawing.farthestScroll(in: size)
            let frame = Stopwatch.best(of: 10) {
                for step in 0..<100 {
                    var frame = Frame(size: size)
                    drawing.draw(into: &frame, in: frame.bounds, scrollY: farthest.y * step / 100)
                }
            }
            Report.time("\(mode), one frame at 200x60", seconds: frame / 100, budget: 0.002)
            let text = Stopwatch.best(of: 3) { _ = DiagramText(measured, style: style).lines }
            Report.time("\(mode), laid out and printed", seconds: text, budget: 1)
        }
    }

    /// Calls and their answers in loops and notes, each call with its time.
    private static func diagram() -> MeasuredDiagram {
        let ids = (0..<12).map { "service-\($0)" }
        var statements: [Statement] = []
        var passages: [[MeasuredDiagram.Passage]] = []
        var time: Int64 = 0
        func send(_ from: Int, _ to: Int, _ line: Arrow.Line, _ text: String, took: Int64? = nil) -> Statement {
            let sent = time
            time += 2_000_000
            passages.append([MeasuredDiagram.Passage(sent: sent, arrives: time, took: took)])
            return .message(
                Diagrams.Message(
                    number: passages.count - 1, from: ids[from % 12], to: ids[to % 12], arrow: Arrow(line, .filled),
                    text: text, activates: line == .solid, deactivates: line == .dotted))
        }
        while passages.count < messages {
            let round = passages.count
            let call = send(round % 5, round % 7 + 5, .solid, "request \(round)")
            time += 40_000_000
            let answer = send(round % 7 + 5, round % 5, .dotted, "answer", took: 44_000_000)
            let pair = [call, answer]
            let section = Block.Section(label: "attempt \(round)", statements: pair)
            statements += round % 10 == 0 ? [.block(Block(.loop, sections: [section]))] : pair
            if round % 25 == 0 {
                statements.append(.note(Note(place: .over, participants: [ids[round % 12]], text: "note \(round)")))
            }
        }
        let diagram = Diagram(participants: ids.map { Participant(id: $0) }, statements: statements)
        return MeasuredDiagram(diagram, passages: passages, duration: time)
    }
}
