import Analysis
import TerminalKit
import Trace

/// `TerminalKit` has a span of text by the same name.
typealias TraceSpan = Analysis.Span

extension PanelContext {
    var index: TraceIndex { run.index }
    var trace: Trace { run.trace }
    var numbers: NumberText { NumberText(language, glyphs.repertoire) }

    /// The text in the panel's language.
    func text(_ english: String, _ spanish: String) -> String { language.text(english, spanish) }

    /// `1 key`, `12 keys`: a count with its noun, in one and in several.
    func counted(_ count: Int, _ english: (String, String), _ spanish: (String, String)) -> String {
        let noun = language == .english ? english : spanish
        return numbers.count(count, noun.0, noun.1)
    }

    /// The request that all panels show: the selected one, else one after another. It is given whole, with what has not
    /// happened yet; ``hasStarted(_:)`` and clipping tell what is known at the cursor.
    var request: RequestInfo? {
        (selection.request ?? run.tour.request(at: cursor)).flatMap { index.request($0) }
    }

    /// The same moment in another run. Before the first event of this one it is before the first of that one.
    func cursor(in run: RunView) -> Cursor {
        cursor.eventCount == 0 ? .start : run.trace.cursor(at: cursor.time)
    }

    /// How long the same request takes in the run beside this one, in nanoseconds.
    func peerDuration(of request: RequestInfo) -> Int64 {
        guard let peer, let other = peer.index.request(request.id) else { return 0 }
        return (other.end ?? peer.trace.end).nanoseconds - other.start.nanoseconds
    }

    func hasStarted(_ request: RequestInfo) -> Bool { cursor.includes(request.startEvent) }

    /// `request 12`, or nothing.
    var requestNote: String {
        guard let request else { return "" }
        let number = numbers.count(Int(request.id.rawValue))
        return text("request \(number)", "petición \(number)")
    }

    /// What a panel about one request says while there is none to show.
    var noRequestText: String {
        guard let request, !hasStarted(request) else {
            return text("No request yet.", "Aún no hay peticiones.")
        }
        let start = numbers.moment(request.start)
        let number = numbers.count(Int(request.id.rawValue))
        return text("Request \(number) starts at \(start).", "La petición \(number) empieza en \(start).")
    }

    /// The selection of a neighbour in a list: the first or the last where none was selected.
    func neighbour<Item: Equatable>(of item: Item?, in items: [Item], step: Int) -> Item? {
        guard let first = items.first, let last = items.last else { return nil }
        guard let item, let place = items.firstIndex(of: item) else { return step < 0 ? last : first }
        return items[min(max(place + step, 0), items.count - 1)]
    }

    /// The next or previous request that has started. O(1).
    func selectionOfRequest(movedBy step: Int) -> Selection {
        let started = index.requestsStarted(at: cursor)
        guard started > 0 else { return selection }
        let now = request.map { Int($0.id.rawValue) } ?? 0
        return Selection(request: RequestID(UInt32(min(max(now + step, 1), started))))
    }
}
