import Analysis
import TerminalKit
import Trace

extension PanelContext {
    /// The clocks by which times are shown; `nil`: the true times: the clocks agree, or the student asks for them.
    var clocks: Clocks? { run.clocks.areSkewed && !showsTrueTimes ? run.clocks : nil }

    /// From the start of a request to its end, and as much more as messages without a waiter and wrong clocks take.
    func scale(of request: RequestInfo) -> Stretch {
        var scale = Stretch(from: request.start, to: index.lastMoment(of: request))
        let spans = index.spans(of: request.id)
        guard clocks != nil || spans.contains(where: \.isDetached) else { return scale }
        func include(_ time: VirtualTime, by component: NameID) {
            let time = clocks?.recorded(time, by: component) ?? time
            scale = Stretch(from: min(scale.from, time), to: max(scale.to, time))
        }
        include(request.start, by: request.client)
        for span in spans.lazy.map({ $0.asWorked(in: index.trace) }) {
            let end = span.end ?? scale.to
            include(span.start, by: index.caller(of: span))
            include(end, by: index.caller(of: span))
            guard span.kind == .call else { continue }
            for time in [span.arrived, span.serviceFinished].compactMap({ $0 }) where time <= end {
                include(time, by: span.component)
            }
        }
        return scale
    }
}

/// Round numbers above the bars, counted from the start of the request.
struct WaterfallAxis {
    let context: PanelContext
    let bars: WaterfallBars
    /// Of the request, as shown.
    let origin: VirtualTime

    /// - Parameter rect: a row: its left end is that of the bars, its right end as far as labels may reach.
    func draw(into frame: inout Frame, in rect: Rect) {
        let inSeconds = bars.length >= 10_000_000_000
        let unit: Double = inSeconds ? 1e9 : 1e6
        let from = Double(bars.start.nanoseconds - origin.nanoseconds) / unit
        let axis = Axis(from...(from + Double(bars.length) / unit), ticks: max(3, bars.width / 8 + 1))
        var free = rect.x
        for tick in axis.ticks {
            let ending = tick == axis.ticks.last ? (inSeconds ? " s" : " ms") : ""
            let text = axis.label(tick, context.numbers.decimalSign) + ending
            let moment = origin.advanced(byNanoseconds: Int64((tick * unit).rounded()))
            let place = min(rect.x + bars.x(of: moment), rect.maxX - Text.width(text))
            guard place >= free else { continue }
            free = frame.write(text, x: place, y: rect.y, style: .muted, clip: rect) + 1
        }
    }
}
