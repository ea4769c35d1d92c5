import Analysis
import Trace

extension PanelContext {
    /// Why an eviction rule chooses an entry, as it stands in the cache before it goes.
    func evictionReason(_ key: NameID, in state: CacheState) -> String {
        let list = state.entry(key)?.list
        return switch state.eviction {
        case "lru": text("unused for longest", "la que lleva más sin usarse")
        case "fifo": text("here for longest", "la que lleva más aquí")
        case "lfu": text("used least", "la menos usada")
        case "clock", "sieve": text("no mark", "sin marca")
        case "s3fifo" where list == .small:
            text("oldest in small, hardly used", "la más antigua de small, casi sin uso")
        case "s3fifo": text("oldest in main, no uses left", "la más antigua de main, sin usos")
        case "arc": text("last in \(list?.name ?? "T1")", "la última de \(list?.name ?? "T1")")
        case "wTinyLFU": text("asked for less lately", "la menos pedida últimamente")
        default: text("the rule chose it", "la eligió la regla")
        }
    }
}
