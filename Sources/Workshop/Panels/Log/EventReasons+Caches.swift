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
        let records = context.run.caches
        guard let write = records.write(of: event.detail, to: event.component, before: id, in: context.trace) else {
            return nil
        }
        let ago = context.numbers.duration(event.time.nanoseconds - write.time.nanoseconds)
        return EventSentence(write, in: context, isShort: isShort).filled(
            context.text("{request} wrote {detail} \(ago) before", "{request} escribió {detail} \(ago) antes"),
            style: .text)
    }
}
