import Analysis
import TerminalKit
import Trace

/// The histogram of one backend: its figures, columns over a common scale, what it can serve, and the axis of time.
struct ArrivalChart {
    let context: PanelContext
    let scale: ArrivalScale
    let backend: BackendMetrics
    /// As known at the cursor.
    let arrivals: ArrivalHistogram
    /// The most in one column of this run and the one beside it.
    private let highest: Int
    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    init(_ context: PanelContext, _ scale: ArrivalScale, of backend: BackendMetrics) {
        self.context = context
        self.scale = scale
        self.backend = backend
        arrivals = Self.histogram(context.run, backend.id, scale, at: context.cursor)
        let runs = [context.run, context.peer, context.earlier].compactMap { $0 }
        let name = context.trace.name(backend.id)
        highest =
            runs.compactMap { run in
                run.trace.names.find(name).map { Self.histogram(run, $0, scale, at: run.trace.lastCursor).peak }
            }.max() ?? 0
    }

    private static func histogram(
        _ run: RunView, _ backend: NameID, _ scale: ArrivalScale, at cursor: Cursor
    ) -> ArrivalHistogram {
        ArrivalHistogram(
            run.index, backend: backend, from: .zero, to: scale.end, width: .nanoseconds(scale.bucket), at: cursor)
    }

    /// Calls that the backend can serve in a column's time; `nil`: it has no limit, or nothing was served yet.
    private var capacity: Double? {
        guard let slots = backend.capacity, let service = backend.service, service.mean > 0 else { return nil }
        return Double(slots) * Double(scale.bucket) / service.mean
    }

    // MARK: Drawing

    /// - Parameter gutter: columns for the numbers at the left.
    func draw(gutter: Int, hasLabels: Bool, in rect: Rect, into frame: inout Frame) {
        let rows = rect.height - 2 - (hasLabels ? 1 : 0)
        let heading = heading(width: rect.width)
        frame.write(heading, x: rect.x, y: rect.y, clip: rect)
        guard rows > 0 else { return }
        let width = min(scale.count * scale.cells, rect.width - gutter)
        let plot = Rect(x: rect.x + gutter, y: rect.y + 1, width: width, height: rows)
        let capacity = capacity.flatMap { $0 <= Double(highest) * 1.5 ? $0 : nil }
        let axis = Axis(containing: [Double(highest), capacity ?? 0], ticks: max(2, min(rows / 2 + 1, 9)))
        drawNumbers(axis, beside: plot, into: &frame, clip: rect)
        let columns = Columns(
            arrivals.buckets.map { Double($0.count) }, maximum: axis.range.upperBound,
            style: Style(context.trace.hue(of: backend.id)))
        frame.draw(columns, in: plot, glyphs: glyphs)
        if let capacity { drawCapacity(capacity, axis, in: plot, into: &frame, clip: rect) }
        drawPeak(axis, in: plot, into: &frame, clip: rect)
        let rule = TimeRule(from: 0, to: scale.end.nanoseconds, context: context)
        let line = Rect(x: plot.x, y: plot.maxY, width: width, height: hasLabels ? 2 : 1)
        rule.draw(isJoined: true, in: line, into: &frame)
        rule.drawHappenings(in: line, into: &frame)
    }

    private func drawNumbers(_ axis: Axis, beside plot: Rect, into frame: inout Frame, clip: Rect) {
        let x = plot.x - 1
        for y in plot.y..<plot.maxY {
            frame.write(String(glyphs.vertical), x: x, y: y, style: Style(.border), clip: clip)
        }
        frame.write(String(glyphs.cross), x: x, y: plot.maxY, style: Style(.border), clip: clip)
        var free = plot.maxY + 1
        for tick in axis.ticks where tick == tick.rounded() {
            let label = numbers.count(Int(tick))
            let y = plot.maxY - Int((axis.share(tick) * Double(plot.height)).rounded())
            guard y < free else { continue }
            free = y
            frame.write(label, x: x - 1 - Text.width(label), y: y, style: .muted, clip: clip)
            if y < plot.maxY {
                frame.write(String(glyphs.teeLeft), x: x, y: y, style: Style(.border), clip: clip)
            }
        }
    }

    /// A line over what is empty: columns that reach above it stand in front of it.
    private func drawCapacity(
        _ capacity: Double, _ axis: Axis, in plot: Rect, into frame: inout Frame, clip: Rect
    ) {
        let row = min(plot.height - 1, Int(axis.share(capacity) * Double(plot.height)))
        let y = plot.maxY - 1 - row
        for x in plot.x..<plot.maxX where isBlank(x, y, frame) {
            frame.write(String(glyphs.dashedHorizontal), x: x, y: y, style: Style(.warn), clip: clip)
        }
    }

    /// The number of the highest column beside its top, where that is empty.
    private func drawPeak(_ axis: Axis, in plot: Rect, into frame: inout Frame, clip: Rect) {
        guard plot.height >= 3, arrivals.peak > 0,
            let place = arrivals.buckets.firstIndex(where: { $0.count == arrivals.peak })
        else { return }
        let eighths = max(1, Int((axis.share(Double(arrivals.peak)) * Double(plot.height * 8)).rounded()))
        let y = plot.maxY - 1 - (eighths - 1) / 8
        let text = numbers.count(arrivals.peak)
        let column = plot.x + place * scale.cells
        for x in [column + max(1, scale.cells - 1) + 1, column - Text.width(text) - 1] {
            let place = x - 1..<x + Text.width(text) + 1
            guard x > plot.x, x + Text.width(text) <= clip.maxX,
                place.allSatisfy({ isBlank($0, y, frame) || $0 == column || $0 == x - 1 || $0 >= clip.maxX })
            else { continue }
            frame.write(text, x: x, y: y, style: Style(.text, .bold), clip: clip)
            return
        }
    }

    private func isBlank(_ x: Int, _ y: Int, _ frame: Frame) -> Bool {
        guard frame.bounds.contains(Point(x: x, y: y)) else { return false }
        let character = frame[x, y].character
        return character == " " || character == glyphs.dashedHorizontal
    }

    // MARK: Figures

    /// The backend and its figures, the least important left out where there is no room for all.
    func heading(width: Int) -> StyledText {
        let name = context.component(backend.id)
        var fields = fields
        func line() -> StyledText { fields.reduce(name) { $0 + StyledText("  ") + $1.text } }
        while line().width > width, let least = fields.map(\.importance).min() {
            fields.removeAll { $0.importance == least }
        }
        return line().truncated(to: width, ellipsis: glyphs.ellipsis)
    }

    private var fields: [(text: StyledText, importance: Int)] {
        let total = arrivals.total
        let calls = context.counted(total, ("call", "calls"), ("llamada", "llamadas"))
        var fields: [(text: StyledText, importance: Int)] = [
            (StyledText(calls, Style(.text, .bold)), 4)
        ]
        guard total > 0 else { return fields }
        let column = numbers.duration(scale.bucket)
        let peak = numbers.count(arrivals.peak)
        fields.append(
            (StyledText(context.text("at most \(peak) in \(column)", "como mucho \(peak) en \(column)")), 3))
        if let capacity {
            let served = numbers.factor(capacity)
            let line = String(repeating: String(glyphs.dashedHorizontal), count: 2)
            let words = StyledText(context.text("serves \(served)", "atiende \(served)"))
            fields.append((StyledText("\(line) ", Style(.warn)) + words, 1))
        }
        if let last = backend.lastArrival {
            let time = numbers.duration(last.nanoseconds)
            let isDrained = isDrained
            let ok = StyledText(isDrained ? "\(glyphs[.ok]) " : "", Style(.ok))
            let text =
                isDrained
                ? context.text("drained at \(time)", "vaciado a los \(time)")
                : context.text("last at \(time)", "última a los \(time)")
            fields.append((ok + StyledText(text, isDrained ? .text : .muted), 2))
        }
        return fields
    }

    /// Whether nothing arrives any more: not even in the last twentieth of the run.
    private var isDrained: Bool {
        let all = RunMetrics.over(context.index).backends.first { $0.id == backend.id }?.lastArrival
        guard let last = all, last == backend.lastArrival, last < context.cursor.time else { return false }
        return last.nanoseconds < context.trace.end.nanoseconds / 20 * 19
    }
}
