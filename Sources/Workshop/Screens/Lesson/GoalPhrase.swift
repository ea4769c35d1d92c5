import Analysis
import Scenario

/// A goal in the student's words: `web, slowest ≤ 400 ms`.
struct GoalPhrase {
    var condition: MetricCondition
    var controls: [Control]
    var language: Language
    /// Whether signs outside ASCII can be shown.
    var isUnicode: Bool

    var text: String { "\(text(of: condition.left)) \(sign) \(text(of: condition.right))" }

    private var sign: String {
        switch condition.comparison {
        case .atMost where isUnicode: "≤"
        case .atLeast where isUnicode: "≥"
        case .notEqual where isUnicode: "≠"
        default: condition.comparison.rawValue
        }
    }

    private func text(of expression: MetricExpression) -> String {
        switch expression {
        case .constant(let value): value.text(language)
        case .metric(let metric, let selector):
            "\(subject(metric)), \(measure(metric.measure)(language))\(part(selector)(language))"
        case .setting(let path, _): controls.label(path, language)
        case .named(let name): name
        case .operation(let sign, let left, let right):
            "\(operand(left, isFirst: sign == .plus || sign == .minus)) \(sign.rawValue) \(operand(right))"
        case .function(let function, let parts):
            "\(function.rawValue)(\(parts.map { text(of: $0) }.joined(separator: "; ")))"
        }
    }

    /// In brackets where it is a sum or a product itself; the first of a sum needs none.
    private func operand(_ expression: MetricExpression, isFirst: Bool = false) -> String {
        if case .operation = expression, !isFirst { return "(\(text(of: expression)))" }
        return text(of: expression)
    }

    /// Which part of the run counts, where it is not all of it.
    private func part(_ selector: RunSelector) -> LocalizedText {
        func moment(_ time: Duration) -> String { MetricValue(time.milliseconds, .time).text(language, as: .seconds) }
        switch (selector.after.map(moment), selector.until.map(moment)) {
        case (nil, nil): return LocalizedText("")
        case (let from?, nil): return LocalizedText(en: " from \(from) on", es: " desde \(from)")
        case (nil, let to?): return LocalizedText(en: " until \(to)", es: " hasta \(to)")
        case (let from?, let to?): return LocalizedText(en: " from \(from) to \(to)", es: " de \(from) a \(to)")
        }
    }

    /// Whose figure it is; of a policy, which layer's.
    private func subject(_ metric: Metric) -> String {
        if case .layer(let layer, _) = metric.measure { return "\(metric.name).\(layer)" }
        guard case .request(let measure) = metric.measure else { return metric.name }
        let request = LocalizedText(en: "request \(metric.name)", es: "petición \(metric.name)")(language)
        return ([request] + measure.components).joined(separator: ", ")
    }

    private func measure(_ measure: Metric.Measure) -> LocalizedText {
        switch measure {
        case .success: LocalizedText(en: "success", es: "éxito")
        case .hitRatio: LocalizedText(en: "hit ratio", es: "tasa de aciertos")
        case .share: LocalizedText(en: "share of the pool", es: "parte del grupo")
        case .imbalance: LocalizedText(en: "busiest over mean", es: "el más cargado sobre la media")
        case .latency(.max): LocalizedText(en: "slowest", es: "la más lenta")
        case .latency(.min): LocalizedText(en: "fastest", es: "la más rápida")
        case .latency(.mean): LocalizedText(en: "mean", es: "media")
        case .latency(.first): LocalizedText(en: "first", es: "la primera")
        case .latency(.last): LocalizedText(en: "last", es: "la última")
        case .latency(let percentile): LocalizedText(percentile.rawValue)
        case .lastArrival: LocalizedText(en: "last arrival", es: "última llegada")
        case .count(let count): self.count(count)
        case .layer(_, let count): self.count(count)
        case .cache(let count): self.count(count)
        case .balancer(let count): self.count(count)
        case .server(let count): self.count(count)
        case .request(let measure): self.measure(measure)
        }
    }

    private func measure(_ measure: RequestMeasure) -> LocalizedText {
        switch measure {
        case .latency: LocalizedText(en: "latency", es: "latencia")
        case .calls: LocalizedText(en: "calls", es: "llamadas")
        case .gaps: LocalizedText(en: "gaps", es: "huecos")
        case .path: LocalizedText(en: "on the critical path", es: "en la ruta crítica")
        case .own: LocalizedText(en: "self time", es: "tiempo propio")
        case .start: LocalizedText(en: "start", es: "inicio")
        case .end: LocalizedText(en: "end", es: "fin")
        case .duration: LocalizedText(en: "duration", es: "duración")
        case .overlap: LocalizedText(en: "overlap", es: "coincidencia")
        case .skew: LocalizedText(en: "clock skew", es: "desfase del reloj")
        }
    }

    private func count(_ count: Metric.Count) -> LocalizedText {
        switch count {
        case .requests: LocalizedText(en: "requests", es: "peticiones")
        case .calls: LocalizedText(en: "calls", es: "llamadas")
        case .ok: LocalizedText(en: "answered", es: "respondidas")
        case .failed: LocalizedText(en: "failed", es: "fallidas")
        case .degraded: LocalizedText(en: "degraded", es: "degradadas")
        case .rejected: LocalizedText(en: "rejected", es: "rechazadas")
        case .timedOut: LocalizedText(en: "timed out", es: "sin respuesta a tiempo")
        case .maxInFlight: LocalizedText(en: "most at once", es: "máximo a la vez")
        case .maxQueued: LocalizedText(en: "longest queue", es: "cola más larga")
        case .arrivalsPeak: LocalizedText(en: "most arrivals in 100 ms", es: "máximo de llegadas en 100 ms")
        }
    }

    private func count(_ count: LayerCount) -> LocalizedText {
        switch count {
        case .passed: LocalizedText(en: "let through", es: "dejadas pasar")
        case .fired: LocalizedText(en: "times up", es: "tiempos agotados")
        case .passes: LocalizedText(en: "passes", es: "pasos")
        case .attempts: LocalizedText(en: "attempts", es: "intentos")
        case .retries: LocalizedText(en: "retries", es: "reintentos")
        case .givenUp: LocalizedText(en: "given up", es: "abandonos")
        case .recovered: LocalizedText(en: "recovered", es: "recuperadas")
        case .rejected: LocalizedText(en: "rejected", es: "rechazadas")
        case .opened: LocalizedText(en: "times opened", es: "aperturas")
        case .closed: LocalizedText(en: "times closed", es: "cierres")
        case .halfOpened: LocalizedText(en: "times half-open", es: "veces semiabierto")
        case .openTime: LocalizedText(en: "time open", es: "tiempo abierto")
        case .queued: LocalizedText(en: "queued", es: "en cola")
        case .shed: LocalizedText(en: "sent away", es: "echadas de la cola")
        case .maxInside: LocalizedText(en: "most inside", es: "máximo dentro")
        case .maxQueued: LocalizedText(en: "longest queue", es: "cola más larga")
        case .delayed: LocalizedText(en: "made to wait", es: "demoradas")
        case .copies: LocalizedText(en: "copies", es: "copias")
        case .won: LocalizedText(en: "won by a copy", es: "ganadas por una copia")
        case .used: LocalizedText(en: "times used", es: "veces usado")
        case .kept: LocalizedText(en: "answers kept", es: "respuestas guardadas")
        }
    }
}
