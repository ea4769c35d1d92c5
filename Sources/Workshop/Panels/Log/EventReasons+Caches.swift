import Analysis
import TerminalKit
import Trace

/// What the chain of causes alone does not say about caches.
extension EventReasons {
    /// Why a key is not in a cache: it was never there, or how it left.
    func absence(of miss: Event, _ id: EventID) -> StyledText? {
        guard miss.value != 1 else { return nil }
        let sentence = EventSentence(miss, in: context, isShort: isShort)
        let records = context.run.caches
        guard let left = records.departure(of: miss.detail, from: miss.component, before: id, in: context.trace) else {
            return sentence.filled(
                context.text("{detail} was never in {component}", "{detail} nunca ha estado en {component}"),
                style: .text)
        }
        let ago = context.numbers.duration(miss.time.nanoseconds - left.time.nanoseconds)
        let (english, spanish) =
            switch left.kind {
            case .cacheEvicted:
                ("it was evicted \(ago) before", "se desalojó \(ago) antes")
            case .cacheEmptied:
                ("{component} lost its memory \(ago) before", "{component} perdió su memoria \(ago) antes")
            case .cacheRemoved where context.trace[left.cause]?.kind == .cacheStored:
                ("it expired \(ago) before", "caducó \(ago) antes")
            default: ("it was dropped \(ago) before", "se borró \(ago) antes")
            }
        let text = sentence.filled(context.text(english, spanish), style: .text)
        guard left.kind == .cacheEvicted, let newer = context.trace[left.cause], newer.detail != .none,
            newer.detail != left.detail
        else { return text }
        let name = context.trace.name(newer.detail)
        return text + StyledText(context.text(", to make room for \(name)", ", para hacer sitio a \(name)"))
    }

    /// Who wrote what a hit is behind of.
    func overwriting(of event: Event, _ id: EventID) -> StyledText? {
        write(before: event, id, "{request} wrote {detail} ", " before", "{request} escribió {detail} ", " antes")
    }

    /// Who wrote what a crash took, and that it went no further.
    func writing(of loss: Event, _ id: EventID) -> StyledText? {
        write(
            before: loss, id, "{request} wrote it ", " before, and no flush has saved it",
            "{request} la escribió ", " antes y ningún volcado la salvó")
    }

    private func write(
        before event: Event, _ id: EventID, _ english: String, _ englishEnd: String, _ spanish: String,
        _ spanishEnd: String
    ) -> StyledText? {
        let records = context.run.caches
        guard let write = records.write(of: event.detail, to: event.component, before: id, in: context.trace) else {
            return nil
        }
        let ago = context.numbers.duration(event.time.nanoseconds - write.time.nanoseconds)
        return EventSentence(write, in: context, isShort: isShort).filled(
            context.text("\(english)\(ago)\(englishEnd)", "\(spanish)\(ago)\(spanishEnd)"), style: .text)
    }

    /// Who brought in what a hit finds.
    func presence(of hit: Event, _ id: EventID) -> StyledText? {
        let records = context.run.caches
        guard let store = records.store(of: hit.detail, in: hit.component, before: id, in: context.trace) else {
            return nil
        }
        let ago = context.numbers.duration(hit.time.nanoseconds - store.time.nanoseconds)
        let (english, spanish) =
            store.request == .none
            ? ("it was stored \(ago) before", "se guardó \(ago) antes")
            : ("{request} stored it \(ago) before", "{request} la guardó \(ago) antes")
        return EventSentence(store, in: context, isShort: isShort).filled(
            context.text(english, spanish), style: .text)
    }

    /// That there was no room, and why it is this entry that went.
    func eviction(of victim: Event) -> StyledText? {
        guard victim.cause != .none, let cause = context.trace[victim.cause] else { return nil }
        let before = Cursor(time: cause.time, eventCount: Int(victim.cause.rawValue) - 1)
        guard let state = CacheState(context.index, victim.component, at: before), let capacity = state.capacity else {
            return nil
        }
        let count = context.numbers.count(capacity)
        let reason = context.evictionReason(victim.detail, in: state)
        let rule = state.eviction.map(Words.eviction) ?? ""
        let sentence = EventSentence(victim, in: context, isShort: isShort)
        return sentence.filled(
            context.text("{component} holds \(count), and ", "{component} solo guarda \(count) y "), style: .text)
            + sentence.filled(
                context.text("\(rule) gives up {detail}: \(reason)", "\(rule) renuncia a {detail}: \(reason)"),
                style: .text)
    }

    /// Since when another loads it.
    func load(behind join: Event) -> StyledText? {
        guard let lookup = context.trace[join.cause], lookup.component == join.component else { return nil }
        let ago = context.numbers.duration(join.time.nanoseconds - lookup.time.nanoseconds)
        return EventSentence(lookup, in: context, isShort: isShort).filled(
            context.text(
                "{request} began to load {detail} \(ago) before", "{request} empezó a cargar {detail} \(ago) antes"),
            style: .text)
    }

    /// That the cache may serve what has expired.
    func permission(toServe event: Event, _ id: EventID) -> StyledText? {
        let cursor = Cursor(time: event.time, eventCount: Int(id.rawValue))
        let state = CacheState(context.index, event.component, at: cursor)
        guard let length = state?.settings["staleFor"], length > 0 else { return nil }
        let written = context.numbers.duration(length)
        return EventSentence(event, in: context, isShort: isShort).filled(
            context.text(
                "{component} may serve it for \(written) after it expires",
                "{component} puede servirla hasta \(written) después de caducar"),
            style: .text)
    }
}
