import Analysis
import Scenario
import TerminalKit
import Trace

/// Somebody says where in the run to go: a moment, a request, or the next event of some kind.
struct GoToState: Hashable, Sendable {
    enum Destination: Hashable, Sendable {
        case moment(VirtualTime)
        case event(EventID, count: Int)
    }

    var field = TextField()
    private(set) var selected = 0
    private let upcoming: Upcoming

    init(_ upcoming: Upcoming) { self.upcoming = upcoming }

    /// What is typed: a moment and a request go first; words leave the events whose sentences hold them all.
    func destinations(_ context: PanelContext) -> [Destination] {
        let typed = field.text.trimmingBlanks
        if let time = Self.moment(typed) { return [.moment(min(time, context.trace.end))] }
        if let number = Self.request(typed) {
            guard let root = context.index.root(of: number) else { return [] }
            return [.event(root.startEvent, count: 1)]
        }
        let query = SearchQuery(typed)
        return upcoming.items.filter { item in
            guard !query.isEmpty, let event = context.trace[item.event] else { return query.isEmpty }
            return query.matches(EventSentence(event, in: context).text.plain)
        }
        .map { .event($0.event, count: $0.count) }
    }

    /// `12.5s`, `250ms`, and seconds without a unit; the comma is a point too.
    private static func moment(_ typed: String) -> VirtualTime? {
        let text = typed.replacing(",", with: ".").replacing(" ", with: "")
        guard let duration = Duration(written: text) ?? Duration(written: text + "s") else { return nil }
        return .zero.advanced(by: duration)
    }

    /// `#257`.
    private static func request(_ typed: String) -> RequestID? {
        guard typed.first == "#", let number = UInt32(typed.dropFirst()), number > 0 else { return nil }
        return RequestID(number)
    }

    mutating func type(_ key: Key) {
        let text = field.text
        if field.press(key), field.text != text { selected = 0 }
    }

    mutating func move(_ step: Int, in count: Int) { selected = min(max(0, selected + step), max(0, count - 1)) }
}
