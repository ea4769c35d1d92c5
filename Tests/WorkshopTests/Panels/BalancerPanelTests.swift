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
            drawn(panel, PanelContext(run, at: 1000), width: 46, height: 13) == """
                     on their way              share      p50
                w1 ✓ █··· 1                     52 %    80 ms
                w2 ✗ down                        0 %        –
                w3 ✓ ████▒▒▒▒▒ 9                43 %        –
                w4 ⊘ ejected, 29.2 s           4.8 %     5 ms
                w5 ┊ outside                     0 %        –
                request 21 → w1  compared  w1 0  w3 9
                ✓ picked 21
                """)
    }

    @Test func moreRoomShowsMoreFigures() {
        #expect(
            drawn(panel, PanelContext(run, at: 1000, .spanish), width: 90, height: 10) == """
                     en camino                                  parte      p50  errores     nota      p99
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
                """)
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
                              451 12 511 225
                        5 344                33 34
                     2 3                          5 4
                   22    1 c1  █▊░░░░░░  22 %        11
                 5       2 c2  █▋░░░░░░  20 %           1
                1        3 c3  █▌░░░░░░  19 %            5
                1        4 c4  █▌░░░░░░  19 %
                         5 c5  █▋░░░░░░  20 %            2
                4        1 key has moved                 2
                 4                                      3
                   53                                53
                     3 3                          4 4
                        25 21                151 4
                              115 443 35 222
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
                1 key has moved
                customers-17 → c5
                """)
    }

    @Test func everySectorHasAPlaceOfItsOwn() {
        for width in 40...80 {
            for height in 11...24 {
                let places = RingDrawing.circle(
                    EventKind.sectors, in: Rect(x: 3, y: 2, width: min(width, 3 * height), height: height))
                let area = Rect(x: 3, y: 2, width: width, height: height)
                #expect(places.count == EventKind.sectors)
                #expect(Set(places.map { [$0.x, $0.y] }).count == EventKind.sectors, "\(width)x\(height)")
                #expect(places.allSatisfy { area.contains($0) })
            }
        }
    }
}
