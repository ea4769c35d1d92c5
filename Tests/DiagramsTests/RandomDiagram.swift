import Diagrams

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Draws diagrams that say anything a diagram can say, ugly texts included.
struct RandomDiagram {
    private var generator: SeededGenerator
    private var diagram = Diagram()
    private var active: [String: Int] = [:]
    private var usable: [String] = []
    private var number = 0
    private var labels: [String]
    private var names: [String]

    static let uglyTexts = [
        "", " ", "a;b", "#", "#35;", "issue #5", "see #12; then", ":", ": x", "wrap: x", "nowrap:x", ":wrap:", "x\ny",
        "\n", "a\n\nb", "<br>", "a <br/> b", "<b>bold</b>", "a < b", "  both ends ", "end", "loop", "A->>B: no",
        "%% no comment", "%%{init}%%", "@{", "}", "{", "\"quoted\"", "'", "ñandú", "日本語", "e\u{301}", "👩‍🚀",
        "\u{1b}[31m",
        "\u{0}", "\t tab", "\r", "\u{202e}abc", "\u{a0}nbsp\u{a0}", "as", "x as y", "rgb(1,2,3)", "red", "red alert",
        "#quot;", "&amp;", "#amp", "a, b", "50 %", "-", "--", "-x", ")", "+", "a\\b", "/", "autonumber 3",
    ]
    static let plainTexts = ["ask", "get order", "ok", "x", "a: b", "a - b", "1, 2", "año", "日本", "50 %"]
    static let uglyNames = [
        "end", "loop", "Note", "link-checker", "a-x", "a-b", "a--b", "-a", "a-", "x)", "(x)", "a b", " a", "a ", "1",
        "1 a", "12", "a;b", "a#b", "#", "a:b", "a,b", "<a>", "a+b", "a@b", "a=b", "%", "%%a", "as", "a as b", "b as",
        "off", "over", "left of x", "title", "accTitle", "sequenceDiagram",
        "opté", "a\nb", "a\tb", "\u{1b}", "x\"y",
        "participant", "a/b", "/a", "x#35;y", "parámetros", "👩‍🚀", "box", "a\u{a0}b", "par_over", "activate", "--x",
        "a--x",
    ]
    static let plainNames = ["A", "B", "web shop", "api-gateway", "SQL", "cola_1", "Añadir", "日本"]

    init(seed: UInt64, isUgly: Bool = true) {
        generator = SeededGenerator(state: seed)
        labels = isUgly ? Self.uglyTexts + Self.plainTexts : Self.plainTexts
        names = isUgly ? Self.uglyNames + Self.plainNames : Self.plainNames
    }

    mutating func make() -> Diagram {
        if chance(30) { diagram.title = some(text()) }
        if chance(20) { diagram.accessibleTitle = some(text()) }
        if chance(20) { diagram.accessibleDescription = some(text() + (chance(50) ? "\n" + text() : "")) }
        names.shuffle(using: &generator)
        for _ in 0..<pick(5) { declare() }
        makeBoxes()
        diagram.statements = statements(depth: 0, count: 2 + pick(8))
        for place in diagram.participants.indices where chance(15) {
            diagram.participants[place].links = [
                Participant.Link(label: "a @ b;c", address: "https://x.y/?a=1#b;c"),
                Participant.Link(label: text() + "2", address: text()),
            ]
        }
        return diagram
    }

    private func some(_ text: String) -> String? { text.isEmpty ? nil : text }
    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    private mutating func chance(_ percent: Int) -> Bool { pick(100) < percent }
    private mutating func text() -> String { labels[pick(labels.count)] }

    private mutating func declare() {
        guard let id = names.popLast() else { return }
        var participant = Participant(id: id)
        decorate(&participant)
        diagram.participants.append(participant)
        usable.append(id)
    }

    private mutating func decorate(_ participant: inout Participant) {
        if chance(50) { participant.label = text() }
        if chance(40) { participant.kind = [.actor, .database, .queue, .actor][pick(4)] }
    }

    private mutating func makeBoxes() {
        var place = 0
        while place < diagram.participants.count {
            guard chance(40) else {
                place += 1
                continue
            }
            let end = min(diagram.participants.count, place + 1 + pick(2))
            let colours: [String?] = [nil, "Aqua", "rgb(33,66,99)", "hsl(1, 2%, 3%)", "transparent"]
            let ids = diagram.participants[place..<end].map(\.id)
            diagram.boxes.append(ParticipantBox(label: text(), colour: colours[pick(5)], participants: ids))
            place = end
        }
    }

    /// Somebody who has a column, or who gets one by being named.
    private mutating func somebody() -> String {
        if usable.isEmpty || chance(15), let id = names.popLast() {
            diagram.participants.append(Participant(id: id, isDeclared: false))
            usable.append(id)
            return id
        }
        return usable[pick(usable.count)]
    }

    private mutating func statements(depth: Int, count: Int) -> [Statement] {
        var made: [Statement] = []
        for _ in 0..<count { made += statement(depth: depth) }
        return made
    }

    private mutating func statement(depth: Int) -> [Statement] {
        switch pick(12) {
        case 0 where depth < 4: return [block(depth: depth)]
        case 1:
            let first = somebody()
            let place = Note.Place.allCases[pick(3)]
            let second = place == .over && chance(50) ? somebody() : first
            let ids = first == second ? [first] : [first, second]
            return [.note(Note(place: place, participants: ids, text: text()))]
        case 2:
            guard let id = usable.last else { return [] }
            active[id, default: 0] += 1
            return [.activate(id)]
        case 3:
            guard let id = usable.first(where: { active[$0, default: 0] > 0 }) else { return [] }
            active[id, default: 0] -= 1
            return [.deactivate(id)]
        case 4: return [.comment(text())]
        case 5: return [.autonumber(chance(30) ? .off : .on(start: 1 + pick(3), step: 1 + pick(2)))]
        case 6 where depth == 0 && chance(50): return creation()
        case 7 where depth == 0 && chance(30) && usable.count > 2: return destruction()
        default: return [message(from: somebody(), to: nil)]
        }
    }

    private mutating func message(from: String, to: String?) -> Statement {
        let to = to ?? somebody()
        let arrow = Arrow(Arrow.Line.allCases[pick(2)], Arrow.Head.allCases[pick(5)])
        var message = Message(number: number, from: from, to: to, arrow: arrow, text: text())
        number += 1
        if chance(20) {
            message.activates = true
            active[to, default: 0] += 1
        } else if active[from, default: 0] > 0, chance(40) {
            message.deactivates = true
            active[from, default: 0] -= 1
        }
        return .message(message)
    }

    private mutating func creation() -> [Statement] {
        guard !usable.isEmpty, let id = names.popLast() else { return [] }
        let from = usable[pick(usable.count)]
        var participant = Participant(id: id, isCreated: true)
        decorate(&participant)
        diagram.participants.append(participant)
        let made: [Statement] = [.create(id), message(from: from, to: id)]
        usable.append(id)
        return made
    }

    private mutating func destruction() -> [Statement] {
        let id = usable.remove(at: pick(usable.count))
        return [.destroy(id), message(from: usable[pick(usable.count)], to: id)]
    }

    private mutating func block(depth: Int) -> Statement {
        let kind = Block.Kind.allCases[pick(Block.Kind.allCases.count)]
        let count = kind.divider == nil ? 1 : 1 + pick(3)
        var block = Block(kind, sections: [])
        for _ in 0..<count {
            block.sections.append(
                Block.Section(label: text(), statements: statements(depth: depth + 1, count: pick(4))))
        }
        return .block(block)
    }
}
