import Analysis
import Trace

/// What happened between two moments of a run: event by event where there are few, condensed where there are many.
struct PassageSpeech: Spoken {
    let context: PanelContext
    let from: Cursor
    let to: Cursor
    let end: VirtualTime
    /// Whether it goes on from there.
    let isPlaying: Bool
    /// Whether a change was made at its beginning, which has been told.
    private let isChanged: Bool
    private let before: App
    private let after: App
    /// More events than these are told as figures.
    private static let mostEvents = 12
    /// Of the events that stand out in many.
    private static let mostTurns = 10
    /// Of those that are alike and come at once.
    private static let mostAlike = 3

    /// `nil` where no time has passed on the same page and in the same run.
    init?(_ before: App, _ after: App) {
        guard before.lesson?.page == after.lesson?.page, after.lesson?.isAsking != true,
            let old = before.stage, let new = after.stage,
            let then = old.player, let now = new.player, let run = now.run, then.run === run,
            then.cursor != now.cursor, let context = new.spokenContext(for: .log, after)
        else { return nil }
        self.context = context
        from = then.cursor
        to = now.cursor
        end = run.trace.end
        isPlaying = now.playhead.isPlaying
        self.before = before
        self.after = after
        let moment = then.cursor.time
        isChanged = now.history.changes.contains { VirtualTime.zero.advanced(by: $0.at) == moment }
    }

    func spoken(_ language: Language) -> [String] {
        if to < from { return back }
        let passed = from.eventCount..<min(to.eventCount, context.trace.events.count)
        let worthTelling = passed.lazy.filter { place in
            let event = context.trace.events[place]
            return !isKnown(event) && !EventSentence(event, in: context).isMinor
        }
        // One more than are told shows that there are many.
        let told = Array(worthTelling.prefix(Self.mostEvents + 1))
        var lines = told.count <= Self.mostEvents ? steps(told.isEmpty ? Array(passed.suffix(2)) : told) : many(passed)
        let moment = context.numbers.moment(to.time)
        if to.time >= end {
            lines.append(context.text("At \(moment) the run is over.", "En \(moment) termina la simulación."))
        } else if passed.isEmpty || isPlaying && told.count > Self.mostEvents {
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
        return [head, context.text("The last event: ", "El último evento: ") + Self.sentence(of: last, context)]
    }

    /// What is said in the same words is said once, and how often more.
    private func steps(_ places: [Int]) -> [String] {
        var lines: [(sentence: String, count: Int)] = []
        for place in places {
            let sentence = Self.sentence(of: context.trace.events[place], context)
            if lines.last?.sentence == sentence {
                lines[lines.count - 1].count += 1
            } else {
                lines.append((sentence, 1))
            }
        }
        return lines.flatMap { $0.count == 1 ? [$0.sentence] : [$0.sentence, same($0.count - 1)] }
    }

    /// `At 1.250 s, sql answers in 500 ms.`
    static func sentence(of event: Event, _ context: PanelContext) -> String {
        let moment = context.numbers.moment(event.time)
        let text = EventSentence(event, in: context).text.plain
        // A mark has the words of the lesson, whatever they are.
        let colon = event.kind == .mark ? ":" : ","
        return Speech.sentence(context.text("At \(moment)\(colon) \(text)", "En \(moment)\(colon) \(text)"))
    }

    // MARK: Many

    private func many(_ passed: Range<Int>) -> [String] {
        let window = Window(context.trace, from: from.eventCount == 0 ? nil : from.time, through: to)
        let metrics = RunMetrics.over(context.index, window)
        let stretch = (context.numbers.moment(from.time), context.numbers.moment(to.time))
        let head = context.text("From \(stretch.0) to \(stretch.1):", "De \(stretch.0) a \(stretch.1):")
        return [head] + metrics.flows.compactMap(flow) + failure(in: passed) + turns(in: passed)
            + (isPlaying ? [] : picture)
    }

    /// What has become of the picture on the screen, where it shows more than has been told.
    private var picture: [String] {
        guard let state = after.stage, !state.isZoomed, let kind = state.focusedPanel ?? state.panels.first,
            Self.pictures.contains(kind)
        else { return [] }
        let known = Set(before.stage?.sentences(of: kind, before).dropFirst() ?? [])
        let news = state.sentences(of: kind, after).dropFirst().filter { !known.contains($0) }
        return news.count > Self.mostOfPicture ? [] : news
    }

    /// Those that show how things stand: not the events again, nor the figures.
    private static let pictures: Set<PanelKind> = [
        .balancer, .ring, .hits, .cache, .writes, .breaker, .bulkhead, .limits, .policies, .retries, .arrivals,
        .topology,
    ]
    /// A larger picture is told when somebody asks for it.
    private static let mostOfPicture = 10

    private func flow(_ flow: FlowMetrics) -> String? {
        guard flow.requests + flow.ok + flow.failed > 0 else { return nil }
        let name = context.text("Flow \(flow.name)", "Flujo \(flow.name)")
        return Speech.sentence("\(name): \(FigureWords(context: context).text(of: TrafficFigures(flow)))")
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
        let failure = context.text("The first failure, at \(moment): ", "El primer fallo, en \(moment): ") + text
        return [Speech.sentence(failure)] + (reason.map { [context.text("Why: \($0).", "Por qué: \($0).")] } ?? [])
    }

    /// Events that change how the system stands, not how one request fares.
    private func turns(in passed: Range<Int>) -> [String] {
        let turns = passed.filter { place in
            let event = context.trace.events[place]
            return Self.isTurn(event.kind) && !isKnown(event)
        }
        var groups: [[Int]] = []
        for place in turns {
            if let last = groups.last?.last, isAlike(last, place) {
                groups[groups.count - 1].append(place)
            } else {
                groups.append([place])
            }
        }
        let told = groups.prefix(Self.mostTurns)
        let rest = groups.dropFirst(told.count).reduce(0) { $0 + $1.count }
        return told.flatMap { group in
            group.count <= Self.mostAlike ? steps(group) : steps(Array(group.prefix(1))) + [same(group.count - 1)]
        } + (rest > 0 ? [more(rest)] : [])
    }

    /// What happens to many at once is told of one.
    private func isAlike(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (context.trace.events[one], context.trace.events[other])
        return one.kind == other.kind && one.time == other.time && one.kind != .mark
    }

    private func same(_ count: Int) -> String {
        let number = context.numbers.count(count)
        return count == 1
            ? context.text("The same once more.", "Lo mismo una vez más.")
            : context.text("The same \(number) times more.", "Lo mismo \(number) veces más.")
    }

    private func more(_ count: Int) -> String {
        let counted = context.counted(
            count, ("more event like these", "more events like these"),
            ("evento más como estos", "eventos más como estos"))
        return context.text("And \(counted).", "Y \(counted).")
    }

    private func isKnown(_ event: Event) -> Bool {
        isChanged && event.kind == .parameterSet && event.time == from.time
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
