import Analysis
import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// What holds for every panel, whatever it shows and however little room it has.
@Suite struct PanelPropertyTests {
    /// SplitMix64, seeded: the same cases in every run.
    struct Cases: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    static let busy = """
        seed: 7
        duration: 3s
        network: { hop: 15ms }
        backends:
          sql: { latency: 120ms, concurrency: 2, queue: 3, faults: [ { from: 1s, to: 2s, down: true } ] }
          cosmos:
            latency: { normal: { mean: 60ms, deviation: 30ms } }
            errors: 20%
            operations: { rank: {}, list: { returns: { list: item, count: 6 } } }
        caches:
          pages: { latency: 2ms, ttl: 400ms }
        policies:
          guarded:
            - fallback: { value: {} }
            - timeout: 300ms
            - retry: { attempts: 3, base: 20ms, jitter: full, budget: { tokens: 6, ratio: 0.2 } }
            - breaker: { ratio: 40%, window: 1s, minimum: 3, open: 200ms, slow: { after: 100ms, ratio: 60% } }
            - bulkhead: { concurrent: 2, queue: 2, adaptive: vegas }
            - hedge: 60ms
          limited:
            - rateLimit: { tokenBucket: { rate: 8/s, burst: 3 }, maxWait: 50ms }
            - breaker: { failures: 2, open: 300ms }
        flows:
          page:
            - cache: { in: pages, key: home, do: { call: sql.read } }
            - parallel: [ { call: { to: cosmos.rank, with: guarded } }, { call: { to: sql.count, with: limited } } ]
            - wait: 30ms
          list:
            - call: { to: cosmos.list, as: items }
            - forEach: { in: $items, as: item, do: { call: sql.item } }
        clients:
          web: { flow: page, arrivals: { poisson: 12/s } }
          app: { flow: list, users: 2, think: 200ms }
        """

    static let runs: [RunView] = {
        var traces = [
            Trace(), TraceSketch.oneAfterAnother, TraceSketch.allAtOnce(hop: 40), TraceSketch.fanOut,
            TraceSketch.cached,
            TraceSketch.trouble, TraceSketch.payment, TraceSketch.herd(40, jitter: true), TraceSketch.shopPage,
            TraceSketch.breaking(), TraceSketch.bulkheads(adaptive: true, every: 20),
            TraceSketch.limits(), TraceSketch.fiveReads(),
            TraceSketch.busyCaches(capacity: 30, reads: 150, rules: ["lru", "sieve", "fifo"], ttl: 300),
            TraceSketch.arc, TraceSketch.writeBack(), TraceSketch.refresh,
        ]
        do {
            let document = try ScenarioDocument(yaml: busy, file: "busy.yaml")
            traces.append(try Run(document).trace())
        } catch { Issue.record("the scenario does not run: \(error)") }
        return traces.map { RunView($0) }
    }()

    private func context(_ cases: inout Cases) -> PanelContext {
        let run = Self.runs.randomElement(using: &cases) ?? RunView(Trace())
        let position = Int.random(in: 0...run.trace.events.count, using: &cases)
        var cursor = run.trace.cursor(after: EventID(UInt32(position)))
        if Bool.random(using: &cases), position < run.trace.events.count {
            let next = run.trace.events[position].time
            cursor.time = VirtualTime(nanoseconds: (cursor.time.nanoseconds + next.nanoseconds) / 2)
        }
        var context = PanelContext(
            run: run, cursor: cursor, window: .milliseconds(Int.random(in: 0...5000, using: &cases)),
            language: Bool.random(using: &cases) ? .english : .spanish,
            glyphs: Bool.random(using: &cases) ? .unicode : .ascii)
        if Int.random(in: 0..<4, using: &cases) == 0 { context.earlier = Self.runs.randomElement(using: &cases) }
        if Int.random(in: 0..<4, using: &cases) == 0 { context.peer = Self.runs.randomElement(using: &cases) }
        if Bool.random(using: &cases) {
            context.selection.request = RequestID(UInt32.random(in: 0...40, using: &cases))
        }
        if Bool.random(using: &cases) { context.selection.span = SpanID(UInt32.random(in: 0...60, using: &cases)) }
        if Bool.random(using: &cases) { context.selection.event = EventID(UInt32.random(in: 0...200, using: &cases)) }
        context.scroll = Int.random(in: -5...5, using: &cases)
        context.isZoomed = Bool.random(using: &cases)
        return context
    }

    @Test(arguments: PanelKind.allCases)
    func noSizeAndNoMomentMakesAPanelTrapOrDrawOutsideItsPlace(_ kind: PanelKind) {
        let panel = Panels.panel(kind)
        var cases = Cases(state: UInt64(kind.rawValue.count) &* 77)
        for height in 0...20 {
            for width in 0...40 {
                let context = context(&cases)
                var frame = Frame(size: Size(width: width + 6, height: height + 4))
                frame.fill(frame.bounds, with: "@")
                let place = Rect(x: 3, y: 2, width: width, height: height)
                panel.draw(context, into: &frame, in: place)
                let outside = frame.cells.indices.filter { index in
                    let point = Point(x: index % frame.size.width, y: index / frame.size.width)
                    return !place.contains(point) && frame.cells[index] != Cell("@")
                }
                #expect(outside.isEmpty, "\(kind) at \(width)x\(height)")
                if context.glyphs.repertoire == .ascii, context.language == .english {
                    let strange = frame.cells.first { !$0.character.isASCII }
                    #expect(strange == nil, "\(kind) at \(width)x\(height)")
                }
                _ = panel.title(context) + panel.note(context)
            }
        }
    }

    @Test(arguments: PanelKind.allCases)
    func movingTheSelectionEndsSomewhereThatHasHappened(_ kind: PanelKind) {
        let panel = Panels.panel(kind)
        var cases = Cases(state: 5)
        for _ in 0..<200 {
            var context = context(&cases)
            context.selection = Selection()
            for _ in 0..<4 {
                context.selection = panel.selection(movedBy: Bool.random(using: &cases) ? 1 : -1, context)
                if let event = context.selection.event { #expect(context.cursor.includes(event)) }
                if let span = context.selection.span.flatMap({ context.index.span($0) }) {
                    #expect(context.cursor.includes(span.startEvent))
                    // Work in the background may belong to no request.
                    #expect(context.selection.request == span.request || span.request == .none)
                }
            }
        }
    }

    @Test(arguments: PanelKind.allCases)
    func theSameContextGivesTheSameCells(_ kind: PanelKind) {
        var cases = Cases(state: 11)
        for _ in 0..<20 {
            let context = context(&cases)
            var frames = [Frame(size: Size(width: 70, height: 20)), Frame(size: Size(width: 70, height: 20))]
            for place in frames.indices {
                Panels.panel(kind).draw(context, into: &frames[place], in: frames[place].bounds)
            }
            #expect(frames[0] == frames[1])
        }
    }
}
