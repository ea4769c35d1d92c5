import Trace

/// What the diagram of a trace says beside its arrows.
public struct TraceWords: Hashable, Sendable {
    public enum Language: Hashable, Sendable, CaseIterable { case english, spanish }

    let language: Language

    public init(_ language: Language) { self.language = language }

    func text(_ english: String, _ spanish: String) -> String { language == .english ? english : spanish }

    /// `49 ms`, `1.25 ms`, `1.5 s`: at most three significant digits.
    func time(_ nanoseconds: Int64) -> String {
        let isLong = nanoseconds >= 10_000_000_000
        var digits = RunReport.threeDigits(Double(nanoseconds) / (isLong ? 1e9 : 1e6))
        if digits.contains(".") {
            while digits.hasSuffix("0") { digits.removeLast() }
            if digits.hasSuffix(".") { digits.removeLast() }
        }
        if language == .spanish { digits = String(digits.map { $0 == "." ? "," : $0 }) }
        return digits + (isLong ? " s" : " ms")
    }

    func outcome(_ outcome: Outcome) -> String {
        switch outcome {
        case .none, .ok: "ok"
        case .failed: text("failed", "error")
        case .rejected: text("rejected, queue full", "rechazada, cola llena")
        case .refused: text("refused", "conexión rechazada")
        case .timedOut: text("timed out", "tiempo agotado")
        case .cancelled: text("cancelled", "cancelada")
        case .reset: text("connection broken", "conexión cortada")
        case .unavailable: text("503 unavailable", "503 no disponible")
        case .throttled: text("429 throttled", "429 demasiadas peticiones")
        case .badRequest: text("400 bad request", "400 petición incorrecta")
        case .unauthorized: text("401 unauthorized", "401 sin autenticar")
        case .forbidden: text("403 forbidden", "403 prohibido")
        case .notFound: text("404 not found", "404 no encontrado")
        case .conflict: text("409 conflict", "409 conflicto")
        case .shortCircuited: text("breaker open", "cortacircuitos abierto")
        case .shed: text("bulkhead full", "mamparo lleno")
        case .limited: text("no permit", "sin permiso")
        }
    }

    /// What ends a request: `ok after 550 ms`.
    func end(_ outcome: Outcome, after nanoseconds: Int64) -> String {
        let (word, time) = (self.outcome(outcome), time(nanoseconds))
        return text("\(word) after \(time)", "\(word) tras \(time)")
    }

    var late: String { text("too late", "tarde") }
    var hit: String { text("hit", "acierto") }
    var miss: String { text("miss", "fallo") }
    var outOfDate: String { text("out of date", "desfasado") }
    var wait: String { text("wait", "espera") }
    func get(_ key: String) -> String { text("get \(key)", "leer \(key)") }
    func store(_ key: String) -> String { text("store \(key)", "guardar \(key)") }
    func write(_ key: String) -> String { text("write \(key)", "escribir \(key)") }
    func invalidate(_ key: String) -> String { text("invalidate \(key)", "borrar \(key)") }
    func merge(_ how: String) -> String { text("joins the answers (\(how))", "une las respuestas (\(how))") }
    /// - Parameter place: from 1; 0: no branch is taken.
    func branch(_ label: String, place: Int) -> String {
        if place == 0 { return text("no branch", "ninguna rama") }
        return label.isEmpty ? text("branch \(place)", "rama \(place)") : label
    }
    func missing(_ what: String) -> String { text("needs \(what), which is missing", "necesita \(what), que falta") }
    func givesUp(_ call: String, _ outcome: Outcome) -> String {
        outcome == .cancelled
            ? text("calls off \(call)", "cancela \(call)")
            : text("no longer waits for \(call)", "ya no espera a \(call)")
    }
    var drops: String { text("drops it: nobody waits for it", "lo descarta: nadie lo espera") }
    func rounds(_ count: Int) -> String { text("\(count) times", "\(count) veces") }

    /// A fault, and its size where it has one.
    func fault(_ name: String, size: Int64, hasEnded: Bool) -> String {
        if hasEnded { return text("fault ends: \(name)", "acaba el fallo: \(name)") }
        let size =
            switch name {
            case "added latency": " " + time(size)
            case "slow": " x" + RunReport.threeDigits(Double(size) / 1e6)
            case _ where name.hasPrefix("errors"): " " + RunReport.threeDigits(Double(size) / 1e4) + " %"
            default: ""
            }
        return text("fault: \(name)\(size)", "fallo: \(name)\(size)")
    }

    /// What a policy, a pool or a cache decides about a message.
    func decision(_ message: SequenceDiagram.Message, _ event: Event?, in trace: Trace) -> String {
        let layer = trace.name(event?.component ?? .none)
        let label = trace.name(message.label)
        let reason = label.isEmpty ? "" : " (\(label))"
        let time = message.elapsed.map { self.time($0) } ?? ""
        switch message.kind {
        case .backoff:
            let source = label == "backoff" ? "" : reason
            return text("retries in \(time)\(source)", "reintenta en \(time)\(source)")
        case .giveUp: return text("no further attempt\(reason)", "no reintenta más\(reason)")
        case .timeout: return text("\(layer): time is up after \(time)", "\(layer): se acaba el tiempo, \(time)")
        case .turnedAway: return text("\(layer): turned away\(reason)", "\(layer): rechazada\(reason)")
        case .held: return text("\(layer): waits \(time)", "\(layer): espera \(time)").trimmed
        case .copy:
            let number = event?.value ?? 0
            return text("\(layer): sends copy \(number)", "\(layer): envía la copia \(number)")
        case .fallback:
            let age = message.elapsed == nil ? "" : text(", \(time) old", ", de hace \(time)")
            return text("answer made up\(reason)\(age)", "respuesta sustituida\(reason)\(age)")
        case .breakerChange:
            switch event?.kind {
            case .breakerOpened: return text("\(layer) opens\(reason)", "\(layer) se abre\(reason)")
            case .breakerClosed: return text("\(layer) closes\(reason)", "\(layer) se cierra\(reason)")
            default: return text("\(layer) half-opens\(reason)", "\(layer) se entreabre\(reason)")
            }
        default: return label
        }
    }
}

extension String {
    /// Without blanks at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
