import Trace

/// The sentences for what a cache does beyond look-ups and stores.
extension EventPhrase {
    static func caching(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.cacheStaleServed, _):
            EventPhrase(
                "{detail} in {component} is out of date: it was overwritten {time} ago",
                "{detail} en {component} está desfasada: se sobrescribió hace {time}")
        case (.cacheExpiredServed, _):
            EventPhrase(
                "{detail} expired {time} ago; {component} serves it while it is loaded again",
                "{detail} caducó hace {time}; {component} la sirve mientras se recarga")
        case (.cacheJoined, _):
            EventPhrase(
                "{client} waits for {detail}, which is being loaded already",
                "{client} espera {detail}, que ya se está cargando")
        case (.cacheWritten, _): EventPhrase("{client} writes {detail}", "{client} escribe {detail}")
        case (.cacheDirtied, _):
            EventPhrase(
                "{detail} is in memory only ({number} such keys)",
                "{detail} solo está en memoria ({number} claves así)")
        case (.cacheFlushed, .ok), (.cacheFlushed, .none):
            EventPhrase("{component} has flushed {detail}", "{component} ha volcado {detail}")
        case (.cacheFlushed, _):
            EventPhrase(
                "{component} fails to flush {detail}: {error}", "{component} no consigue volcar {detail}: {error}")
        case (.cacheLost, _):
            EventPhrase(
                "{detail} is lost: written {time} ago, never flushed",
                "{detail} se pierde: escrita hace {time}, sin volcar")
        case (.cacheEmptied, _):
            EventPhrase(
                "{component} loses its memory: {number} entries", "{component} pierde su memoria: {number} entradas")
        case (.cacheRemoved, _):
            EventPhrase("{detail} leaves {component}", "{detail} sale de {component}", isMinor: true)
        default: EventPhrase("{component}: {detail}", "{component}: {detail}", isMinor: true)
        }
    }

    /// A step of eviction.
    static func eviction(_ kind: EventKind) -> EventPhrase {
        switch kind {
        case .cacheEvicted:
            EventPhrase(
                "{component} evicts {detail}, {time} old", "{component} desaloja {detail}, de hace {time}")
        case .cacheMarked:
            EventPhrase(
                "{component} marks {detail}: {number}", "{component} marca {detail}: {number}", isMinor: true)
        case .cacheHandMoved:
            EventPhrase(
                "the hand of {component} points at {detail}", "la aguja de {component} señala {detail}",
                isMinor: true)
        case .cacheForgotten:
            EventPhrase("{component} forgets {detail}", "{component} olvida {detail}", isMinor: true)
        case .cacheTargetMoved:
            EventPhrase(
                "{component} aims at {number} recent entries", "{component} apunta a {number} entradas recientes",
                isMinor: true)
        default:
            EventPhrase(
                "{detail} goes to the head of {component}", "{detail} pasa al frente de {component}", isMinor: true)
        }
    }

    static func background(_ event: Event) -> EventPhrase {
        event.kind == .backgroundStarted
            ? EventPhrase("{component} begins in the background: {detail}", "{component} empieza de fondo: {detail}")
            : EventPhrase(
                "{component}, in the background: {detail} done after {time}",
                "{component}, de fondo: {detail} listo en {time}", isMinor: true)
    }
}
