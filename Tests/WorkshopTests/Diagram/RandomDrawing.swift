import Diagrams

/// Diagrams of every construct, at random: the same seed, the same diagram.
struct RandomDrawing {
    private var random: SeededGenerator
    private var number = 0
    private var names: [String] = []
    private var created: Set<String> = []
    private var dead: Set<String> = []
    private let words = [
        "read", "write", "GET", "/orders/17", "日本語", "señor", "e\u{0301}tat", "a-very-long-word-that-stays-whole", "x",
        "503",
        "user_id", "(all)", "and", "retry:", "服务器", "ok",
    ]

    static func diagram(seed: UInt64) -> Diagram {
        var drawing = RandomDrawing(random: SeededGenerator(seed))
        return drawing.diagram()
    }

    private mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    private mutating func happens(_ percent: Int) -> Bool { pick(1...100) <= percent }

    private mutating func text(_ most: Int) -> String {
        let count = pick(0...most)
        var text = ""
        for place in 0..<count {
            if place > 0 { text += happens(6) ? "\n" : " " }
            text += random.pick(words)
        }
        return text
    }

    private init(random: SeededGenerator) { self.random = random }

    private mutating func diagram() -> Diagram {
        let count = pick(1...7)
        var participants: [Participant] = []
        for place in 0..<count {
            let label = happens(60) ? nil : "\(place) " + text(3)
            participants.append(
                Participant(id: "p\(place)", label: label, kind: random.pick(Participant.Kind.allCases)))
        }
        names = participants.map(\.id)
        var statements: [Statement] = []
        // Those that come later are created by a message from one that is there.
        for place in participants.indices.dropFirst() where happens(12) {
            participants[place].isCreated = true
            created.insert(participants[place].id)
        }
        let late = names.filter(created.contains)
        statements += block(depth: 0)
        for id in late {
            statements.append(.create(id))
            statements.append(.message(message(from: alive() ?? names[0], to: id)))
            created.remove(id)
            statements += block(depth: 1)
        }
        if happens(30), let victim = alive(), victim != names[0] {
            statements.append(.destroy(victim))
            statements.append(.message(message(from: names[0], to: victim)))
            dead.insert(victim)
            statements += block(depth: 2)
        }
        var boxes: [ParticipantBox] = []
        if count > 2, happens(40) {
            let first = pick(0...(count - 2))
            boxes.append(ParticipantBox(label: text(2), participants: Array(names[first...pick(first...(count - 1))])))
        }
        return Diagram(
            title: happens(30) ? text(6) : nil, participants: participants, boxes: boxes, statements: statements)
    }

    private mutating func alive() -> String? {
        let all = names.filter { !created.contains($0) && !dead.contains($0) }
        return all.isEmpty ? nil : random.pick(all)
    }

    private mutating func message(from: String, to: String) -> Diagrams.Message {
        defer { number += 1 }
        let heads = Arrow.Head.allCases
        return Diagrams.Message(
            number: number, from: from, to: to, arrow: Arrow(happens(50) ? .solid : .dotted, random.pick(heads)),
            text: text(happens(10) ? 12 : 3), activates: from != to && happens(25), deactivates: happens(20))
    }

    private mutating func block(depth: Int) -> [Statement] {
        var statements: [Statement] = []
        for _ in 0..<pick(0...(depth == 0 ? 8 : 4)) {
            guard let one = alive(), let other = alive() else { break }
            switch pick(1...100) {
            case ...60: statements.append(.message(message(from: one, to: other)))
            case ...72:
                let place = random.pick(Note.Place.allCases)
                let over = place == .over && happens(50) ? [one, other] : [one]
                statements.append(.note(Note(place: place, participants: over, text: text(6))))
            case ...77: statements.append(.activate(one))
            case ...82: statements.append(.deactivate(one))
            case ...85: statements.append(.autonumber(happens(70) ? .on(start: pick(1...99), step: 1) : .off))
            case ...88: statements.append(.comment("not drawn"))
            default:
                guard depth < 4 else { continue }
                let kind = random.pick(Block.Kind.allCases)
                let count = kind.divider == nil ? 1 : pick(1...3)
                let sections = (0..<count).map { _ in
                    Block.Section(label: text(4), statements: block(depth: depth + 1))
                }
                statements.append(.block(Block(kind, sections: sections)))
            }
        }
        return statements
    }
}
