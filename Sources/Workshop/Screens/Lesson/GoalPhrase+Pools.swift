import Analysis
import Scenario

// What is counted of caches, balancers and servers, in words.
extension GoalPhrase {
    func count(_ count: CacheCount) -> LocalizedText {
        switch count {
        case .lookups: LocalizedText(en: "look-ups", es: "consultas")
        case .hits: LocalizedText(en: "hits", es: "aciertos")
        case .misses: LocalizedText(en: "misses", es: "fallos de caché")
        case .abandoned: LocalizedText(en: "look-ups abandoned", es: "consultas abandonadas")
        case .expired: LocalizedText(en: "expired", es: "caducadas")
        case .stored: LocalizedText(en: "stored", es: "guardadas")
        case .evictions: LocalizedText(en: "evicted", es: "desalojadas")
        case .invalidated: LocalizedText(en: "dropped", es: "borradas")
        case .stale: LocalizedText(en: "stale answers", es: "respuestas desfasadas")
        case .expiredServed: LocalizedText(en: "expired answers served", es: "respuestas caducadas servidas")
        case .joined: LocalizedText(en: "joined another's load", es: "unidas a la carga de otra")
        case .refreshes: LocalizedText(en: "refreshes", es: "recargas")
        case .written: LocalizedText(en: "writes", es: "escrituras")
        case .coalesced: LocalizedText(en: "writes never flushed", es: "escrituras nunca volcadas")
        case .flushes: LocalizedText(en: "flushes", es: "volcados")
        case .dirty: LocalizedText(en: "in memory only", es: "solo en memoria")
        case .maxDirty: LocalizedText(en: "most in memory only", es: "máximo solo en memoria")
        case .lost: LocalizedText(en: "lost", es: "perdidas")
        case .entries: LocalizedText(en: "entries", es: "entradas")
        }
    }

    func count(_ count: BalancerCount) -> LocalizedText {
        switch count {
        case .picks: LocalizedText(en: "calls shared out", es: "llamadas repartidas")
        case .refused: LocalizedText(en: "without a server", es: "sin servidor")
        case .moved: LocalizedText(en: "keys moved", es: "claves movidas")
        case .ejections: LocalizedText(en: "ejections", es: "expulsiones")
        case .panics: LocalizedText(en: "times in panic", es: "veces en pánico")
        }
    }

    func count(_ count: ServerCount) -> LocalizedText {
        switch count {
        case .picks: LocalizedText(en: "calls it got", es: "llamadas recibidas")
        case .down: LocalizedText(en: "times down", es: "caídas")
        case .downTime: LocalizedText(en: "time down", es: "tiempo caído")
        case .ejections: LocalizedText(en: "ejections", es: "expulsiones")
        }
    }
}
