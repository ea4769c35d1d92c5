import Scenario

/// What the rules that a scenario names are called.
extension Words {
    /// A balancer's algorithm, by its name in a scenario.
    static func algorithm(_ name: String) -> LocalizedText {
        switch name {
        case "roundRobin": LocalizedText(en: "in turn", es: "por turno")
        case "weighted": LocalizedText(en: "by weight", es: "por peso")
        case "smoothWeighted": LocalizedText(en: "by weight, smooth", es: "por peso, repartido")
        case "leastConnections": LocalizedText(en: "least connections", es: "menos conexiones")
        case "random": LocalizedText(en: "random", es: "al azar")
        case "weightedRandom": LocalizedText(en: "random by weight", es: "al azar por peso")
        case "ipHash": LocalizedText(en: "IP hash", es: "hash de IP")
        case "modulo": LocalizedText(en: "hash modulo n", es: "hash módulo n")
        case "ring", "sizedRing": LocalizedText(en: "ring", es: "anillo")
        case "twoChoices": LocalizedText(en: "two choices", es: "dos al azar")
        case "choices": LocalizedText(en: "the best of some", es: "el mejor de varios")
        case "leastRequest": LocalizedText(en: "least requests", es: "menos peticiones")
        case "shortestQueue": LocalizedText(en: "shortest queue", es: "cola más corta")
        case "idleQueue": LocalizedText(en: "idle queue", es: "cola de ociosos")
        case "ewma": LocalizedText("EWMA")
        case "peakEWMA": LocalizedText("peak EWMA")
        case "maglev": LocalizedText("Maglev")
        default: LocalizedText(name)
        }
    }

    /// A block of a flow, by its name in a trace: `parallel`, `forEach customer`.
    static func block(_ name: String) -> LocalizedText {
        let spanish =
            switch name {
            case "parallel": "en paralelo"
            case "sequence": "en orden"
            case "repeat": "repetición"
            case "fallback": "alternativa"
            default: name.hasPrefix("forEach ") ? "por cada \(name.dropFirst("forEach ".count))" : name
            }
        return LocalizedText(en: name, es: spanish)
    }

    /// A cache's rule of eviction, by its name in a scenario: as the field writes it.
    static func eviction(_ name: String) -> String {
        switch name {
        case "fifo", "lru", "lfu", "clock", "sieve", "arc": name.uppercased()
        case "s3fifo": "S3-FIFO"
        case "wTinyLFU": "W-TinyLFU"
        default: name
        }
    }
}
