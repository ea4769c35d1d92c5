import Analysis
import Trace

/// What each backend does with the request's calls, row by row, as known at a cursor.
struct SequenceActivity {
    struct Work: Hashable {
        var working = 0
        var queued = 0
        /// Calls and answers that are on the network for longer than a row.
        var travelling = 0

        static let none = Work()

        static func += (left: inout Work, right: Work) {
            left.working += right.working
            left.queued += right.queued
            left.travelling += right.travelling
        }
    }

    private var components: [NameID] = []
    /// For each component, row by row.
    private var table: [[Work]] = []
    private let rowCount: Int

    init(_ rows: SequenceRows, request: RequestInfo, index: TraceIndex, cursor: Cursor, current: Int) {
        rowCount = current + 1
        for (id, place) in Self.places(rows) {
            guard let span = index.span(id)?.clipped(to: cursor), cursor.includes(span.startEvent) else { continue }
            let from = place.arrive ?? place.send
            if place.bends { mark(span.component, place.send, place.arrive ?? .max, \.travelling) }
            if let leave = place.leave { mark(span.component, leave, place.answer ?? .max, \.travelling) }
            guard !place.bends || place.arrive != nil, span.rejection == nil else { continue }
            let end = (place.leave ?? place.answer).map { $0 + 1 } ?? .max
            var service = from
            if span.queueing != nil {
                service =
                    span.serviceStarted.map { start in
                        min(rows.row(at: start.nanoseconds - request.start.nanoseconds), current)
                    } ?? end
                service = min(max(service, from), end)
                mark(span.component, from, service, \.queued)
            }
            mark(span.component, service, end, \.working)
        }
        for place in table.indices {
            for row in table[place].indices.dropFirst() { table[place][row] += table[place][row - 1] }
        }
    }

    func work(at component: NameID, row: Int) -> Work {
        guard let place = components.firstIndex(of: component), row >= 0, row < rowCount else { return .none }
        return table[place][row]
    }

    /// One more from a row on, until another.
    private mutating func mark(_ component: NameID, _ from: Int, _ to: Int, _ part: WritableKeyPath<Work, Int>) {
        guard from < to, from < rowCount else { return }
        let place = components.firstIndex(of: component) ?? components.count
        if place == components.count {
            components.append(component)
            table.append(Array(repeating: .none, count: rowCount))
        }
        table[place][from][keyPath: part] += 1
        if to < rowCount { table[place][to][keyPath: part] -= 1 }
    }

    /// The rows of a call.
    private struct Place {
        var send: Int
        var bends: Bool
        var arrive: Int?
        var leave: Int?
        /// Where the backend is done with it.
        var answer: Int?
    }

    private static func places(_ rows: SequenceRows) -> [(SpanID, Place)] {
        var order: [SpanID] = []
        var places: [SpanID: Place] = [:]
        for group in rows.groups {
            for item in group.items {
                switch item.kind {
                case .send where item.isLost: break
                case .send:
                    order.append(item.span)
                    places[item.span] = Place(send: group.row, bends: item.bend)
                case .arrive: places[item.span]?.arrive = group.row
                case .leave: places[item.span]?.leave = group.row
                case .answer, .lateAnswer, .dropped: places[item.span]?.answer = group.row
                default: break
                }
            }
        }
        return order.compactMap { id in places[id].map { (id, $0) } }
    }
}
