import Analysis
import TerminalKit
import Trace

// The panels about one request: what it did, in order.

extension PanelContext {
    /// The same with signs that ``Speech`` knows how to leave out.
    var signed: PanelContext {
        var context = self
        context.glyphs = .unicode
        return context
    }

    /// The request that the panels show, if it has started.
    var startedRequest: RequestInfo? { request.flatMap { hasStarted($0) ? $0 : nil } }

    /// What happened for the request so far, event by event: of a long story the beginning and the end.
    var storyOfRequest: [String] {
        guard let request = startedRequest else { return [noRequestText] }
        let events = index.events(of: request.id).filter { cursor.includes($0) }.compactMap { trace[$0] }
            .filter { !EventSentence($0, in: self).isMinor }
        let most = 30
        func told(_ events: some Sequence<Event>) -> [String] { events.map { PassageSpeech.sentence(of: $0, self) } }
        guard events.count > most else { return told(events) }
        let left = counted(events.count - most, ("event is", "events are"), ("evento", "eventos"))
        return told(events.prefix(most / 2))
            + [text("\(left) left out here.", "Omitidos aquí: \(left).")]
            + told(events.suffix(most / 2))
    }
}

extension SequencePanel {
    public func spoken(_ context: PanelContext) -> [String] { context.storyOfRequest }
}

extension DiagramPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        guard context.run.diagram != nil else {
            return [context.text("This scenario has no diagram.", "Este escenario no tiene diagrama.")]
        }
        return context.storyOfRequest
    }
}

extension TracePanel {
    /// The spans, each with what it is inside of, when it began and how long it took.
    public func spoken(_ context: PanelContext) -> [String] {
        guard let request = context.startedRequest else { return [context.noRequestText] }
        let parts = WaterfallParts(of: request.id, in: context.index, at: context.cursor, by: context.clocks)
        let notes = WaterfallNotes(
            context: context.signed, request: request, parts: parts,
            errors: RequestErrors(of: request.id, in: context.index, at: context.cursor))
        let rows = WaterfallRow.rows(of: request, in: context.index, at: context.cursor, height: 24)
        var holders: [String] = []
        return rows.map { row in
            let name = WaterfallLabel(context: context.signed).text(row, isCritical: false, width: 60).plain
            let words = Speech.unsigned(name)
            holders = Array(holders.prefix(row.depth)) + [words]
            let inside = row.depth > 0 && row.depth <= holders.count - 1 ? holders[row.depth - 1] : nil
            return line(row.first, words, inside: inside, request, context)
                + Speech.unsigned("; " + notes.about(row.first, width: 200).plain.replacing("  ", with: "; "))
        }.map(Speech.sentence)
    }

    private func line(
        _ span: TraceSpan, _ name: String, inside: String?, _ request: RequestInfo, _ context: PanelContext
    ) -> String {
        let start = context.numbers.duration(span.start.nanoseconds - request.start.nanoseconds)
        let length = span.duration.map(context.numbers.duration)
        let within = inside.map { context.text(" inside \($0)", " dentro de \($0)") } ?? ""
        let took = length.map { context.text("takes \($0)", "dura \($0)") } ?? context.text("goes on", "sigue")
        let failed = span.hasFailed ? ", \(context.outcomeWord(span.outcome))" : ""
        return context.text("\(name)\(within): from \(start), \(took)", "\(name)\(within): desde \(start), \(took)")
            + failed
    }
}

extension HopsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        guard let request = context.startedRequest else { return [context.noRequestText] }
        let identity = TraceIdentity(context.run.digest)
        let calls = Self.calls(of: request, context)
        let head = context.text("Trace ", "Traza ") + identity.traceID(request.id)
        return [Speech.sentence(head)]
            + calls.flatMap { call in
                HopLines(context.signed, call, identity).lines(width: 200).map { line in
                    Speech.sentence(
                        Speech.plain(Speech.unsigned(line.plain, keepsArrows: true), context.language).singleBlanked)
                }
            }
    }
}

extension AnswerPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let context = answered(context)
        guard let request = context.startedRequest else { return [context.noRequestText] }
        let parts = AnswerParts(of: request.id, in: context.index, at: context.cursor).parts
        let words = AnswerWords(context: context.signed)
        let verdict = words.name(AnswerVerdict(request, parts, at: context.cursor))
        let latency = request.latency.map { ", \(context.numbers.duration($0))" } ?? ""
        let number = context.requestNote
        return [Speech.sentence("\(number), \(context.trace.name(request.flow)): \(verdict)\(latency)")]
            + parts.map { part in
                let time = words.time(part).plain
                let fate = Speech.unsigned(words.fate(part).plain)
                let name = words.name(part).plain
                let told = fate.isEmpty ? context.text("on its way", "en camino") : fate
                return Speech.sentence("\(name): \(told)\(time.isEmpty ? "" : ", \(time)")")
            }
    }
}

extension RequestsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let rows = RequestRows(context)
        guard !rows.requests.isEmpty else {
            return [context.text("No request has ended yet.", "Aún no ha terminado ninguna petición.")]
        }
        func line(_ request: RequestInfo) -> String {
            let id = TraceIdentity.correlationID(request.id, in: context.index) ?? ""
            let latency = request.latency.map(context.numbers.duration) ?? ""
            let fate = request.outcome.isSuccess ? "" : ", \(context.outcomeWord(request.outcome))"
            return Speech.sentence("\(id), \(context.trace.name(request.flow)): \(latency)\(fate)")
        }
        let failed = rows.failed.prefix(8).map(line)
        let slowest = rows.slowest.prefix(8).map(line)
        return
            (failed.isEmpty
            ? [] : [context.text("Failed, the newest first:", "Fallidas, las últimas primero:")] + failed)
            + (slowest.isEmpty ? [] : [context.text("The slowest:", "Las más lentas:")] + slowest)
    }
}

extension ComparePanel {
    public func spoken(_ context: PanelContext) -> [String] {
        guard context.startedRequest != nil else { return [context.noRequestText] }
        guard let pair = ComparedPair(context) else {
            return [context.text("There is nothing to compare with yet.", "Aún no hay con qué comparar.")]
        }
        let numbers = context.numbers
        let comparison = pair.comparison
        let (left, right) = (numbers.duration(comparison.leftLatency), numbers.duration(comparison.rightLatency))
        let head = context.text(
            "\(pair.leftName) took \(left), \(pair.rightName) \(right).",
            "\(pair.leftName) tardó \(left); \(pair.rightName), \(right).")
        return [head]
            + comparison.rows.compactMap { row in
                guard let span = row.right ?? row.left else { return nil }
                // A span that only the earlier run has bears names of that run.
                var own = context.signed
                if row.right == nil, let earlier = context.earlier, earlier.index === pair.left.index {
                    own.run = earlier
                }
                let name = Speech.unsigned(WaterfallLabel(context: own).name(span).plain)
                func time(_ span: TraceSpan?, _ duration: Int64) -> String {
                    span == nil ? context.text("none", "ninguna") : numbers.duration(duration)
                }
                let times = (time(row.left, row.leftDuration), time(row.right, row.rightDuration))
                let path = row.pathDifference
                let adds = numbers.duration(Int64(clamping: path.magnitude))
                let change =
                    path == 0
                    ? ""
                    : path > 0
                        ? context.text(", adds \(adds)", ", añade \(adds)")
                        : context.text(", saves \(adds)", ", ahorra \(adds)")
                return Speech.sentence(
                    context.text("\(name): \(times.0) and \(times.1)", "\(name): \(times.0) y \(times.1)") + change)
            }
    }
}
