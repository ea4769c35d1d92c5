import Analysis
import TerminalKit
import Trace

/// What stands below the bars: about the selected span, or what the signs mean.
struct WaterfallNotes {
    let context: PanelContext
    let request: RequestInfo
    let parts: WaterfallParts
    let errors: RequestErrors
    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    /// `self 60 ms · overlaps rest 120 ms · gap 20 ms`, each part after a blank where there is room for it.
    func about(_ span: TraceSpan, width: Int) -> StyledText {
        var notes: [StyledText] = []
        if let origin = errors.origin(of: span.id), origin != span.id, let source = context.index.span(origin) {
            let mark = Mark.failed
            notes.append(
                StyledText("\(glyphs[mark]) \(context.text("began in", "empezó en")) ", Style(mark.role))
                    + WaterfallLabel(context: context).name(source))
        } else if errors[span.id] == .origin {
            let mark = EventSentence.mark(span.outcome) ?? .failed
            let word = context.text("the error began here", "el error empezó aquí")
            notes.append(StyledText("\(glyphs[mark]) \(word)", Style(mark.role)))
        }
        notes += skew(span)
        if let times = parts.times[span.id], times.whole.nanoseconds > 0 {
            let own = numbers.duration(times.own.nanoseconds)
            notes.append(StyledText(context.text("self ", "propio "), .muted) + StyledText(own))
            if !times.gaps.isEmpty, context.index.children(of: span.id).isEmpty || span.kind != .call {
                let gap = numbers.duration(times.gaps.nanoseconds)
                notes.append(StyledText(context.text("gaps ", "huecos "), .muted) + StyledText(gap))
            }
        }
        notes += overlaps(span)
        var line = StyledText()
        for note in notes where line.isEmpty || line.width + 2 + note.width <= width {
            line += StyledText(line.isEmpty ? "" : "  ") + note
        }
        return line
    }

    /// With which calls it overlaps, the longest first; not with what it holds or is held by.
    private func overlaps(_ span: TraceSpan) -> [StyledText] {
        guard span.kind == .call || span.kind == .cacheLookup else { return [] }
        let calls = context.index.spans(of: request.id).filter { other in
            (other.kind == .call || other.kind == .cacheLookup) && other.id != span.id
                && !isHeld(other, by: span.id) && !isHeld(span, by: other.id)
        }
        let overlaps = calls.map { ($0, parts.times.overlap(of: span.id, and: $0.id)) }.filter { $0.1 > 0 }
            .sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }
        return overlaps.enumerated().map { place, overlap in
            let name = context.trace.name(overlap.0.component)
            let word = place == 0 ? context.text("overlaps ", "coincide con ") : ""
            return StyledText(word, .muted) + StyledText(name, Style(context.trace.hue(of: overlap.0.component)))
                + StyledText(" " + numbers.duration(overlap.1))
        }
    }

    private func isHeld(_ span: TraceSpan, by holder: SpanID) -> Bool {
        var now = span
        while let parent = context.index.span(now.parent), parent.startEvent < now.startEvent {
            if parent.id == holder { return true }
            now = parent
        }
        return false
    }

    private func skew(_ span: TraceSpan) -> [StyledText] {
        guard context.clocks != nil,
            let call = RecordedCall(span, in: context.index, context.run.clocks, at: context.cursor),
            let skew = call.estimatedSkew, skew != 0
        else { return [] }
        let amount = numbers.duration(Int64(skew.magnitude))
        let name = context.trace.name(call.callee)
        return [
            StyledText(
                skew > 0
                    ? context.text("clock of \(name) ahead by \(amount)", "el reloj de \(name) adelanta \(amount)")
                    : context.text("clock of \(name) behind by \(amount)", "el reloj de \(name) atrasa \(amount)"),
                Style(.warn))
        ]
    }

    /// What lies between two services is as wrong as their clocks.
    private var network: String {
        context.clocks == nil ? context.text("network", "red") : context.text("network or clocks", "red o relojes")
    }

    /// What the signs mean, as far as they occur.
    func legend(_ cells: Set<WaterfallBars.Cell>, hasPropagated: Bool, width: Int) -> StyledText {
        let names: [(WaterfallBars.Cell, String)] = [
            (.init(.service, isCritical: true), context.text("critical path", "ruta crítica")),
            (.init(.service, isCritical: false), context.text("other work", "otro trabajo")),
            (.init(.queue, isCritical: true), context.text("queue", "cola")),
            (.init(.network, isCritical: true), network),
            (.init(.wait, isCritical: true), context.text("wait", "espera")),
            (.init(.gap, isCritical: true), context.text("gap", "hueco")),
        ]
        var entries: [(sign: String, style: Style, name: String)] = names.compactMap { cell, name in
            let occurs = cell.look == .service ? cells.contains(cell) : cells.contains { $0.look == cell.look }
            return occurs ? (String(cell.glyph(glyphs)), .text, name) : nil
        }
        if hasPropagated {
            entries.append((String(glyphs.upwards), Style(.fail), context.text("error from below", "error de abajo")))
        }
        if context.clocks != nil { entries.append(("t", Style(.key), context.text("true times", "horas reales"))) }
        var text = StyledText()
        for entry in entries {
            let space = text.isEmpty ? "" : "  "
            guard text.width + space.count + 2 + Text.width(entry.name) <= width else { continue }
            text.append(space)
            text.append("\(entry.sign) ", entry.style)
            text.append(entry.name, .muted)
        }
        return text
    }
}
