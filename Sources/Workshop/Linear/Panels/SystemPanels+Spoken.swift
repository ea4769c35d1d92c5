import Analysis
import TerminalKit
import Trace

// The panels about the whole system: who is busy, the figures, the log.

extension TopologyPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let state = SystemState(context.index, at: context.cursor)
        let words = FigureWords(context: context)
        let clients = state.clients.map { client in
            let flight = words.count(
                client.inFlight, ("request under way", "requests under way"),
                ("petición en curso", "peticiones en curso"))
            let users = client.users.map { ", " + words.count($0, ("user", "users"), ("usuario", "usuarios")) } ?? ""
            return Speech.sentence("\(context.trace.name(client.name)): \(flight)\(users)")
        }
        let backends = state.backends.map { backend in
            let busy = words.share(backend.inService, of: backend.capacity)
            let queue =
                backend.queued > 0
                ? context.text(", \(backend.queued) in the queue", ", \(backend.queued) en la cola") : ""
            let faults = backend.faults.map { ", " + context.faultText($0.fault, size: $0.size) }.joined()
            return Speech.sentence(
                context.trace.name(backend.name) + context.text(": \(busy) at work", ": \(busy) trabajando") + queue
                    + faults)
        }
        return clients + backends + messages(state, context)
    }

    /// What is on its way, by where it comes from and where it goes.
    private func messages(_ state: SystemState, _ context: PanelContext) -> [String] {
        var counts: [(text: String, count: Int)] = []
        for message in state.messages {
            let (from, to) = (context.trace.name(message.from), context.trace.name(message.to))
            let what =
                message.direction == .call
                ? context.text("calls from \(from) to \(to)", "llamadas de \(from) a \(to)")
                : context.text("answers from \(from) to \(to)", "respuestas de \(from) a \(to)")
            if let place = counts.firstIndex(where: { $0.text == what }) {
                counts[place].count += 1
            } else {
                counts.append((what, 1))
            }
        }
        return counts.map {
            context.text("On their way: \($0.count) \($0.text).", "De camino: \($0.count) \($0.text).")
        }
    }
}

extension MetricsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let metrics = RunMetrics.over(context.index, last: context.window, at: context.cursor)
        let words = FigureWords(context: context)
        let caches = metrics.caches.filter { $0.hits + $0.misses > 0 }.map { cache in
            let hits = words.count(cache.hits, ("hit", "hits"), ("acierto", "aciertos"))
            let misses = words.count(cache.misses, ("miss", "misses"), ("fallo", "fallos"))
            return "\(cache.name): \(hits), \(misses)"
        }
        return
            (metrics.traffic(context.measured).map { "\($0.name): \(words.text(of: $0))" }
            + metrics.backends.map { "\($0.name): \(words.text(of: $0))" } + caches).map(Speech.sentence)
    }
}

extension LatencyPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let words = FigureWords(context: context)
        let flows = RunMetrics.over(context.index, through: context.cursor).flows.filter { $0.latency != nil }
        guard !flows.isEmpty else {
            return [context.text("No request has ended yet.", "Aún no ha terminado ninguna petición.")]
        }
        return flows.map { Speech.sentence("\($0.name): \(words.text(of: TrafficFigures($0)))") }
    }
}

extension LogPanel {
    /// The events up to the selected one, or the newest; and why that happened.
    public func spoken(_ context: PanelContext) -> [String] {
        let count = min(context.cursor.eventCount, context.trace.events.count)
        guard count > 0 else { return [context.text("Nothing has happened yet.", "Aún no ha pasado nada.")] }
        let focus = context.selection.event.flatMap { context.cursor.includes($0) ? Int($0.rawValue) : nil } ?? count
        let events = (max(1, focus - 7)...focus).compactMap { context.trace[EventID(UInt32($0))] }
        let reasons = EventReasons(context: context).reasons(of: EventID(UInt32(focus)), limit: 3)
        return events.map { PassageSpeech.sentence(of: $0, context) }
            + reasons.map { Speech.sentence(context.text("Because \($0.plain)", "Porque \($0.plain)")) }
    }
}

extension ArrivalsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let words = FigureWords(context: context)
        return RunMetrics.over(context.index, through: context.cursor).backends.filter { $0.calls > 0 }.map { backend in
            let calls = words.count(backend.calls, ("call", "calls"), ("llamada", "llamadas"))
            let peak = context.numbers.count(backend.arrivalsPeak)
            return Speech.sentence(
                "\(backend.name): \(calls)"
                    + context.text(", at most \(peak) arrive in 100 ms", ", como mucho llegan \(peak) en 100 ms"))
        }
    }
}
