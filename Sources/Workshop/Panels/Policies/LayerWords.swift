import Analysis
import TerminalKit
import Trace

/// A layer in short: its settings, and what it has decided.
struct LayerWords {
    let context: PanelContext
    let layer: PolicyStack.Layer

    private var numbers: NumberText { context.numbers }
    private var set: LayerSettings { layer.state.settings }
    private func text(_ english: String, _ spanish: String) -> String { context.text(english, spanish) }

    private func time(_ name: String) -> String? { set[name].map { numbers.duration($0) } }
    private func count(_ name: String) -> String? { set[name].map { numbers.count(Int(clamping: $0)) } }
    private func share(_ name: String) -> String? { set[name].map { numbers.percent(Double($0) / 1e6) } }
    private func number(_ name: String) -> String? { set[name].map { numbers.factor(Double($0) / 1e6) } }

    // MARK: Settings

    /// `4 attempts, 1 s to 10 s`; empty where there are none.
    var settings: String {
        let parts: [String?] =
            switch layer.state.info.kind {
            case .timeout:
                [
                    time("total") ?? time("deadline"), time("connect").map { text("connect \($0)", "conexión \($0)") },
                    time("read").map { text("read \($0)", "lectura \($0)") },
                ]
            case .retry: [attempts, waits]
            case .breaker: [trip, time("open").map { text("open \($0)", "abierto \($0)") }]
            case .bulkhead: [places]
            case .limiter: [bucket]
            case .hedge:
                [
                    time("after").map { text("after \($0)", "a los \($0)") },
                    set["copies"].map { copies in
                        let number = numbers.count(Int(clamping: copies))
                        return copies == 1 ? text("1 copy", "1 copia") : text("\(number) copies", "\(number) copias")
                    },
                ]
            case .fallback, .client, .flow, .backend, .cache, .policy, .balancer: []
            }
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    private var attempts: String? {
        let most = set["attempts"]
        return most.map {
            context.counted(Int(clamping: $0), ("attempt", "attempts"), ("intento", "intentos"))
        }
    }

    private var waits: String? {
        guard let base = set["base"], base > 0 else { return nil }
        let least = numbers.duration(base)
        guard let most = time("max") else { return text("from \(least)", "desde \(least)") }
        return text("\(least) to \(most)", "de \(least) a \(most)")
    }

    private var trip: String? {
        if let failures = set["failures"] {
            let number = numbers.count(Int(clamping: failures))
            return failures == 1 ? text("1 failure", "1 fallo") : text("\(number) failures", "\(number) fallos")
        }
        guard let ratio = share("ratio") else { return nil }
        let slow = share("slowRatio").map { text(" or \($0) slow", " o \($0) lentas") } ?? ""
        return text("\(ratio) failed", "\(ratio) fallos") + slow
    }

    private var places: String? {
        guard let slots = set["concurrent"] else { return nil }
        let inside = numbers.count(Int(clamping: slots))
        guard let queue = set["queue"], queue != 0 else { return inside }
        return queue < 0
            ? text("\(inside), endless queue", "\(inside), cola sin fin")
            : "\(inside) + \(numbers.count(Int(clamping: queue)))"
    }

    private var bucket: String? {
        if let rate = set["rate"] {
            let perSecond = numbers.rate(Double(rate) / 1e6)
            guard let burst = number("burst") else { return perSecond }
            return text("\(perSecond), burst \(burst)", "\(perSecond), ráfaga \(burst)")
        }
        guard let limit = count("limit"), let window = time("window") else { return nil }
        return text("\(limit) in \(window)", "\(limit) en \(window)")
    }

    // MARK: Decisions

    /// What it did with the work, nothing that never happened; the most important first.
    var decisions: [CountText] {
        switch layer.state.info.kind {
        case .timeout: counts((.fired, .timedOut, text("timed out", "tiempo agotado")))
        case .retry:
            counts(
                (.retries, .retried, text("retried", "reintentos")),
                (.recovered, .ok, text("recovered", "recuperadas")),
                (.givenUp, .failed, text("given up", "abandonos")))
        case .breaker:
            [CountText(position)] + counts((.rejected, .rejected, text("failed fast", "rechazadas"))) + openings
        case .bulkhead:
            counts(
                (.rejected, .rejected, text("rejected", "rechazadas")), (.shed, .lost, text("sent away", "echadas")),
                (.queued, .queued, text("queued", "en cola")))
        case .limiter:
            counts(
                (.rejected, .rejected, text("rejected", "rechazadas")),
                (.delayed, .waiting, text("delayed", "retrasadas")))
        case .hedge: counts((.copies, .hedged, text("copies", "copias")), (.won, .ok, text("won", "ganan")))
        case .fallback: counts((.used, .cached, text("made up", "de repuesto")))
        case .client, .flow, .backend, .cache, .policy, .balancer: []
        }
    }

    private func counts(_ parts: (LayerCount, Mark, String)...) -> [CountText] {
        parts.compactMap { count, mark, words in
            let value = Int(layer.state.metrics[count] ?? 0)
            let before = layer.before.map { Int($0[count] ?? 0) }
            return value > 0 || (before ?? 0) > 0 ? context.count(value, before: before, mark, words) : nil
        }
    }

    private var openings: [CountText] {
        let opened = Int(layer.state.metrics[.opened] ?? 0)
        let before = layer.before.map { Int($0[.opened] ?? 0) }
        guard opened > 0 || (before ?? 0) > 0 else { return [] }
        return [CountText(StyledText(text("opened ", "aperturas "), .muted) + context.count(opened, before: before))]
    }

    /// A breaker that does not simply let work through says so.
    private var position: StyledText {
        guard let state = BreakerState(context.index, layer.state.info.id, at: context.cursor, cells: 1),
            state.position != .closed
        else { return StyledText() }
        return BreakerWords(context: context, state: state).position
    }
}
