import Analysis
import TerminalKit
import Trace

/// Where the lifelines of a sequence diagram stand: the client's first, then those of backends and caches.
struct SequenceColumns {
    struct Participant: Hashable {
        var component: NameID
        var x: Int
        var name: String
        var hue: Role
        /// Where the name starts, so that it stands over the lifeline, and the room that it has.
        var nameX = 0
        var nameWidth = 0
        var nameRow = 0
    }

    private(set) var participants: [Participant] = []
    /// Columns of the time labels; a mark stands before them and another after them.
    let labelWidth: Int
    let width: Int
    /// Whether what an answer says stands on its arrow, because there is no room for it beside the lifelines.
    private(set) var hasNotesOnArrows = false

    /// Whether every other name stands a row lower, because side by side they would not fit.
    private(set) var isStaggered = false

    private static let smallestGap = 4
    private static let longestLabel = 30

    /// - Parameters:
    ///   - labels: the longest text on an arrow, in columns.
    ///   - notes: the longest text of an answer.
    ///   - sideNotes: the longest text that must stand beside a lifeline.
    ///   - used: of all others; who is not in it is left out first where room is short.
    init(
        client: NameID, others: [NameID], used: Set<NameID>, labels: Int, notes: Int, sideNotes: Int, labelWidth: Int,
        width: Int, trace: Trace
    ) {
        self.width = width
        self.labelWidth = labelWidth
        let origin = labelWidth + 2
        let room = width - origin - 1
        guard room >= 0 else { return }
        participants = [
            Participant(component: client, x: origin, name: trace.name(client), hue: trace.hue(of: client))
        ]
        var shown = others
        if shown.count * Self.smallestGap + 8 > room { shown = others.filter(used.contains) }
        shown = Array(shown.prefix(room / Self.smallestGap))
        if !shown.isEmpty {
            place(shown, labels: labels, noteGap: notes + 3, margin: min(12, sideNotes + 1), room: room, trace: trace)
        }
        placeNames()
    }

    /// Gives each lifeline its column. The first gap holds the texts of the arrows; the last one is the margin.
    private mutating func place(_ shown: [NameID], labels: Int, noteGap: Int, margin: Int, room: Int, trace: Trace) {
        let names = shown.map { trace.name($0) }
        var gaps = Array(repeating: Self.smallestGap, count: shown.count) + [0]
        var spare = room - gaps.reduce(0, +)
        func widen(_ place: Int, to wanted: Int) {
            let more = min(spare, max(0, wanted - gaps[place]))
            gaps[place] += more
            spare -= more
        }
        let apart = (0...shown.count).map { place in
            let around = names.indices.filter { $0 == place - 1 || $0 == place }.map { Text.width(names[$0]) }
            return place == 0 ? 0 : place == shown.count ? 4 : min(12, (around.reduce(0, +) + 1) / 2 + 1)
        }
        let label = min(labels, Self.longestLabel) + 4
        hasNotesOnArrows = min(label, 16) + shown.count * noteGap > room
        isStaggered = min(label, 16) + apart.reduce(0, +) > room
        if !isStaggered { for place in 1...shown.count { widen(place, to: apart[place]) } }
        if !hasNotesOnArrows { for place in 1...shown.count { widen(place, to: noteGap) } }
        widen(0, to: min(label, 16))
        widen(shown.count, to: max(Self.smallestGap, margin))
        widen(0, to: label)
        for width in Self.smallestGap...max(Self.smallestGap, noteGap + 4) {
            for place in 1...shown.count { widen(place, to: width) }
        }
        var x = participants[0].x
        for (place, component) in shown.enumerated() {
            x += gaps[place]
            participants.append(
                Participant(component: component, x: x, name: names[place], hue: trace.hue(of: component)))
        }
    }

    /// The client's name starts at its lifeline; the others stand over theirs, or as near as the next name allows.
    private mutating func placeNames() {
        var ends = [width, width]
        for place in participants.indices.reversed() {
            let row = isStaggered && place > 0 && place % 2 == 0 ? 1 : 0
            let long = Text.width(participants[place].name)
            let centred = place == 0 ? participants[0].x : participants[place].x - (long - 1) / 2
            participants[place].nameRow = row
            participants[place].nameX = max(0, min(centred, ends[row] - long))
            participants[place].nameWidth = max(0, ends[row] - participants[place].nameX)
            ends[row] = participants[place].nameX - 1
        }
    }

    /// Rows that the names take.
    var headerHeight: Int { isStaggered ? 2 : 1 }

    var clientX: Int { participants.first?.x ?? 0 }

    func x(of component: NameID) -> Int? {
        participants.dropFirst().first { $0.component == component }?.x
    }

    /// Columns between a lifeline and the next one, or the edge.
    func room(rightOf x: Int) -> Int {
        (participants.first { $0.x > x }?.x ?? width + 1) - x - 2
    }
}
