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
        case .metric(let metric, _): "\(metric.name), \(measure(metric.measure)(language))"
        case .setting(let path, _): controls.first { $0.path == path }?.label(language) ?? path
        case .named(let name): name
        case .operation, .function: condition.source
        }
    }

    private func measure(_ measure: Metric.Measure) -> LocalizedText {
        switch measure {
        case .success: LocalizedText(en: "success", es: "éxito")
        case .hitRate: LocalizedText(en: "hit rate", es: "tasa de aciertos")
        case .latency(.max): LocalizedText(en: "slowest", es: "la más lenta")
        case .latency(.min): LocalizedText(en: "fastest", es: "la más rápida")
        case .latency(.mean): LocalizedText(en: "mean", es: "media")
        case .latency(.first): LocalizedText(en: "first", es: "la primera")
        case .latency(.last): LocalizedText(en: "last", es: "la última")
        case .latency(let percentile): LocalizedText(percentile.rawValue)
        case .count(let count): self.count(count)
        }
    }

    private func count(_ count: Metric.Count) -> LocalizedText {
        switch count {
        case .requests: LocalizedText(en: "requests", es: "peticiones")
        case .calls: LocalizedText(en: "calls", es: "llamadas")
        case .ok: LocalizedText(en: "answered", es: "respondidas")
        case .failed: LocalizedText(en: "failed", es: "fallidas")
        case .rejected: LocalizedText(en: "rejected", es: "rechazadas")
        case .timedOut: LocalizedText(en: "timed out", es: "sin respuesta a tiempo")
        case .invalidated: LocalizedText(en: "invalidated", es: "invalidadas")
        case .hits: LocalizedText(en: "hits", es: "aciertos")
        case .misses: LocalizedText(en: "misses", es: "fallos de caché")
        case .maxInFlight: LocalizedText(en: "most at once", es: "máximo a la vez")
        case .maxQueued: LocalizedText(en: "longest queue", es: "cola más larga")
        }
    }
}
