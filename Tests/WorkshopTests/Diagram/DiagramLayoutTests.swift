import Diagrams
import TerminalKit
import Testing

@testable import Workshop

/// Widths, moments and very large diagrams.
@Suite struct DiagramLayoutTests {
    private func layout(_ text: String, hop: Int64 = 0, _ style: DiagramStyle = DiagramStyle()) throws -> DiagramLayout
    {
        let diagram = try DiagramReader.read("sequenceDiagram\n" + text)
        return DiagramLayout(Rehearsal.measured(diagram, hop: hop), style: style)
    }

    // MARK: Columns

    /// The solver's places against all that are possible: none is narrower, and every distance is kept.
    @Test func columnsAreAsNarrowAsDistancesAllow() {
        var random = SeededGenerator(3)
        for _ in 0..<300 {
            let count = Int.random(in: 1...6, using: &random)
            var columns = DiagramColumns(count: count)
            var kept: [(from: Int, to: Int, cells: Int)] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let from = Int.random(in: -1..<count, using: &random)
                let to = Int.random(in: (from + 1)...count, using: &random)
                let cells = Int.random(in: 0...20, using: &random)
                columns.keep(from, to, apart: cells)
                kept.append((from, to, cells))
            }
            let (places, width) = columns.solved()
            let all = [0] + places + [width]
            for one in kept { #expect(all[one.to + 1] - all[one.from + 1] >= one.cells) }
            #expect(all == all.sorted())
            // The longest chain of distances from edge to edge, by relaxing as often as there are places.
            var longest = Array(repeating: 0, count: count + 2)
            for _ in 0..<(count + 2) {
                for place in 1..<(count + 2) { longest[place] = max(longest[place], longest[place - 1]) }
                for one in kept { longest[one.to + 1] = max(longest[one.to + 1], longest[one.from + 1] + one.cells) }
            }
            #expect(width == longest[count + 1])
        }
    }

    @Test func fourParticipantsFitIn80ColumnsWhateverTheirLabels() throws {
        let text = """
            participant browser as Web browser
            participant gateway as API gateway
            participant orders as Order service
            participant db as Orders database
            browser->>gateway: send the whole basket with the address and the voucher of the customer
            gateway->>orders: reserve every article of the basket until the order is paid for
            orders->>db: insert the order and its lines in one transaction
            Note over orders,db: the longest of all these texts, over the last two of the columns
            Note right of db: slow
            db-->>browser: all the way back with a text that is rather long as well
            """
        for mode in DiagramMode.allCases {
            let layout = try layout(text, hop: 5_000_000, DiagramStyle(mode: mode))
            #expect(layout.width <= 80)
        }
        #expect(try self.layout(text, DiagramStyle(width: 300)).width > 120)
    }

    @Test func aShortDiagramTakesNoMoreThanItsTexts() throws {
        let diagram = try DiagramReader.read("sequenceDiagram\nA->>B: go\n")
        #expect(DiagramLayout(MeasuredDiagram(diagram)).width == 14)
    }

    // MARK: Moments

    private let page = """
        participant web
        participant sql
        web->>+sql: query
        Note over sql: 300ms
        sql-->>-web: rows
        web->>sql: more
        """

    private func frame(_ layout: DiagramLayout, now: Int64?) -> Frame {
        var frame = Frame(size: Size(width: layout.width, height: layout.height))
        DiagramDrawing(layout, now: now).draw(into: &frame, in: frame.bounds)
        return frame
    }

    private func style(of word: String, in frame: Frame) -> Style? {
        for (y, row) in frame.rows.enumerated() {
            if let range = row.firstRange(of: word) {
                return frame[row.distance(from: row.startIndex, to: range.lowerBound), y].style
            }
        }
        return nil
    }

    @Test func whatIsToComeIsMutedAndTheLatestStandsOut() throws {
        let layout = try layout(page, hop: 10_000_000)
        let frame = frame(layout, now: 5_000_000)
        #expect(style(of: "query", in: frame) == Style(.accent, .bold))
        #expect(style(of: "rows", in: frame) == Style(.muted, .dim))
        #expect(style(of: "more", in: frame) == Style(.muted, .dim))
        #expect(!frame.rows.joined().contains("320 ms"))
        let later = self.frame(layout, now: 310_000_000)
        #expect(style(of: "query", in: later) == .text)
        #expect(style(of: "rows", in: later) == Style(.accent, .bold))
        #expect(later.rows.joined().contains("320 ms"))
    }

    @Test func theCursorMovesNothing() throws {
        let layout = try layout(page, hop: 10_000_000)
        let whole = frame(layout, now: nil).rows
        for now in stride(from: Int64(-1), to: 400_000_000, by: 30_000_000) {
            for (row, before) in zip(frame(layout, now: now).rows, whole) {
                for (one, other) in zip(row, before) { #expect(one == other || one == " ") }
            }
        }
    }

    @Test func onlyPassagesSoFarAreCounted() throws {
        let layout = try layout("loop 3 times\nA->>B: poll\nend", hop: 10_000_000)
        #expect(frame(layout, now: 5_000_000).rows.joined().contains("poll ─"))
        #expect(frame(layout, now: 15_000_000).rows.joined().contains("poll ×2 ─"))
        #expect(frame(layout, now: nil).rows.joined().contains("poll ×3 ─"))
    }

    @Test func aSectionThatWasNotTakenIsMuted() throws {
        let layout = try layout("alt hit\nA->>B: one\nelse miss\nA->>B: two\nNote over A: three\nend", hop: 1_000_000)
        let frame = frame(layout, now: nil)
        #expect(style(of: "one", in: frame) == .text)
        for word in ["else", "two", "three"] { #expect(style(of: word, in: frame)?.role == .muted, "\(word)") }
    }

    @Test func theWindowFollowsTheLatestMessage() throws {
        let calls = (0..<40).map { "p\($0 % 8)->>p\(($0 + 1) % 8): call \($0)" }.joined(separator: "\n")
        let layout = try layout(calls, hop: 10_000_000, DiagramStyle(width: 60, isDense: true))
        for call in 0..<40 {
            let drawing = DiagramDrawing(layout, now: Int64(call) * 10_000_000)
            var frame = Frame(size: Size(width: 60, height: 10))
            let window = drawing.windowOnLatest(in: frame.size)
            drawing.draw(into: &frame, in: frame.bounds, scrollX: window.x, scrollY: window.y)
            #expect(frame.rows.contains { $0.contains("call \(call) ") }, "call \(call)")
        }
    }

    // MARK: Large

    @Test func aHundredThousandMessagesAreLaidOutAndDrawn() {
        let ids = (0..<20).map { "p\($0)" }
        let statements = (0..<100_000).map { number in
            Statement.message(
                Diagrams.Message(
                    number: number, from: ids[number % 20], to: ids[number * 7 % 20], arrow: Arrow(.solid, .filled),
                    text: "message \(number)", activates: number % 3 == 0))
        }
        let diagram = Diagram(participants: ids.map { Participant(id: $0) }, statements: statements)
        let passages = (0..<100_000).map { number in
            [MeasuredDiagram.Passage(sent: Int64(number) * 1000, arrives: Int64(number) * 1000 + 1_000_000_000)]
        }
        for mode in DiagramMode.allCases {
            let layout = DiagramLayout(
                MeasuredDiagram(diagram, passages: passages, duration: 2_000_000_000), style: DiagramStyle(mode: mode))
            #expect(layout.height > 100_000)
            var frame = Frame(size: Size(width: 200, height: 60))
            DiagramDrawing(layout).draw(into: &frame, in: frame.bounds, scrollX: 0, scrollY: layout.height)
            #expect(frame.rows.contains { $0.contains("│") })
        }
    }

    @Test func aThousandNestedBlocksAreDrawn() {
        var inner: [Statement] = [
            .message(Diagrams.Message(number: 0, from: "A", to: "B", arrow: Arrow(.solid, .filled), text: "deep"))
        ]
        for level in (0..<1000).reversed() {
            inner = [.block(Block(.opt, sections: [Block.Section(label: "level \(level)", statements: inner)]))]
        }
        let diagram = Diagram(participants: [Participant(id: "A"), Participant(id: "B")], statements: inner)
        let layout = DiagramLayout(MeasuredDiagram(diagram))
        #expect(layout.height == 2005)
        let text = DiagramText(MeasuredDiagram(diagram)).lines
        #expect(text.contains { $0.contains("├── deep ─") })
        #expect(text.contains { $0.contains("opt [level 999]") })
    }

    @Test func aThousandParticipantsAndAsManyBarsAreDrawn() {
        let ids = (0..<1000).map { "p\($0)" }
        let statements =
            (0..<1000).map { number in
                Statement.message(
                    Diagrams.Message(
                        number: number, from: ids[number], to: ids[999 - number], arrow: Arrow(.solid, .filled),
                        text: "m\(number)", activates: true))
            } + Array(repeating: .activate("p0"), count: 1000)
        let diagram = Diagram(participants: ids.map { Participant(id: $0) }, statements: statements)
        let layout = DiagramLayout(MeasuredDiagram(diagram))
        #expect(layout.width > 5000)
        #expect(layout.height > 1000)
    }

    @Test func whatTheReaderWouldNotGiveIsNoProblem() {
        let message = Diagrams.Message(number: 7, from: "A", to: "nobody", arrow: Arrow(.solid, .filled))
        let diagram = Diagram(
            participants: [Participant(id: "A"), Participant(id: "A")],
            statements: [
                .message(message), .deactivate("A"), .activate("x"), .create("A"), .destroy("y"),
                .note(Note(place: .over, participants: [], text: "nowhere")),
                .block(Block(.alt, sections: [])), .autonumber(.on(start: .max, step: .max)),
                .message(Diagrams.Message(number: -1, from: "A", to: "A", arrow: Arrow(.solid, .both), text: "x")),
            ])
        let measured = MeasuredDiagram(
            diagram, passages: [[.init(sent: .max, arrives: .min), .init(sent: .min, arrives: .max)]], duration: nil)
        for mode in DiagramMode.allCases { #expect(DiagramText(measured, style: DiagramStyle(mode: mode)).text != "") }
    }
}
