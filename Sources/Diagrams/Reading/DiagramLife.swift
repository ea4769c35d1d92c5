/// Who is at work, who begins and who is gone, as far as a diagram has been read.
struct DiagramLife {
    private struct Pending {
        let id: String
        let position: Position
        let isCreation: Bool
    }

    private var activations: [String: Int] = [:]
    private var created: Pending?
    private var leaving: Pending?
    private var destroyed: [String: Position] = [:]
    /// Of each open section that may not be the one taken: whom it destroyed.
    private var sections: [[String]?] = []

    mutating func activate(_ id: String) { activations[id, default: 0] += 1 }

    /// Whether it was at work.
    mutating func deactivate(_ id: String) -> Bool {
        guard let count = activations[id], count > 0 else { return false }
        activations[id] = count - 1
        return true
    }

    mutating func create(_ id: String, at position: Position) {
        created = Pending(id: id, position: position, isCreation: true)
    }

    mutating func destroy(_ id: String, at position: Position) throws(DiagramProblem) {
        try checkNothingPending(but: created)
        leaving = Pending(id: id, position: position, isCreation: false)
    }

    func destruction(of id: String) -> Position? { destroyed[id] }

    /// A `create` and a `destroy` go with the very next message.
    mutating func message(from: String, to: String) throws(DiagramProblem) {
        if let pending = created {
            created = nil
            guard to == pending.id else { throw Self.unanswered(pending) }
        }
        guard let pending = leaving else { return }
        leaving = nil
        guard from == pending.id || to == pending.id else { throw Self.unanswered(pending) }
        destroyed[pending.id] = pending.position
        if let last = sections.indices.last { sections[last]?.append(pending.id) }
    }

    func checkNothingPending() throws(DiagramProblem) { try checkNothingPending(but: nil) }

    private func checkNothingPending(but allowed: Pending?) throws(DiagramProblem) {
        if let created, allowed == nil { throw Self.unanswered(created) }
        if let leaving { throw Self.unanswered(leaving) }
    }

    /// What a section that may not be taken destroys is there again behind it.
    mutating func beginSection(isCertain: Bool) { sections.append(isCertain ? nil : []) }

    mutating func endSection() {
        for id in (sections.popLast() ?? nil) ?? [] { destroyed[id] = nil }
    }

    private static func unanswered(_ pending: Pending) -> DiagramProblem {
        let word = pending.isCreation ? "create" : "destroy"
        let what =
            pending.isCreation
            ? "the next message must go to \(pending.id.quoted), to create it"
            : "the next message must come from \(pending.id.quoted) or go to it, to end it"
        return DiagramProblem(
            position: pending.position, length: word.count, message: what,
            suggestion: "write \(word) in the line before that message")
    }
}
