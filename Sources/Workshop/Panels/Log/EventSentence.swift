import Analysis
import TerminalKit
import Trace

/// What happened, as one sentence.
struct EventSentence {
    let event: Event
    let context: PanelContext
    /// Operations without their backends, whose colour they take: for narrow places.
    let isShort: Bool
    private let phrase: EventPhrase

    init(_ event: Event, in context: PanelContext, isShort: Bool = false) {
        self.event = event
        self.context = context
        self.isShort = isShort
        let isClient = context.trace.components.contains { $0.kind == .client && $0.name == event.component }
        phrase = EventPhrase(event, isClient: isClient, detail: context.trace.name(event.detail))
    }

    var isMinor: Bool { phrase.isMinor }

    /// The sentence, components in their colours.
    var text: StyledText { filled(context.text(phrase.english, phrase.spanish), style: base) }

    /// The sentence after its moment: `12.400 s  sql.check_stock answers in 80 ms`.
    var timed: StyledText {
        StyledText(context.numbers.moment(event.time) + "  ", .muted) + text
    }

    /// A sign for the kind of event; `nil`: there is none.
    var mark: Mark? {
        switch event.kind {
        case .requestFinished, .callFinished, .callRejected, .callAbandoned, .attemptFinished:
            Self.mark(event.outcome)
        case .serviceFinished, .guardFinished, .copyFinished:
            event.outcome.isSuccess ? nil : Self.mark(event.outcome)
        case .dataMissing, .retryGivenUp: .failed
        case .cacheAbandoned, .callExpired, .cacheLost, .cacheEmptied: .lost
        case .callDetached: event.outcome == .reset ? .lost : nil
        case .callQueued, .bulkheadQueued: .queued
        case .serviceStarted: .working
        case .waitStarted, .limiterDelayed, .cacheJoined: .waiting
        case .timeoutFired: .timedOut
        case .attemptStarted: event.value > 1 ? .retried : nil
        case .retryScheduled: .retried
        case .copyStarted: event.value > 0 ? .hedged : nil
        case .breakerOpened, .breakerRejected, .bulkheadRejected, .bulkheadShed, .limiterRejected: .rejected
        case .breakerClosed: .ok
        case .fallbackUsed: .cached
        case .cacheHit, .cacheMiss, .cacheStored, .cacheInvalidated, .cacheStaleServed, .cacheExpiredServed,
            .cacheEvicted:
            .cached
        case .cacheDirtied: .dirty
        case .cacheFlushed: event.outcome.isSuccess || event.outcome == .none ? .ok : .failed
        case .faultStarted: .fault
        case .faultEnded: .ok
        case .parameterSet: .cursor
        case .mark: .step
        default: nil
        }
    }

    /// How a piece of work ended.
    static func mark(_ outcome: Outcome) -> Mark? {
        switch outcome {
        case .none: nil
        case .ok: .ok
        case .rejected, .shortCircuited, .shed, .limited: .rejected
        case .timedOut: .timedOut
        case .cancelled: .lost
        default: .failed
        }
    }

    private var base: Style {
        switch event.outcome {
        case .none, .ok: phrase.isMinor ? .muted : .text
        default: .text
        }
    }

    // MARK: Filling

    /// A phrase with its places filled. Names come from files; they are put in last and never read as places.
    func filled(_ phrase: String, style: Style) -> StyledText {
        var text = StyledText()
        var rest = Substring(phrase)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text.append(String(rest[..<open]), style)
            text += value(of: rest[rest.index(after: open)..<close], style: style)
            rest = rest[rest.index(after: close)...]
        }
        text.append(String(rest), style)
        return text
    }

    private func value(of place: Substring, style: Style) -> StyledText {
        let trace = context.trace
        switch place {
        case "component": return component(event.component, style)
        case "client": return component(caller, style)
        case "detail": return StyledText(trace.name(event.detail), style)
        case "block": return StyledText(Words.block(trace.name(event.detail))(context.language), style)
        case "mark": return StyledText(context.markLabel(event.detail), style)
        case "call":
            let operation = trace.name(event.detail)
            let backend = component(event.component, style)
            if operation.isEmpty { return backend }
            return isShort
                ? StyledText(operation, Style(trace.hue(of: event.component)))
                : backend + StyledText(".\(operation)", style)
        case "request":
            let number = context.numbers.count(Int(event.request.rawValue))
            return StyledText(context.text("request \(number)", "la petición \(number)"), style)
        case "time":
            let size = Int64(clamping: event.value.magnitude)
            return StyledText(context.numbers.duration(size), Style(style.role, .bold))
        case "number": return StyledText(context.numbers.count(Int(clamping: event.value)), style)
        case _ where place.hasPrefix("number "): return StyledText(number(with: place), style)
        case "faultName": return StyledText(context.faultName(event.detail), style)
        case "fault": return StyledText(context.faultText(event.detail, size: event.value), style)
        default: return policyValue(of: place, style: style)
        }
    }

    /// `{number key/keys}`: the count with its noun, in one and in several.
    private func number(with place: Substring) -> String {
        let nouns = place.dropFirst("number ".count).split(separator: "/").map(String.init)
        return context.numbers.count(Int(clamping: event.value), nouns.first ?? "", nouns.last ?? "")
    }

    /// The client, or the cache that works in the background.
    private var caller: NameID {
        let caller = context.index.caller(of: event)
        return caller != .none ? caller : context.index.request(event.request)?.client ?? event.component
    }

    func component(_ name: NameID, _ style: Style) -> StyledText {
        StyledText(context.trace.name(name), Style(context.trace.hue(of: name), style.role == .muted ? [] : .bold))
    }
}
