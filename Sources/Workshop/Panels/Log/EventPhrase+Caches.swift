import Trace

/// The sentences for what caches do.
extension EventPhrase {
    /// Look-ups, stores and invalidations.
    static func cache(_ event: Event, _ detail: String) -> EventPhrase {
        switch event.kind {
        case .cacheLookup:
            EventPhrase(
                "{client} asks {component} for {detail}", "{client} busca {detail} en {component}", isMinor: true)
        case .cacheHit:
            EventPhrase("{component} has {detail}, {time} old", "{component} tiene {detail}, de hace {time}")
        case .cacheMiss where event.value == 1:
            EventPhrase("{detail} in {component} has expired", "{detail} ha caducado en {component}")
        case .cacheMiss: EventPhrase("{component} does not have {detail}", "{component} no tiene {detail}")
        case .cacheAbandoned:
            EventPhrase("{client} no longer waits for {component}", "{client} ya no espera a {component}")
        case .cacheStored where event.value <= 0 || event.value == .max:
            EventPhrase("{component} keeps {detail}", "{component} guarda {detail}")
        case .cacheStored:
            EventPhrase("{component} keeps {detail} for {time}", "{component} guarda {detail} durante {time}")
        default: invalidation(event, detail)
        }
    }

    private static func invalidation(_ event: Event, _ detail: String) -> EventPhrase {
        switch (event.value, detail) {
        case (0, ""): EventPhrase("{component} had nothing to drop", "{component} no tenía nada que borrar")
        case (0, let name) where name.hasPrefix("tag:"):
            EventPhrase("{component} has nothing tagged {tag}", "{component} no tiene nada con la etiqueta {tag}")
        case (0, let name) where name.contains("*"):
            EventPhrase("{component} has nothing like {detail}", "{component} no tiene nada como {detail}")
        case (0, _): EventPhrase("{component} has no {detail} to drop", "{component} no tiene {detail} que borrar")
        case (_, ""): EventPhrase("{component} drops all it has: {entries}", "{component} lo borra todo: {entries}")
        case (_, let name) where name.hasPrefix("tag:"):
            EventPhrase(
                "{component} drops {entries} tagged {tag}", "{component} borra {entries} con la etiqueta {tag}")
        case (_, let name) where name.contains("*"):
            EventPhrase("{component} drops {entries} like {detail}", "{component} borra {entries} como {detail}")
        default: EventPhrase("{component} drops {detail}", "{component} borra {detail}")
        }
    }

    /// What a cache does beyond look-ups and stores.
    static func caching(_ event: Event, _ detail: String) -> EventPhrase {
        switch event.kind {
        case .cacheStaleServed:
            EventPhrase(
                "{detail} in {component} is out of date: it was overwritten {time} ago",
                "{detail} en {component} está desfasada: se sobrescribió hace {time}")
        case .cacheExpiredServed:
            EventPhrase(
                "{detail} expired {time} ago; {component} serves it while it is loaded again",
                "{detail} caducó hace {time}; {component} la sirve mientras se recarga")
        case .cacheJoined:
            EventPhrase(
                "{client} waits for {detail}, which is being loaded already",
                "{client} espera {detail}, que ya se está cargando")
        case .cacheEmptied where detail == "restart":
            EventPhrase(
                "{component} has written what was dirty and restarts, without its {entries}",
                "{component} ha escrito las claves sucias y se reinicia, sin sus {entries}")
        case .cacheEmptied:
            EventPhrase(
                "{component} crashes: its memory is gone, {entries}",
                "{component} se cae: pierde su memoria, {entries}")
        case .cacheRemoved:
            EventPhrase("{detail} leaves {component}{removal}", "{detail} sale de {component}{removal}", isMinor: true)
        case .cacheConfigured: EventPhrase("{component}: {cacheSetting}", "{component}: {cacheSetting}", isMinor: true)
        default: writing(event)
        }
    }

    /// What is written, and where it is.
    private static func writing(_ event: Event) -> EventPhrase {
        switch (event.kind, event.outcome) {
        case (.cacheWritten, _) where event.value == 1:
            EventPhrase(
                "{client} writes {detail} over a value that was never flushed",
                "{client} escribe {detail} sobre un valor que no se había volcado")
        case (.cacheWritten, _): EventPhrase("{client} writes {detail}", "{client} escribe {detail}")
        case (.cacheDirtied, _) where event.value == 1:
            EventPhrase("{detail} is in memory only", "{detail} solo está en memoria")
        case (.cacheDirtied, _):
            EventPhrase(
                "{detail} is in memory only ({number such key/such keys})",
                "{detail} solo está en memoria ({number clave así/claves así})")
        case (.cacheFlushed, .ok) where event.value == 0, (.cacheFlushed, .none) where event.value == 0:
            EventPhrase(
                "{component} has flushed {detail}: no key is dirty",
                "{component} ha volcado {detail}: no queda ninguna clave sucia")
        case (.cacheFlushed, .ok), (.cacheFlushed, .none):
            EventPhrase(
                "{component} has flushed {detail} ({number} to go)",
                "{component} ha volcado {detail} (por volcar: {number})")
        case (.cacheFlushed, _):
            EventPhrase(
                "{component} fails to flush {detail}: {error}", "{component} no consigue volcar {detail}: {error}")
        default:
            EventPhrase(
                "{detail} is lost: written {time} ago, never flushed",
                "{detail} se pierde: escrita hace {time}, sin volcar")
        }
    }

    /// A step of eviction.
    static func eviction(_ event: Event) -> EventPhrase {
        switch event.kind {
        case .cacheEvicted:
            EventPhrase(
                "{component} evicts {detail}, {time} old", "{component} desaloja {detail}, de hace {time}")
        case .cacheMarked where event.value <= 0:
            EventPhrase(
                "{component} takes the mark off {detail}", "{component} le quita la marca a {detail}", isMinor: true)
        case .cacheMarked where event.value == 1:
            EventPhrase("{component} marks {detail}", "{component} marca {detail}", isMinor: true)
        case .cacheMarked:
            EventPhrase(
                "{component} marks {detail}: {number use/uses}", "{component} marca {detail}: {number uso/usos}",
                isMinor: true)
        case .cacheHandMoved where event.detail == .none:
            EventPhrase(
                "the hand of {component} starts over", "la aguja de {component} vuelve a empezar", isMinor: true)
        case .cacheHandMoved:
            EventPhrase(
                "the hand of {component} points at {detail}", "la aguja de {component} señala {detail}",
                isMinor: true)
        case .cacheForgotten:
            EventPhrase(
                "{component} forgets {detail}, a ghost", "{component} olvida {detail}, un fantasma", isMinor: true)
        case .cacheTargetMoved:
            EventPhrase(
                "{component} wants {entries} in T1", "{component} quiere {entries} en T1", isMinor: true)
        default: placement(event)
        }
    }

    private static func placement(_ event: Event) -> EventPhrase {
        let isGhost = UInt8(exactly: event.value).flatMap(CacheList.init)?.isGhost ?? false
        return isGhost
            ? EventPhrase(
                "{component} remembers {detail} as a ghost, in {list}",
                "{component} recuerda {detail} como fantasma, en {list}", isMinor: true)
            : EventPhrase(
                "{detail} goes to the head of {list}", "{detail} pasa a la cabeza de {list}", isMinor: true)
    }

    /// What no caller waits for.
    static func background(_ event: Event, _ detail: String) -> EventPhrase {
        if event.kind == .backgroundStarted { return backgroundStarted(detail) }
        let isDone = event.outcome.isSuccess || event.outcome == .none
        return switch (detail, isDone) {
        case ("flush", true):
            EventPhrase("{component} is done with its flush after {time}", "{component} acaba de volcar a los {time}")
        case ("flush", false):
            EventPhrase(
                "{component} gives up its flush after {time}: {error}",
                "{component} deja de volcar a los {time}: {error}")
        case ("refresh", true), ("early", true):
            EventPhrase(
                "{component} is done loading after {time}", "{component} acaba de recargar a los {time}", isMinor: true)
        case ("refresh", false), ("early", false):
            EventPhrase(
                "{component} fails to load again: {error}, after {time}",
                "{component} no consigue recargar: {error}, a los {time}")
        default:
            EventPhrase(
                "{component} is done with {detail} after {time}", "{component} acaba con {detail} a los {time}",
                isMinor: true)
        }
    }

    private static func backgroundStarted(_ work: String) -> EventPhrase {
        switch work {
        case "refresh":
            EventPhrase(
                "{component} loads again in the background, before it expires",
                "{component} recarga en segundo plano, antes de que caduque")
        case "early":
            EventPhrase(
                "{component} draws lots and loads again early, in the background",
                "{component} lo echa a suertes y recarga antes de tiempo, en segundo plano")
        case "flush":
            EventPhrase("{component} begins to flush what is dirty", "{component} empieza a volcar las claves sucias")
        default: EventPhrase("{detail} reaches {component}", "{detail} llega a {component}")
        }
    }
}
