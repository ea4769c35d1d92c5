import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct LatencyPanelTests {
    private let panel = LatencyPanel()

    /// Twenty requests a second apart, each 50 ms slower than the one before.
    private static func slower(by step: Double) -> Trace {
        var sketch = TraceSketch(backends: ["sql"])
        for number in 0..<20 {
            let start = Double(number) * 1000
            let request = sketch.request(at: start)
            let length = 100 + Double(number) * step
            sketch.call("sql", "read", at: start, in: request, service: length)
            sketch.end(request, at: start + length)
        }
        sketch.event(.faultStarted, at: 5000, "sql", "slow", value: 3_000_000)
        return sketch.finished(end: 20_000)
    }

    @Test func eachRequestIsAPointWhileThereAreFew() {
        let context = PanelContext(Self.slower(by: 50), at: 12_000)
        #expect(
            drawn(panel, context, width: 46, height: 10) == """
                ms
                1500 ┤                       ┊
                     │                       ┊
                1000 ┤                       ┊
                     │                      ⣀⡀
                     │             ⢀⣀⣀⠤⠤⠒⠒⠉⠉ ┊
                 500 ┤   ⢀⣀⣀⣀⡠⠤⠔⠒⠊⠉⠁         ┊
                     │⠒⠊⠉⠁                   ┊
                   0 ┼──────────▲─────────┬────────┬─────────┬
                      0         5        10       15      20 s
                """)
    }

    @Test func withRoomPercentilesStandBeside() {
        let context = PanelContext(Self.slower(by: 50), at: 12_000, .spanish, .ascii)
        #expect(
            drawn(panel, context, width: 70, height: 10) == """
                ms                                                  p50         350 ms
                1500 +                         :                    p95         650 ms
                     |                         :                    p99         650 ms
                1000 +                         :                    máx         650 ms
                     |                        _o                    media       375 ms
                     |               _o.o.o-o' :                    bien            12
                 500 +   _o__o.o.o-o'          :                    fallidas         0
                     |o-o'                     :
                   0 +-----------!---------+----------+---------+
                      0          5        10         15      20 s
                """)
    }

    @Test func twoRunsAreTwoLinesWithNamesAndMarkers() {
        var context = PanelContext(Self.slower(by: 20), at: 12_000)
        context.earlier = RunView(Self.slower(by: 50))
        #expect(
            drawn(panel, context, width: 46, height: 10) == """
                ms   ● before  ◆ after
                1500 ┤                       ┊
                     │                       ┊
                1000 ┤                       ┊
                     │                      ⣀●
                     │             ⢀⣀⣀⠤⠤⠒⠒⠉⠉ ┊
                 500 ┤   ⢀⣀⣀⣀⡠⠤⢔⣒⠊⣉⣁ ⡠⠤ ⠤⠤ ⠔◆┊
                     │⠒⠚⠉⠉⠉ ⠉⠉ ⠁             ┊
                   0 ┼──────────▲─────────┬────────┬─────────┬
                      0         5        10       15      20 s
                """)
    }
}
