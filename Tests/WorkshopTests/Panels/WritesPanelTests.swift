import Analysis
import TerminalKit
import Testing
import Trace

@testable import Workshop

@Suite struct WritesPanelTests {
    private let panel = WritesPanel()
    private let run = TraceSketch.writeBack()

    @Test func whatACrashWouldLoseIsSaidFirst() {
        #expect(
            drawn(panel, PanelContext(run, at: 4500), width: 46, height: 11) == """
                write-back, flush every 5 s
                ✱ a crash now loses 11 keys
                write ──▶ orders ✓ ┄┄▶ sql
                ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 11 acknowledged
                ╳ lost 0   ✱ in memory 11   ✓ durable 0
                no flush yet   next in 300 ms
                in memory only, the oldest first
                ✱ order-8     4.1 s
                ✱ order-15    3.7 s
                ✱ order-22    3.3 s
                ✱ order-29    2.9 s   and 7 more
                """)
    }

    /// On a small screen the saw teeth are the picture; the list gives way to them.
    @Test func theSawTeethShowOnASmallScreen() {
        let text = drawn(panel, PanelContext(run, at: 4500), width: 46, height: 14)
        #expect(text.contains("✱ order-8    4.1 s   and 10 more\nkeys in memory only"), "\(text)")
        #expect(text.contains("30 s"), "\(text)")
    }

    @Test func theKeysThatDoNotFitAreScrolledTo() throws {
        var context = PanelContext(run, at: 4500)
        let size = Size(width: 46, height: 11)
        let extent = try #require(panel.extent(context, in: size))
        #expect((extent.total, extent.visible, extent.offset) == (11, 4, 0))
        context.scroll = 7
        let text = drawn(panel, context, width: size.width, height: size.height)
        #expect(!text.contains("order-8 ") && !text.contains("more"), "\(text)")
        #expect(panel.extent(context, in: size)?.range.upperBound == 11)
    }

    @Test func whatACrashHasLostStays() {
        #expect(
            drawn(panel, PanelContext(run, at: 12_500, .spanish), width: 60, height: 11) == """
                write-back, vuelca cada 5 s    ✱ si cae ahora pierde 1 clave
                escritura ──▶ orders ✓ ┄┄▶ sql   ✓ confirmada aquí
                █████████████████████████████████████▒╳╳╳╳╳╳╳ 29 confirmadas
                ╳ perdidas 5   ✱ en memoria 1   ✓ a salvo 23
                último volcado hace 2,4 s: 12 claves   el siguiente en 2,3 s
                ╳ 12,000 s  una caída perdió 5 claves: order-3 order-10 ord…
                solo en memoria, primero lo más antiguo
                ✱ order-8   100 ms
                """)
    }

    @Test func whileAFlushRunsItsKeysAreStillInMemoryOnly() {
        let text = drawn(panel, PanelContext(run, at: 4850), width: 46, height: 11)
        #expect(text.contains("flushing 11 for 50 ms"), "\(text)")
        #expect(text.contains("a crash now loses 11 keys"), "\(text)")
        #expect(text.contains("✱ order-8    4.45 s  being flushed"), "\(text)")
    }

    @Test func theFutureWithACrashIsComparedWithTheOneWithout() {
        var context = PanelContext(run, at: 29_000)
        context.earlier = RunView(TraceSketch.writeBack(crash: nil))
        let text = drawn(panel, context, width: 76, height: 24)
        #expect(text.contains("╳ lost 0 → 5   ✱ in memory 10   ✓ durable 57 → 52"), "\(text)")
        #expect(text.contains("keys in memory only   ● before  ◆ after"), "\(text)")
    }

    @Test(arguments: [
        ("through", "write ──▶ sql ✓ ──▶ orders"), ("around", "write ──▶ sql ✓   not told: orders"),
        ("aside", "write ──▶ sql ✓ ──▶ orders drops the key"),
    ])
    func eachStrategyHasItsPath(strategy: String, path: String) {
        var sketch = TraceSketch(backends: ["sql"], caches: ["orders"])
        ToyCache("orders", capacity: 10).configure(&sketch, writes: strategy)
        let request = sketch.request(at: 0)
        sketch.event(.cacheWritten, at: 0, "orders", "order-1", in: request)
        let text = drawn(panel, PanelContext(sketch.finished(end: 100), at: 50), width: 46, height: 13)
        #expect(text.contains(path), "\(text)")
        #expect(text.contains("✓ a crash now loses nothing"), "\(text)")
        #expect(text.contains("1 write"), "\(text)")
    }

    @Test func somethingIsNeverShownAsNothing() {
        #expect(WriteBlock.shares([1000, 1, 0], of: 20) == [19, 1, 0])
        #expect(WriteBlock.shares([0, 0, 0], of: 20) == [0, 0, 0])
        #expect(WriteBlock.shares([1, 1, 1], of: 30) == [10, 10, 10])
    }

    @Test func systemsThatDoNotWriteHaveNoSuchPanel() {
        #expect(panel.hasSubject(in: run))
        #expect(!panel.hasSubject(in: TraceSketch.fiveReads()))
    }
}
