import Analysis
import TerminalKit
import Trace

/// Turns what spans were doing into cells along a scale of time.
struct WaterfallBars {
    struct Cell: Hashable {
        var look: WaterfallParts.Look
        var isCritical: Bool

        init(_ look: WaterfallParts.Look, isCritical: Bool) {
            self.look = look
            self.isCritical = isCritical
        }

        func glyph(_ glyphs: Glyphs) -> Character {
            let isASCII = glyphs.repertoire == .ascii
            return switch look {
            case .service, .cache: isCritical ? glyphs.full : isASCII ? "-" : glyphs.heavyHorizontal
            case .queue: glyphs[.queued]
            case .network: glyphs.dashedHorizontal
            case .wait: glyphs[.waiting]
            case .held: isASCII ? "_" : glyphs.horizontal
            case .gap: isASCII ? "?" : glyphs.empty
            }
        }

        func style(hue: Role) -> Style {
            switch look {
            case .held: Style(.border)
            case .wait: Style(.wait)
            case .gap: Style(.muted, isCritical ? .bold : [])
            default: Style(hue, isCritical ? .bold : [])
            }
        }

        /// What hides what where several share a cell.
        fileprivate var rank: Int {
            let look =
                switch look {
                case .held: 1
                case .network: 2
                case .gap, .queue: 3
                case .service, .cache, .wait: 4
                }
            return look + (isCritical ? 10 : 0)
        }
    }

    /// The left end of the scale.
    let start: VirtualTime
    /// In nanoseconds; at least 1.
    let length: Int64
    let width: Int

    init(_ scale: Stretch, width: Int) {
        start = scale.from
        length = max(1, scale.nanoseconds)
        self.width = width
    }

    /// The column in which a moment lies; ``width`` for the end.
    func x(of time: VirtualTime) -> Int {
        let share = (Double(time.nanoseconds) - Double(start.nanoseconds)) / Double(length)
        return Int((min(max(share, 0), 1) * Double(width)).rounded())
    }

    /// The cells of a row. Where spans that share a row differ, what is on the critical path hides what is not, service
    /// hides the queue, and that hides the network.
    func cells(of row: WaterfallRow, _ parts: WaterfallParts) -> [(column: Int, cell: Cell)] {
        guard width > 0 else { return [] }
        var cells = [Cell?](repeating: nil, count: width)
        for span in row.spans {
            for part in parts.parts(of: span) { fill(&cells, part) }
        }
        return cells.enumerated().compactMap { column, cell in cell.map { (column, $0) } }
    }

    private func fill(_ cells: inout [Cell?], _ part: WaterfallParts.Part) {
        let cell = Cell(part.look, isCritical: part.isCritical)
        let from = min(x(of: part.stretch.from), width - 1)
        let to = x(of: part.stretch.to)
        // Something short is still something, unless its neighbours hide it.
        if to <= from {
            if cells[from] == nil { cells[from] = cell }
            return
        }
        for column in from..<to where cells[column]?.rank ?? 0 <= cell.rank { cells[column] = cell }
    }
}

extension TraceIndex {
    /// When a request ends, or when the last thing happens for it.
    func lastMoment(of request: RequestInfo) -> VirtualTime {
        request.end ?? events(of: request.id).last.flatMap { trace[$0]?.time } ?? request.start
    }
}
