import TerminalKit

/// The states of a circuit breaker and the ways between them, each with its rule and how often it was taken.
///
///             5 failures          30 s
///      CLOSED ────×2───▶ ● OPEN ───×2──▶ HALF-OPEN
///        ▲                  ▲               │
///        ╰───── success ×1 ─┼───────────────┤
///                           ╰── failure ×1 ─╯
///
/// The state that holds is reversed and has a mark, the way taken last is heavy.
struct BreakerDiagram {
    enum State: Int, CaseIterable, Hashable { case closed, open, halfOpen }
    enum Way: Int, CaseIterable, Hashable { case trip, wait, recover, relapse }

    /// The rule of each way, the longest wording first: the first that fits is shown.
    var rules: [Way: [String]] = [:]
    var counts: [Way: Int] = [:]
    var last: Way?
    /// `nil`: none of them, the breaker is disabled.
    var state: State?
    var names: [State: String] = [:]
    var glyphs: Glyphs
    var numbers: NumberText

    static let height = 5
    /// A state's name, its mark, and a blank on each side.
    private static let margin = 4
    private static let shortestArrow = 4
    private static let longestArrow = 22

    private func width(_ state: State) -> Int { Text.width(names[state] ?? "") + Self.margin }

    var minimumWidth: Int {
        State.allCases.reduce(2 * Self.shortestArrow) { $0 + width($1) }
    }

    /// Where the states and the ways stand.
    private struct Places {
        var states: [Rect] = []
        /// The arrows between neighbours.
        var arrows: [Rect] = []

        func middle(_ state: State) -> Int { states[state.rawValue].x + states[state.rawValue].width / 2 }
    }

    private func places(in rect: Rect) -> Places {
        let room = rect.width - State.allCases.reduce(0) { $0 + width($1) }
        let wanted = [Way.trip, .wait].map { way in
            min(max(Text.width(rules[way]?.first ?? "") + 2, 9), Self.longestArrow)
        }
        // The longer rule gets what the shorter one leaves.
        let second = min(wanted[1], max(Self.shortestArrow, room / 2))
        let first = min(wanted[0], room - second)
        var places = Places()
        var x = rect.x
        for (state, arrow) in zip(State.allCases, [first, second, 0]) {
            places.states.append(Rect(x: x, y: rect.y + 1, width: width(state), height: 1))
            x += width(state)
            places.arrows.append(Rect(x: x, y: rect.y + 1, width: arrow, height: 1))
            x += arrow
        }
        return places
    }

    /// Nothing where there is no room for all of it.
    func draw(in rect: Rect, into frame: inout Frame) {
        guard rect.width >= minimumWidth, rect.height >= Self.height else { return }
        let places = places(in: rect)
        for state in State.allCases { draw(state, in: places.states[state.rawValue], into: &frame) }
        var free = rect.x
        for (way, arrow) in zip([Way.trip, .wait], places.arrows) {
            drawArrow(way, in: arrow, into: &frame)
            free = drawRule(way, above: arrow, from: free, to: rect.maxX, into: &frame)
        }
        drawReturns(places, clip: rect, into: &frame)
    }

    // MARK: States

    private func draw(_ state: State, in place: Rect, into frame: inout Frame) {
        let holds = state == self.state
        let name = "\(holds ? String(glyphs[.cursor]) : " ") \(names[state] ?? "")"
        let style = holds ? Style(Self.role(state), [.bold, .reverse]) : Style(.muted)
        frame.write(" \(name) ", x: place.x, y: place.y, style: style, clip: place)
    }

    static func role(_ state: State?) -> Role {
        switch state {
        case .closed: .ok
        case .open: .fail
        case .halfOpen: .warn
        case nil: .muted
        }
    }

    // MARK: Ways

    private func style(_ way: Way) -> Style {
        if way == last { return Style(.accent, .bold) }
        return (counts[way] ?? 0) > 0 ? .text : Style(.border)
    }

    private func stroke(_ way: Way) -> (across: Character, down: Character) {
        way == last ? (glyphs.heavyHorizontal, glyphs.heavyVertical) : (glyphs.horizontal, glyphs.vertical)
    }

    /// ` ×2 ` in the middle of a line; nothing for a way that was never taken.
    private func count(_ way: Way) -> String {
        let count = counts[way] ?? 0
        return count == 0 ? "" : "\(glyphs.times)\(numbers.count(count))"
    }

    private func drawArrow(_ way: Way, in place: Rect, into frame: inout Frame) {
        let line = Rect(x: place.x, y: place.y, width: place.width - 1, height: 1)
        frame.fill(line, with: stroke(way).across, style: style(way))
        frame.write(String(glyphs.arrowRight), x: place.maxX - 1, y: place.y, style: style(way), clip: place)
        let count = count(way)
        guard Text.width(count) < line.width else { return }
        let x = line.x + (line.width - Text.width(count)) / 2
        frame.write(count, x: x, y: place.y, style: Style(style(way).role, .bold), clip: line)
    }

    /// Centred above its arrow, but never over its neighbour's. Returns the first column after it.
    private func drawRule(_ way: Way, above place: Rect, from: Int, to end: Int, into frame: inout Frame) -> Int {
        let middle = place.x + place.width / 2
        // The second rule is short, and needs no more than its arrow and what is beside it.
        let limit = way == .trip ? place.maxX + width(.open) - 1 : end
        let room = min(limit, end) - from
        guard let rule = (rules[way] ?? []).first(where: { Text.width($0) <= room }) else { return from }
        let width = Text.width(rule)
        let x = min(max(from, middle - width / 2), min(limit, end) - width)
        let clip = Rect(x: from, y: place.y - 1, width: end - from, height: 1)
        return frame.write(rule, x: x, y: place.y - 1, style: way == last ? .text : .muted, clip: clip) + 2
    }

    /// The two ways back from half-open.
    private func drawReturns(_ places: Places, clip: Rect, into frame: inout Frame) {
        let (closed, open, half) = (places.middle(.closed), places.middle(.open), places.middle(.halfOpen))
        let top = clip.y + 2
        func put(_ glyph: Character, _ x: Int, _ y: Int, _ way: Way) {
            frame.write(String(glyph), x: x, y: y, style: style(way), clip: clip)
        }
        func line(_ way: Way, from: Int, to: Int, _ y: Int) {
            let place = Rect(x: from, y: y, width: to - from, height: 1)
            frame.fill(place.intersection(clip), with: stroke(way).across, style: style(way))
        }
        put(glyphs.arrowUp, closed, top, .recover)
        put(glyphs.arrowUp, open, top, .relapse)
        put(stroke(last == .relapse ? .relapse : .recover).down, half, top, last == .relapse ? .relapse : .recover)
        put(glyphs.bottomLeft, closed, top + 1, .recover)
        line(.recover, from: closed + 1, to: half, top + 1)
        put(glyphs.teeLeft, half, top + 1, last == .relapse ? .relapse : .recover)
        put(glyphs.cross, open, top + 1, last == .relapse ? .relapse : .recover)
        put(glyphs.bottomLeft, open, top + 2, .relapse)
        line(.relapse, from: open + 1, to: half, top + 2)
        put(glyphs.bottomRight, half, top + 2, .relapse)
        drawLabel(.recover, on: top + 1, [closed + 1..<open, open + 1..<half], into: &frame)
        drawLabel(.relapse, on: top + 2, [open + 1..<half], into: &frame)
    }

    /// On the line, in the first of the stretches that has room for it.
    private func drawLabel(_ way: Way, on y: Int, _ stretches: [Range<Int>], into frame: inout Frame) {
        let count = count(way)
        let wordings = (rules[way] ?? []).map { count.isEmpty ? $0 : "\($0) \(count)" } + [count]
        for wording in wordings where !wording.isEmpty {
            guard let stretch = stretches.first(where: { Text.width(wording) + 4 <= $0.count }) else { continue }
            let x = stretch.lowerBound + (stretch.count - Text.width(wording) - 2) / 2
            let label = way == last ? Style(.accent, .bold) : (counts[way] ?? 0) > 0 ? .text : Style.muted
            frame.write(" \(wording) ", x: x, y: y, style: label)
            return
        }
    }
}
