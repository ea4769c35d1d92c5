import Analysis
import TerminalKit
import Trace

/// Turns spans into cells along a scale of time that ends where the request does.
struct WaterfallBars {
    struct Cell: Hashable {
        var phase: CriticalPath.Phase
        var isCritical: Bool

        init(_ phase: CriticalPath.Phase, isCritical: Bool) {
            self.phase = phase
            self.isCritical = isCritical
        }

        func glyph(_ glyphs: Glyphs) -> Character {
            let isASCII = glyphs.repertoire == .ascii
            return switch phase {
            case .service, .cache: isCritical ? glyphs.full : isASCII ? "-" : glyphs.heavyHorizontal
            case .queue: glyphs[.queued]
            case .network: glyphs.dashedHorizontal
            case .wait: glyphs[.waiting]
            case .own: isASCII ? "_" : glyphs.horizontal
            }
        }

        func style(hue: Role) -> Style {
            switch phase {
            case .own: Style(.border)
            case .wait: Style(.wait)
            default: Style(hue, isCritical ? .bold : [])
            }
        }
    }

    let start: VirtualTime
    /// From the start of the request to its end, in nanoseconds; at least 1.
    let length: Int64
    let width: Int
    private let phases: SpanPhases

    init(request: RequestInfo, last: VirtualTime, width: Int, phases: SpanPhases) {
        self.phases = phases
        start = request.start
        length = max(1, last.nanoseconds - request.start.nanoseconds)
        self.width = width
    }

    /// The column in which an offset lies; ``width`` for the end.
    func x(of offset: Int64) -> Int {
        let share = Double(offset) / Double(length)
        return Int((min(max(share, 0), 1) * Double(width)).rounded())
    }

    /// The cells of a row. Where spans that share a row differ, what is on the critical path hides what is not, service
    /// hides the queue, and that hides the network.
    func cells(of row: WaterfallRow, path: CriticalPath) -> [(column: Int, cell: Cell)] {
        guard width > 0 else { return [] }
        var cells = [Cell?](repeating: nil, count: width)
        for span in row.spans {
            let isInstant = span.duration == 0
            for part in phases.phases(of: span) where isInstant || part.nanoseconds > 0 {
                fill(&cells, part, isCritical: false)
            }
            for part in path.segments where part.span == span.id { fill(&cells, part, isCritical: true) }
        }
        return cells.enumerated().compactMap { column, cell in cell.map { (column, $0) } }
    }

    private func fill(_ cells: inout [Cell?], _ part: CriticalPath.Segment, isCritical: Bool) {
        let from = min(x(of: part.from.nanoseconds - start.nanoseconds), width - 1)
        let to = x(of: part.to.nanoseconds - start.nanoseconds)
        // Something short is still something, unless its neighbours hide it.
        if to <= from {
            if cells[from] == nil { cells[from] = Cell(part.phase, isCritical: isCritical) }
            return
        }
        for column in from..<to where rank(cells[column]) <= rank(Cell(part.phase, isCritical: isCritical)) {
            cells[column] = Cell(part.phase, isCritical: isCritical)
        }
    }

    private func rank(_ cell: Cell?) -> Int {
        guard let cell else { return 0 }
        let phase =
            switch cell.phase {
            case .own: 1
            case .network: 2
            case .queue: 3
            case .service, .cache, .wait: 4
            }
        return phase + (cell.isCritical ? 10 : 0)
    }
}

extension TraceIndex {
    /// When a request ends, or when the last thing happens for it.
    func lastMoment(of request: RequestInfo) -> VirtualTime {
        request.end ?? events(of: request.id).last.flatMap { trace[$0]?.time } ?? request.start
    }
}
