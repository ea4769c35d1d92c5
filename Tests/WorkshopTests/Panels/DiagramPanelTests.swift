import Diagrams
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct DiagramPanelTests {
    private let panel = DiagramPanel()

    /// Three calls one after another, as the trace has them: each takes 500 ms.
    private func context(at milliseconds: Double, _ language: Workshop.Language = .english) throws -> PanelContext {
        let diagram = try DiagramReader.read(
            """
            sequenceDiagram
              title Dashboard
              participant web
              participant sql
              web->>+sql: sales
              sql-->>-web: rows
              web->>+sql: stock
              sql-->>-web: more rows
            """)
        let passages = (0..<4).map { number in
            let sent = Int64(number) * 500_000_000
            return [
                MeasuredDiagram.Passage(sent: sent, arrives: sent, took: number % 2 == 1 ? 500_000_000 : nil)
            ]
        }
        let measured = MeasuredDiagram(diagram, passages: passages, duration: 1_500_000_000)
        var sketch = TraceSketch(backends: ["sql"])
        let request = sketch.request(at: 10)
        sketch.end(request, at: 1510)
        let trace = sketch.finished(end: 2000)
        let run = RunView(trace, diagram: RunDiagram(diagram) { _, _ in measured })
        return PanelContext(
            run: run, cursor: trace.cursor(at: .milliseconds(milliseconds)), language: language, glyphs: .unicode)
    }

    @Test func theTimeOfTheDiagramBeginsWhereItsRequestDoes() throws {
        let early = try drawn(panel, context(at: 505), width: 50, height: 12)
        #expect(!early.contains("500 ms"))
        let late = try drawn(panel, context(at: 515), width: 50, height: 12)
        #expect(late.contains("500 ms"))
    }

    @Test func littleRoomShowsNamesAndMuchRoomBoxes() throws {
        #expect(try !drawn(panel, context(at: 900), width: 50, height: 12).contains("╭─────╮"))
        #expect(try drawn(panel, context(at: 900), width: 50, height: 40).contains("╭─────╮"))
    }

    /// What is cut has a sign at the edge, and the border says how many lifelines are beyond it, and the key for them.
    @Test func lifelinesBeyondTheEdgeAreCounted() throws {
        var context = try context(at: 900)
        let wide = Size(width: 50, height: 12)
        #expect(panel.overhang(context, in: wide) == "")
        let narrow = Size(width: 14, height: 12)
        #expect(panel.overhang(context, in: narrow) == "1 more ▶  z zoom")
        #expect(drawn(panel, context, width: narrow.width, height: narrow.height).contains("…\n"))
        context.language = .spanish
        context.isZoomed = true
        #expect(panel.overhang(context, in: narrow) == "1 más ▶")
    }

    @Test func aScenarioWithoutDiagramSaysSo() {
        let context = PanelContext(TraceSketch.oneAfterAnother, at: 100, .spanish)
        #expect(drawn(panel, context, width: 50, height: 5) == "Este escenario no tiene diagrama.")
        #expect(!panel.hasSubject(in: TraceSketch.oneAfterAnother))
    }

    @Test func noSizeAndNoMomentMakesItTrapOrDrawOutsideItsPlace() throws {
        for height in 0...40 {
            for width in stride(from: 0, through: 60, by: 7) {
                let context = try context(at: Double(height * width))
                var frame = Frame(size: Size(width: width + 6, height: height + 4))
                frame.fill(frame.bounds, with: "@")
                let place = Rect(x: 3, y: 2, width: width, height: height)
                panel.draw(context, into: &frame, in: place)
                let outside = frame.cells.indices.filter { index in
                    let point = Point(x: index % frame.size.width, y: index / frame.size.width)
                    return !place.contains(point) && frame.cells[index] != Cell("@")
                }
                #expect(outside.isEmpty, "\(width)x\(height)")
            }
        }
    }
}
