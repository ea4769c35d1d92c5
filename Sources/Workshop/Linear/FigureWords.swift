import Analysis

/// Figures of a run as phrases: whoever tells numbers says them alike.
struct FigureWords {
    let context: PanelContext
    private var numbers: NumberText { context.numbers }

    /// `312 requests and 4 from before, 300 answered, 12 failed, 4 under way; half within 80 ms, slowest 400 ms`: who
    /// listens can add them up.
    func text(of traffic: TrafficFigures) -> String {
        let earlier = traffic.ok + traffic.failed + traffic.inFlight - traffic.requests
        var parts = [begun(traffic.requests, earlier, ("request", "requests"), ("petición", "peticiones"))]
        parts.append(count(traffic.ok, ("answered", "answered"), ("respondida", "respondidas")))
        if traffic.failed > 0 { parts.append(count(traffic.failed, ("failed", "failed"), ("fallida", "fallidas"))) }
        if traffic.degraded > 0 {
            parts.append(count(traffic.degraded, ("degraded", "degraded"), ("degradada", "degradadas")))
        }
        if traffic.inFlight > 0 {
            parts.append(count(traffic.inFlight, ("under way", "under way"), ("en curso", "en curso")))
        }
        return parts.joined(separator: ", ") + latency(traffic.latency, hasFailures: traffic.failed > 0)
    }

    func text(of backend: BackendMetrics) -> String {
        let ended = backend.ok + backend.failed + backend.rejected + backend.timedOut + backend.cancelled
        let earlier = ended + backend.pending - backend.calls
        var parts = [begun(backend.calls, earlier, ("call", "calls"), ("llamada", "llamadas"))]
        let groups: [(Int, (String, String), (String, String))] = [
            (backend.ok, ("answered", "answered"), ("respondida", "respondidas")),
            (backend.failed, ("failed", "failed"), ("fallida", "fallidas")),
            (backend.rejected, ("rejected", "rejected"), ("rechazada", "rechazadas")),
            (backend.timedOut, ("timed out", "timed out"), ("sin respuesta a tiempo", "sin respuesta a tiempo")),
            (backend.cancelled, ("given up", "given up"), ("abandonada", "abandonadas")),
            // Where all of them are at work or wait, that says it.
            (
                backend.pending == backend.inFlight + backend.queued ? 0 : backend.pending,
                ("under way", "under way"), ("en curso", "en curso")
            ),
            (backend.inFlight, ("at work now", "at work now"), ("en servicio ahora", "en servicio ahora")),
            (backend.queued, ("in the queue", "in the queue"), ("en la cola", "en la cola")),
        ]
        parts += groups.filter { $0.0 > 0 }.map { count($0.0, $0.1, $0.2) }
        if let capacity = backend.capacity {
            parts.append(count(capacity, ("slot", "slots"), ("plaza", "plazas")))
        }
        return parts.joined(separator: ", ") + latency(backend.latency, hasFailures: backend.failed > 0)
    }

    /// What began in a stretch, and what was under way when that began.
    private func begun(
        _ begun: Int, _ earlier: Int, _ english: (String, String), _ spanish: (String, String)
    ) -> String {
        guard earlier > 0 else { return count(begun, english, spanish) }
        let before = context.text("from before", "de antes")
        if begun == 0 { return "\(count(earlier, english, spanish)) \(before)" }
        let and = context.text("and", "y")
        return "\(count(begun, english, spanish)) \(and) \(numbers.count(earlier)) \(before)"
    }

    /// - Parameter hasFailures: whether some of what was measured failed: what fails at once is fast.
    func latency(_ latency: LatencySummary?, hasFailures: Bool) -> String {
        guard let latency else { return "" }
        return figures(latency) + (hasFailures && latency.count > 1 ? " \(Words.withFailures(context.language))" : "")
    }

    private func figures(_ latency: LatencySummary) -> String {
        let (half, most) = (numbers.duration(latency.p50), numbers.duration(latency.p99))
        if latency.min == latency.max {
            return latency.count == 1
                ? context.text("; it took \(half)", "; tardó \(half)")
                : context.text("; each took \(half)", "; cada una tardó \(half)")
        }
        let slowest = numbers.duration(latency.max)
        if latency.count < 100 {
            return context.text(
                "; half within \(half), slowest \(slowest)", "; la mitad en \(half), la más lenta \(slowest)")
        }
        return context.text(
            "; half within \(half), 99 of 100 within \(most), slowest \(slowest)",
            "; la mitad en \(half), 99 de cada 100 en \(most), la más lenta \(slowest)")
    }

    /// `1 request`, `12 requests`.
    func count(_ count: Int, _ english: (String, String), _ spanish: (String, String)) -> String {
        context.counted(count, english, spanish)
    }

    /// `3 of 10`, or `3` where there is no limit.
    func share(_ part: Int, of whole: Int?) -> String {
        guard let whole else { return numbers.count(part) }
        return "\(numbers.count(part)) \(context.text("of", "de")) \(numbers.count(whole))"
    }
}
