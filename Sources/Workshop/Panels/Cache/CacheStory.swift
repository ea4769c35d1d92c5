import Analysis
import TerminalKit
import Trace

/// The last look-ups of a cache, each with what it brought in and what had to go for it.
///
///     user:1   MISS   in
///     user:1   HIT    100 ms old
///     user:3   MISS   in, user:1 out
struct CacheStory {
    let context: PanelContext
    let cache: NameID
    private let events: ArraySlice<UInt32>

    /// Stores are looked for so many events after the last look-up, victims so many after their store.
    private static let longestLoad = 2000
    private static let mostVictims = 64
    private static let longestKey = 20
    private static let shortKey = 8

    init(_ context: PanelContext, _ cache: NameID) {
        self.context = context
        self.cache = cache
        events = context.run.caches.events(of: cache, at: context.cursor)
    }

    /// What the story tells: places among the events, in order, at most so many of them.
    func items(_ count: Int) -> [Int] {
        var found: [Int] = []
        for place in events.indices.reversed() {
            guard found.count < count else { break }
            if let event = event(place), Self.isTold(event) { found.append(place) }
        }
        return found.reversed()
    }

    /// The event told before or after another; the newest where none is selected.
    func neighbour(of selected: EventID?, step: Int) -> EventID? {
        guard let selected, context.cursor.includes(selected) else { return items(1).last.map(id) }
        let told = { (place: Int) in self.event(place).map(Self.isTold) ?? false }
        let beside =
            step < 0
            ? events.indices.last { id($0) < selected && told($0) }
            : events.indices.first { id($0) > selected && told($0) }
        return beside.map(id) ?? (events.contains(selected.rawValue) ? selected : items(1).last.map(id))
    }

    private static func isTold(_ event: Event) -> Bool {
        switch event.kind {
        case .cacheHit, .cacheMiss, .cacheInvalidated, .cacheEmptied, .cacheWritten: true
        default: false
        }
    }

    private func event(_ place: Int) -> Event? { context.trace[EventID(events[place])] }
    func id(_ place: Int) -> EventID { EventID(events[place]) }

    /// The newest stands last. Keys are whole where that leaves room for what came of it.
    func lines(_ count: Int, width: Int) -> [StyledText] {
        let items = items(count)
        let stores = stores(after: items)
        let word = items.compactMap { event($0) }.map { Text.width(self.word($0).text) }.max() ?? 0
        let whole = lines(items, stores, word: word, width: width) { $0 }
        guard whole.contains(where: { $0.width > width }) else { return whole }
        // What is still too long is cut.
        let names = CacheKeys(
            items.compactMap { event($0)?.detail }.filter { $0 != .none }.map { context.trace.name($0) })
        let cut = lines(items, stores, word: word, width: width) {
            names.short($0, to: Self.shortKey, ellipsis: context.glyphs.ellipsis)
        }
        return cut.map { $0.truncated(to: width, ellipsis: context.glyphs.ellipsis) }
    }

    private func lines(
        _ items: [Int], _ stores: [Int: Int], word: Int, width: Int, _ name: (String) -> String
    ) -> [StyledText] {
        let names = items.compactMap { event($0) }.map { Text.width(name(context.trace.name($0.detail))) }
        let key = min(names.max() ?? 0, Self.longestKey)
        return items.map { line($0, stores[$0], key: key, word: word, hasTime: width >= 56, name) }
    }

    private func line(
        _ place: Int, _ store: Int?, key: Int, word: Int, hasTime: Bool, _ name: (String) -> String
    ) -> StyledText {
        guard let event = event(place) else { return StyledText() }
        let isSelected = context.selection.event == id(place)
        let style = isSelected ? Style(.selection, [.bold, .reverse]) : Style(.text)
        var text = StyledText()
        if hasTime {
            let time = context.numbers.seconds(event.time)
            text.append(Text.pad(time, to: max(8, Text.width(time)), .right) + "  ", .muted)
        }
        let shown = name(context.trace.name(event.detail))
        text.append(Text.pad(shown, to: key, ellipsis: context.glyphs.ellipsis), style)
        let (said, role) = self.word(event)
        text.append(" " + Text.pad(said, to: word) + " ", Style(role, .bold))
        return text + effect(event, place, store, name)
    }

    private func word(_ event: Event) -> (text: String, role: Role) {
        switch event.kind {
        case .cacheHit: (context.text("HIT", "ACIERTO"), .cache)
        case .cacheMiss: (context.text("MISS", "FALLO"), .text)
        case .cacheInvalidated: (context.text("DROP", "BORRAR"), .accent)
        case .cacheEmptied: context.trace.name(event.detail) == "restart"
            ? (context.text("RESTART", "REINICIO"), .fail) : (context.text("CRASH", "CAÍDA"), .fail)
        default: (context.text("WRITE", "ESCRIBIR"), .accent)
        }
    }

    // MARK: What came of it

    private func effect(_ event: Event, _ place: Int, _ store: Int?, _ name: (String) -> String) -> StyledText {
        switch event.kind {
        case .cacheHit: hit(event, place)
        case .cacheMiss: miss(event, store, name)
        case .cacheInvalidated, .cacheEmptied:
            StyledText(context.entriesText(Int(clamping: event.value)), .muted)
        default:
            store.map { arrival($0, name) } ?? StyledText()
        }
    }

    private func hit(_ event: Event, _ place: Int) -> StyledText {
        for next in events[(place + 1)...].indices.prefix(2) {
            guard let other = self.event(next), other.request == event.request, other.detail == event.detail else {
                continue
            }
            if other.kind == .cacheStaleServed {
                return StyledText(context.text("out of date", "desfasada"), Style(.warn, .bold))
            }
            if other.kind == .cacheExpiredServed {
                return StyledText(context.text("expired, loading", "caducada, se recarga"), Style(.warn))
            }
        }
        let age = context.numbers.duration(event.value)
        return StyledText(context.text("\(age) old", "de hace \(age)"), .muted)
    }

    private func miss(_ event: Event, _ store: Int?, _ name: (String) -> String) -> StyledText {
        let expired = event.value == 1 ? StyledText(context.text("expired, ", "caducada, "), .muted) : StyledText()
        if let store { return expired + arrival(store, name) }
        let isOver = context.index.request(event.request).map { context.cursor.includes($0.endEvent) } ?? false
        return expired
            + StyledText(
                isOver ? context.text("not kept", "no se guarda") : context.text("loading", "cargando"), .muted)
    }

    private struct Errand: Hashable {
        var request: RequestID
        var key: NameID
    }

    /// For each look-up and write, the place of the store that it leads to, found in one walk past all of them.
    private func stores(after items: [Int]) -> [Int: Int] {
        guard let first = items.first, let last = items.last else { return [:] }
        var open: [Errand: [Int]] = [:]
        var stores: [Int: Int] = [:]
        var told = items[...]
        for place in first..<min(events.endIndex, last + Self.longestLoad) {
            guard let event = event(place) else { continue }
            let errand = Errand(request: event.request, key: event.detail)
            if place == told.first {
                told.removeFirst()
                open[errand, default: []].append(place)
            } else if event.kind == .cacheStored {
                for begun in open.removeValue(forKey: errand) ?? [] { stores[begun] = place }
            } else if told.isEmpty, open.isEmpty {
                break
            }
        }
        return stores
    }

    /// `in, user:1 out`
    private func arrival(_ store: Int, _ name: (String) -> String) -> StyledText {
        var text = StyledText(context.text("in", "entra"))
        let victims = events[(store + 1)...].prefix(Self.mostVictims).lazy.compactMap { context.trace[EventID($0)] }
            .filter { $0.kind == .cacheEvicted && $0.cause == id(store) }.map(\.detail)
        guard let first = victims.first else { return text }
        let others = victims.dropFirst().count
        text.append(", ", .muted)
        let gone = name(context.trace.name(first)) + (others > 0 ? " +\(context.numbers.count(others))" : "")
        text.append(context.text("\(gone) out", "sale \(gone)"), Style(.warn, .bold))
        return text
    }
}
