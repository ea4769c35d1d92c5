import Trace

extension PanelContext {
    /// A layer as people call it: `the breaker`, or `the breaker of guarded` where there are others.
    func layerText(_ layer: NameID) -> String {
        guard let kind = trace.components.first(where: { $0.name == layer })?.kind, kind.isLayer else {
            return trace.name(layer)
        }
        let name = kindText(kind)
        guard trace.components.count(where: { $0.kind == kind }) > 1 else { return name }
        let policy = trace.policyName(of: layer)
        return text("\(name) of \(policy)", "\(name) de \(policy)")
    }

    private func kindText(_ kind: Component.Kind) -> String {
        switch kind {
        case .timeout: text("the timeout", "el tiempo límite")
        case .retry: text("the retry", "el reintento")
        case .breaker: text("the breaker", "el cortacircuitos")
        case .bulkhead: text("the bulkhead", "el mamparo")
        case .limiter: text("the rate limit", "el limitador")
        case .hedge: text("the hedge", "la petición duplicada")
        case .fallback: text("the fallback", "la alternativa")
        case .client, .flow, .backend, .cache, .policy, .balancer: ""
        }
    }

    /// What a piece of work ended with, after a colon or in brackets.
    func outcomeText(_ outcome: Outcome) -> String {
        outcome.status.map { numbers.count($0) } ?? reasonText(outcome)
    }

    private func reasonText(_ outcome: Outcome) -> String {
        switch outcome {
        case .ok: text("success", "acierto")
        case .rejected: text("queue full", "cola llena")
        case .refused: text("connection refused", "conexión rechazada")
        case .timedOut: text("out of time", "tiempo agotado")
        case .cancelled: text("cancelled", "cancelada")
        case .reset: text("connection broken", "conexión cortada")
        case .shortCircuited: text("breaker open", "cortacircuitos abierto")
        case .shed: text("bulkhead full", "mamparo lleno")
        case .limited: text("no permit", "sin permiso")
        default: "error"
        }
    }

    /// ``outcomeText(_:)`` in one word, beside a mark.
    func outcomeWord(_ outcome: Outcome) -> String {
        if let status = outcome.status { return numbers.count(status) }
        return switch outcome {
        case .none: ""
        case .ok: text("ok", "bien")
        case .rejected: text("full", "llena")
        case .refused: text("down", "caído")
        case .timedOut: text("timeout", "tiempo agotado")
        case .cancelled: text("cancelled", "cancelada")
        case .reset: text("reset", "cortada")
        case .shortCircuited: text("open", "abierto")
        case .shed: text("full", "lleno")
        case .limited: text("limited", "limitada")
        default: text("error", "error")
        }
    }

    /// `second`, `third`; `11th`.
    func ordinal(_ number: Int) -> String {
        let names = [
            ("first", "primer"), ("second", "segundo"), ("third", "tercer"), ("fourth", "cuarto"),
            ("fifth", "quinto"), ("sixth", "sexto"), ("seventh", "séptimo"), ("eighth", "octavo"),
            ("ninth", "noveno"), ("tenth", "décimo"),
        ]
        guard number > 0 else { return text("further", "otro") }
        guard number > names.count else { return text(names[number - 1].0, names[number - 1].1) }
        let isTeen = number % 100 / 10 == 1
        let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
        let digits = numbers.count(number)
        return text(digits + ending, glyphs.repertoire == .unicode ? "\(digits).º" : "\(digits).o")
    }

    /// The size of a setting of a layer in its own unit.
    func settingText(_ name: String, _ value: Int64) -> String {
        if value < 0 { return text("no limit", "sin límite") }
        return switch name {
        case "total", "connect", "read", "deadline", "base", "max", "slow", "open", "window", "windowPart", "after":
            numbers.duration(value)
        case "ratio", "slowRatio": numbers.percent(Double(value) / 1e6)
        case "budget", "budgetFloor", "throttle", "burst": numbers.factor(Double(value) / 1e6)
        case "rate": numbers.rate(Double(value) / 1e6)
        default: numbers.count(Int(clamping: value))
        }
    }
}

extension Outcome {
    /// The HTTP status that it stands for; `nil`: nobody answered, or just with an error.
    var status: Int? {
        switch self {
        case .unavailable: 503
        case .throttled: 429
        case .badRequest: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        default: nil
        }
    }
}
