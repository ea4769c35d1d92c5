import Analysis
import TerminalKit
import Trace

/// What the run costs: requests, latency and load, over a window that ends at the cursor.
public struct MetricsPanel: Panel {
    public let kind = PanelKind.metrics

    public init() {}

    public func title(_ context: PanelContext) -> String { context.text("Numbers", "Números") }

    public func note(_ context: PanelContext) -> String {
        let window = min(context.window.wholeNanoseconds, context.cursor.time.nanoseconds)
        let length = context.numbers.duration(window)
        let stretch =
            window < context.cursor.time.nanoseconds
            ? context.text("last \(length)", "últimos \(length)") : context.text("so far", "hasta ahora")
        let numbers = MetricsNumbers(context)
        let hasFailures = [numbers.now, numbers.before].contains { $0?.flows.contains { $0.failed > 0 } ?? false }
        return hasFailures ? "\(context.failedTooLegend) \(context.glyphs.separator) \(stretch)" : stretch
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let numbers = MetricsNumbers(context)
        if numbers.before != nil {
            MetricsComparison(context: context, numbers: numbers).draw(in: rect, into: &frame)
        } else if rect.height < 4 {
            MetricsLines(context: context, now: numbers.now).draw(in: rect, into: &frame)
        } else {
            MetricsTables(context: context, now: numbers.now).draw(in: rect, into: &frame)
        }
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        guard size.height >= 4 else { return nil }
        let numbers = MetricsNumbers(context)
        return numbers.before == nil
            ? MetricsTables(context: context, now: numbers.now).extent(in: size)
            : MetricsComparison(context: context, numbers: numbers).extent(height: size.height)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}

/// The numbers of the window, and those of the earlier run at the same moment.
struct MetricsNumbers {
    var now: RunMetrics
    var before: RunMetrics?

    /// Two runs are compared at the end of an instant: in the midst of it, as many events of one have come as far as
    /// others of the other.
    init(_ context: PanelContext) {
        let cursor = context.earlier == nil ? context.cursor : context.cursor(in: context.run)
        now = RunMetrics.over(context.index, last: context.window, at: cursor)
        before = context.earlier.map { run in
            RunMetrics.over(run.index, last: context.window, at: context.cursor(in: run))
        }
    }
}

extension PanelContext {
    /// `p50`, or `p50 +✗` where requests or calls that failed are measured too: what fails at once is fast.
    func percentile(_ name: String, hasFailures: Bool) -> String { hasFailures ? "\(name) \(failedToo)" : name }

    private var failedToo: String { "+\(glyphs[.failed])" }

    /// What ``percentile(_:hasFailures:)`` says.
    var failedTooLegend: String { "\(failedToo) \(text("failed too", "con fallidas"))" }

    /// A latency, or a sign that there is none.
    func latencyText(_ nanoseconds: Int64?) -> String {
        nanoseconds.map(numbers.duration) ?? String(glyphs.missing)
    }

    /// How many rows a list has above and below those that are shown: `+3 more`.
    func leftOutText(before: Int, after: Int) -> String {
        if before == 0 { return text("+\(numbers.count(after)) more", "+\(numbers.count(after)) más") }
        let (above, below) = (numbers.count(before), numbers.count(after))
        if after == 0 { return text("\(above) above", "\(above) arriba") }
        return text("\(above) above, \(below) below", "\(above) arriba, \(below) abajo")
    }

    /// A name in its component's colour.
    func component(_ name: NameID) -> StyledText { StyledText(trace.name(name), Style(trace.hue(of: name), .bold)) }

    /// A count that is bad news unless it is zero.
    func badCount(_ count: Int) -> StyledText {
        StyledText(numbers.count(count), count == 0 ? .muted : Style(.fail, .bold))
    }

    /// Calls in service of so many slots, and those that wait: `3/5 ▒2`; `24 at work` where there is no limit.
    func loadText(_ backend: BackendMetrics) -> String {
        let count = numbers.count(backend.inFlight)
        guard let capacity = backend.capacity else { return text("\(count) at work", "\(count) dentro") }
        let queue = backend.queued > 0 ? " \(glyphs[.queued])\(numbers.count(backend.queued))" : ""
        return "\(count)/\(numbers.count(capacity))\(queue)"
    }

    /// How busy a backend was in the window, in so many steps whose edges stand still while time passes.
    func activity(of backend: NameID, steps: Int) -> Sparkline {
        let step = max(1, window.wholeNanoseconds / Int64(max(1, steps)))
        let last = (cursor.time.nanoseconds + step - 1) / step
        let series = TimeSeries(
            index, .backend(backend), from: VirtualTime(nanoseconds: (last - Int64(steps)) * step),
            to: VirtualTime(nanoseconds: last * step), count: steps, cursor: cursor)
        let values = series.buckets.map { Optional(Double($0.maxInFlight)) }
        return Sparkline(values, style: Style(trace.hue(of: backend)))
    }
}
