import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct SharedSelectionTests {
    /// Requests that overlap: the second starts during the first.
    private var overlapping: Trace {
        var sketch = TraceSketch(backends: ["sql"])
        for (start, end) in [(0.0, 500.0), (100, 300), (600, 700), (650, 900)] {
            let request = sketch.request(at: start)
            sketch.call("sql", "read", at: start, in: request, service: end - start)
            sketch.end(request, at: end)
        }
        return sketch.finished(end: 1000)
    }

    @Test(arguments: [(0.0, 1), (200, 1), (550, 1), (600, 3), (680, 3), (950, 3)] as [(Double, UInt32)])
    func aRequestIsShownFromStartToEndBeforeTheNextOne(_ time: Double, _ request: UInt32) {
        #expect(PanelContext(overlapping, at: time).request?.id == RequestID(request))
    }

    @Test func theSelectedRequestIsShownInsteadAndNamedBeforeItStarts() {
        var context = PanelContext(overlapping, at: 200)
        context.selection.request = RequestID(4)
        #expect(context.request?.id == RequestID(4))
        #expect(drawn(SequencePanel(), context, width: 40, height: 2) == "Request 4 starts at 0.650 s.")
        let stage = drawn(SequencePanel(), context, width: 40, height: 3).split(separator: "\n")
        #expect(stage.count == 2 && stage[0].contains("web") && stage[0].contains("sql"))
    }

    @Test func theSelectedSpanStandsOutInEveryPanelWithoutColour() {
        var context = PanelContext(TraceSketch.allAtOnce(), at: 300)
        context.selection = Selection(request: RequestID(1), span: SpanID(4))
        for kind in [PanelKind.sequence, .trace, .log] {
            #expect(drawn(Panels.panel(kind), context, width: 76, height: 16).contains("▸"), "\(kind)")
        }
        var frame = Frame(size: Size(width: 76, height: 16))
        TopologyPanel().draw(context, into: &frame, in: frame.bounds)
        #expect(frame.cells.contains { $0.style.role == .selection && $0.style.attributes.contains(.reverse) })
    }

    @Test func componentsKeepTheirColourWhateverElseThereIs() {
        let trace = TraceSketch(clients: ["web", "app"], backends: ["sql", "rest"], caches: ["pages"]).finished()
        let hues = ["sql", "rest", "pages", "web", "app"].map { trace.hue(of: trace.names.find($0) ?? .none) }
        #expect(hues == [.hue1, .hue2, .hue3, .hue4, .hue5])
        #expect(trace.hue(of: .none) == .text)
    }
}
