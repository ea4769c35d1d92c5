import Analysis
import Trace

/// What happened between two moments of a run: event by event where there are few, condensed where there are many.
struct PassageSpeech: Spoken {
    let context: PanelContext
    let from: Cursor
    let to: Cursor
    let end: VirtualTime
    /// More events than these are told as figures.
    private static let mostEvents = 12
    /// Of the events that stand out in many.
    private static let mostTurns = 10

    /// `nil` where no time has passed on the same page and in the same run.
    init?(_ before: App, _ after: App) {
        guard let old = before.lesson, let new = after.lesson, old.page == new.page, !new.isAsking,
            let then = old.player, let now = new.player, let run = now.run, then.run === run,
            then.cursor != now.cursor, let context = new.spokenContext(for: .log, after)
        else { return nil }
        self.context = context
        from = then.cursor
        to = now.cursor
        end = run.trace.end
    }

    func spoken(_ language: Language) -> [String] {
        if to < from { return back }
        let passed = from.eventCount..<min(to.eventCount, context.trace.events.count)
        let told = passed.filter { !EventSentence(context.trace.events[$0], in: context).isMinor }
        var lines = told.count <= Self.mostEvents ? steps(told.isEmpty ? Array(passed.suffix(2)) : told) : many(passed)
        let moment = context.numbers.moment(to.time)
        if to.time >= end {
            lines.append(context.text("At \(moment) the run is over.", "En \(moment) termina la simulación."))
        } else if passed.isEmpty {
            lines.append(context.text("Now at \(moment).", "Ahora en \(moment)."))
        } else if told.count > Self.mostEvents {
            lines.append(context.text("Stopped at \(moment).", "Parado en \(moment)."))
        }
        return lines
    }

    // MARK: Few

    private var back: [String] {
        let moment = context.numbers.moment(to.time)
        let head = context.text("Back at \(moment).", "De vuelta en \(moment).")
        guard let last = context.trace[EventID(UInt32(to.eventCount))] else { return [head] }
        return [head, context.text("The last event: ", "El último suceso: ") + Self.sentence(of: last, context)]
    }

    private func steps(_ places: [Int]) -> [String] {
        places.map { Self.sentence(of: context.trace.events[$0], context) }
    }

    /// `At 1.250 s, sql answers in 500 ms.`
    static func sentence(of event: Event, _ context: PanelContext) -> String {
        let moment = context.numbers.moment(event.time)
        let text = EventSentence(event, in: context).text.plain
        return Speech.sentence(context.text("At \(moment), \(text)", "En \(moment), \(text)"))
    }

    // MARK: Many

    private func many(_ passed: Range<Int>) -> [String] {
        let window = Window(context.trace, from: from.eventCount == 0 ? nil : from.time, through: to)
        let metrics = RunMetrics.over(context.index, window)
        let stretch = (context.numbers.moment(from.time), context.numbers.moment(to.time))
        let head = context.text("From \(stretch.0) to \(stretch.1):", "De \(stretch.0) a \(stretch.1):")
        return [head] + metrics.flows.compactMap(flow) + failure(in: passed) + turns(in: passed)
    }

    private func flow(_ flow: FlowMetrics) -> String? {
        guard flow.requests + flow.ok + flow.failed > 0 else { return nil }
        return Speech.sentence("\(flow.name): \(FigureWords(context: context).text(of: flow))")
    }

    private func failure(in passed: Range<Int>) -> [String] {
        let first = passed.first { place in
            let event = context.trace.events[place]
            return event.kind == .requestFinished && !event.outcome.isSuccess && event.outcome != .none
        }
        guard let first else { return [] }
        let event = context.trace.events[first]
        let reason = EventReasons(context: context).reasons(of: EventID(UInt32(first + 1)), limit: 1).first?.plain
        let moment = context.numbers.moment(event.time)
        let text = EventSentence(event, in: context).text.plain
        let because = reason.map { context.text(" because \($0)", " porque \($0)") } ?? ""
        return [
            Speech.sentence(
                context.text("The first failure, at \(moment): ", "El primer fallo, en \(moment): ") + text + because)
        ]
    }

    /// Events that change how the system stands, not how one request fares.
    private func turns(in passed: Range<Int>) -> [String] {
        let turns = passed.filter { Self.isTurn(context.trace.events[$0].kind) }
        let told = steps(Array(turns.prefix(Self.mostTurns)))
        let rest = turns.count - told.count
        guard rest > 0 else { return told }
        let number = context.numbers.count(rest)
        return told + [context.text("And \(number) more events like these.", "Y \(number) sucesos más como estos.")]
    }

    private static func isTurn(_ kind: EventKind) -> Bool {
        switch kind {
        case .faultStarted, .faultEnded, .parameterSet, .mark, .breakerOpened, .breakerHalfOpened, .breakerClosed,
            .breakerDisabled, .cacheEmptied, .cacheLost, .panicStarted, .panicEnded, .serverLeft, .serverEjected:
            true
        default: false
        }
    }
}
