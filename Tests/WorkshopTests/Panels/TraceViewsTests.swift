import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// The waterfall with services and wrong clocks, and the lists, comparisons and hops beside it.
@Suite struct TraceViewsTests {
    @Test func show() {
        for (name, trace, moment) in [("even", TraceSketch.services(), 1400.0), ("skewed", TraceSketch.services(ahead: -40), 1400)] {
            for (width, height) in [(46, 12), (78, 18), (100, 14)] {
                for request in [1, 2, 3] as [UInt32] {
                    for kind in [PanelKind.trace, .requests, .compare, .hops, .log] {
                        var context = PanelContext(trace, at: moment, request == 2 ? .spanish : .english, width == 78 ? .unicode : width == 46 ? .unicode : .ascii)
                        context.selection = Selection(request: RequestID(request), span: request == 1 ? nil : SpanID(request == 2 ? 8 : 17))
                        print("=== \(name) \(kind) \(width)x\(height) request \(request) \(Panels.panel(kind).title(context)) | \(Panels.panel(kind).note(context))")
                        print(drawn(Panels.panel(kind), context, width: width, height: height))
                    }
                }
            }
        }
    }
}
