import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct BalancerPanelTests {
    private let panel = BalancerPanel()
    private let run = TraceSketch.pool()

    @Test func everyServerTellsItsLoadAndWhyItIsNotPicked() {
        #expect(
            drawn(panel, PanelContext(run, at: 1000), width: 46, height: 12) == """
                     on their way              share   p50 +✗
                w1 ✓ █··· 1                     52 %    80 ms
                w2 ✗ down                        0 %        –
                w3 ✓ ████▒▒▒▒▒ 9                43 %        –
                w4 ⊘ ejected, 29.2 s           4.8 %     5 ms
                w5 ┊ outside                     0 %        –
                request 21 → w1  compared  w1 0  w3 9
                     the last 21 requests
                w1   ✓✓·········✓·✓✓✓✓✓✓✓┃
                w2   ·····················
                w3   ··┃┃┃┃▒▒▒▒▒··········
                w4   ············✗········
                """)
    }

    @Test func moreRoomShowsMoreFigures() {
        #expect(
            drawn(panel, PanelContext(run, at: 1000, .spanish), width: 90, height: 10) == """
                     en camino                                  parte   p50 +✗  errores     nota   p99 +✗
                w1 ✓ █··· 1                                      52 %    80 ms      0 %        0    80 ms
                w2 ✗ caído                                        0 %        –        –        –        –
                w3 ✓ ████▒▒▒▒▒ 9                                 43 %        –        –        9        –
                w4 ⊘ expulsado, 29,2 s                          4,8 %     5 ms    100 %        –     5 ms
                w5 ┊ fuera                                        0 %        –        –        –        –
                petición 21 → w1  comparados  w1 0  w3 9
                ✓ elegidas 21
                """)
    }

    @Test func withoutRoomForRowsThereIsACellForEachServer() {
        #expect(
            drawn(panel, PanelContext(run, at: 1000), width: 40, height: 3) == """
                ▁✗█✗┊
                4 servers  most w3 9  ✗ 2
                """)
    }

    /// w3 got nine in a row, of which four have a slot.
    @Test func belowThemTheLastRequestsStandInLanes() {
        #expect(
            drawn(panel, PanelContext(run, at: 1000), width: 46, height: 13) == """
                     on their way              share   p50 +✗
                w1 ✓ █··· 1                     52 %    80 ms
                w2 ✗ down                        0 %        –
                w3 ✓ ████▒▒▒▒▒ 9                43 %        –
                w4 ⊘ ejected, 29.2 s           4.8 %     5 ms
                w5 ┊ outside                     0 %        –
                request 21 → w1  compared  w1 0  w3 9

                     the last 21 requests
                w1   ✓✓·········✓·✓✓✓✓✓✓✓┃
                w2   ·····················
                w3   ··┃┃┃┃▒▒▒▒▒··········
                w4   ············✗········
                """)
    }

    @Test func aFewRequestsStandUnderTheirNumbers() {
        var sketch = TraceSketch(pool: "shop", servers: [("s1", 2), ("s2", 1)], algorithm: "weighted")
        for (number, server) in ["s1", "s1", "s2"].enumerated() {
            sketch.picked(server, of: "shop", at: Double(number) * 100, service: 50)
        }
        let run = sketch.finished(end: 300)
        #expect(
            drawn(panel, PanelContext(run, at: 120), width: 40, height: 9) == """
                     on their way         share  weight
                s1 ✓ █··· 1               100 %       2
                s2 ✓ ···· 0                 0 %       1
                request 2 → s1
                ✓ picked 2

                       1  2  3
                s1     ✓  ┃
                s2     ·  ·
                """)
    }

    /// Before the first request the servers have taken their places.
    @Test func beforeTheFirstRequestEverybodyIsReady() {
        var sketch = TraceSketch(pool: "shop", servers: [("s1", 2), ("s2", 1)], algorithm: "weighted")
        sketch.picked("s1", of: "shop", at: 0, service: 50)
        let context = PanelContext(sketch.finished(end: 300), at: -1)
        #expect(drawn(panel, context, width: 40, height: 9).contains("s1 ✓"))
        #expect(panel.note(context) == "shop · by weight")
    }

    @Test func withRoomThereIsAChartOfWhatIsOnItsWay() {
        let drawing = drawn(panel, PanelContext(run, at: 1000), width: 70, height: 28)
        #expect(drawing.contains("on their way   ● w1  ◆ w2  ■ w3"))
    }

    @Test func theNoteNamesTheAlgorithm() {
        #expect(panel.note(PanelContext(run, at: 1000)) == "web · least connections")
        #expect(panel.note(PanelContext(run, at: 1000, .spanish)) == "web · menos conexiones")
    }
}

@Suite struct RingPanelTests {
    private let panel = RingPanel()

    @Test func theRingShowsWhoOwnsWhatAndWhoMoved() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.ring(), at: 700), width: 46, height: 14) == """
                             4445111255111225
                        35334                53333
                     222                          455
                   52    1 c1  █▊░░░░░░  22 %        41
                 15      2 c2  █▋░░░░░░  20 %          11
                1        3 c3  █▌░░░░░░  19 %            1
                1        4 c4  █▌░░░░░░  19 %            5
                4        5 c5  █▋░░░░░░  20 %            2
                4        13 of 64 parts moved            2
                 55      1 key has moved               32
                   33                                33
                     332                          445
                        55211                51144
                             1154443335222211
                """)
    }

    @Test func aTableWhereThereIsNoRingOrNoRoom() {
        #expect(
            drawn(panel, PanelContext(TraceSketch.ring(algorithm: "modulo"), at: 700), width: 38, height: 12) == """
                51122533345411152233544415122253
                34451112523335441152223534445112

                1 c1  █▊░░░░░░  22 %
                2 c2  █▋░░░░░░  20 %
                3 c3  █▌░░░░░░  19 %
                4 c4  █▌░░░░░░  19 %
                5 c5  █▋░░░░░░  20 %
                13 of 64 parts moved
                1 key has moved
                customers-17 → c5
                """)
    }

    @Test func everySectorHasAPlaceAndThereAreNoGaps() {
        for width in 40...80 {
            for height in 11...24 {
                let places = RingDrawing.circle(
                    EventKind.sectors, in: Rect(x: 3, y: 2, width: min(width, 3 * height), height: height))
                let area = Rect(x: 3, y: 2, width: width, height: height)
                #expect(Set(places.map(\.place)).count == EventKind.sectors, "\(width)x\(height)")
                #expect(Set(places.map { [$0.point.x, $0.point.y] }).count == places.count, "\(width)x\(height)")
                #expect(places.allSatisfy { area.contains($0.point) })
                let steps = zip(places, places.dropFirst()).map { one, next in
                    max(abs(one.point.x - next.point.x), abs(one.point.y - next.point.y))
                }
                #expect(steps.allSatisfy { $0 == 1 }, "\(width)x\(height)")
            }
        }
    }
}
