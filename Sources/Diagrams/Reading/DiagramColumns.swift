/// The participants and boxes of a diagram that is being read.
struct DiagramColumns {
    struct OpenBox {
        var box: ParticipantBox
        let position: Position
    }

    private(set) var participants: [Participant] = []
    private var places: [String: Int] = [:]
    private var boxes: [ParticipantBox] = []
    private var boxOf: [String: String] = [:]
    var openBox: OpenBox?

    func contains(_ id: String) -> Bool { places[id] != nil }

    subscript(id: String) -> Participant? { places[id].map { participants[$0] } }

    /// A message, a note or a link names it.
    mutating func mention(_ id: String) {
        guard places[id] == nil else { return }
        append(Participant(id: id, isDeclared: false))
    }

    /// A line of its own declares it, perhaps a second time: what that line says counts.
    mutating func declare(_ id: String, label: String?, kind: Participant.Kind, isCreated: Bool) {
        guard let place = places[id] else {
            append(Participant(id: id, label: label, kind: kind, isCreated: isCreated))
            return
        }
        participants[place].isDeclared = true
        participants[place].kind = kind
        if let label { participants[place].label = label }
    }

    mutating func link(_ id: String, _ links: [Participant.Link]) {
        guard let place = places[id] else { return }
        for link in links {
            if let old = participants[place].links.firstIndex(where: { $0.label == link.label }) {
                participants[place].links[old] = link
            } else {
                participants[place].links.append(link)
            }
        }
    }

    /// The label of another box that holds it already, or `nil`.
    func otherBox(holding id: String) -> String? { boxOf[id] }

    mutating func addToBox(_ id: String) {
        guard var open = openBox, !open.box.participants.contains(id) else { return }
        open.box.participants.append(id)
        openBox = open
    }

    mutating func closeBox() {
        guard let open = openBox else { return }
        openBox = nil
        for id in open.box.participants { boxOf[id] = open.box.label }
        if !open.box.participants.isEmpty { boxes.append(open.box) }
    }

    /// The columns of each box are brought together where its first one stands. Who stands left of a declared one is
    /// declared, too: only so can the order be written down.
    func finished() -> (participants: [Participant], boxes: [ParticipantBox]) {
        var group: [Int?] = Array(repeating: nil, count: participants.count)
        for (number, box) in boxes.enumerated() {
            for id in box.participants { places[id].map { group[$0] = number } }
        }
        var ordered: [Participant] = []
        var orderedBoxes: [ParticipantBox] = []
        var placed: Set<Int> = []
        for (place, participant) in participants.enumerated() {
            guard let number = group[place] else {
                ordered.append(participant)
                continue
            }
            guard placed.insert(number).inserted else { continue }
            var box = boxes[number]
            let members = box.participants.compactMap { places[$0] }.sorted()
            box.participants = members.map { participants[$0].id }
            orderedBoxes.append(box)
            ordered += members.map { participants[$0] }
        }
        if let last = ordered.lastIndex(where: { $0.isDeclared && !$0.isCreated }) {
            for place in 0..<last { ordered[place].isDeclared = true }
        }
        return (ordered, orderedBoxes)
    }

    private mutating func append(_ participant: Participant) {
        places[participant.id] = participants.count
        participants.append(participant)
    }
}
