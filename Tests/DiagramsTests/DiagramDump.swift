import Diagrams

/// A diagram as lines that are easy to compare, as Mermaid's own parser was made to print them.
func dump(_ diagram: Diagram) -> [String] {
    var lines: [String] = []
    if let title = diagram.title { lines.append("title \(title)") }
    if let title = diagram.accessibleTitle { lines.append("accTitle \(title)") }
    if let text = diagram.accessibleDescription { lines.append("accDescr \(text)") }
    for participant in diagram.participants {
        lines.append("\(participant.kind.rawValue) \(participant.id) = \(participant.label)")
        for link in participant.links { lines.append("link \(link.label) @ \(link.address)") }
    }
    for box in diagram.boxes {
        lines.append("box \(box.colour ?? "transparent") \(box.label): \(box.participants.joined(separator: ","))")
    }
    func write(_ statements: [Statement]) {
        for statement in statements {
            switch statement {
            case .message(let message):
                lines.append("\(message.from) \(name(message.arrow)) \(message.to): \(message.text)")
                if message.activates { lines.append("activate \(message.to)") }
                if message.deactivates { lines.append("deactivate \(message.from)") }
            case .note(let note):
                lines.append("note \(note.place) \(note.participants.joined(separator: ",")): \(note.text)")
            case .activate(let id): lines.append("activate \(id)")
            case .deactivate(let id): lines.append("deactivate \(id)")
            case .create(let id): lines.append("create \(id)")
            case .destroy(let id): lines.append("destroy \(id)")
            case .autonumber(.off): lines.append("autonumber off")
            case .autonumber(.on(let start, let step)): lines.append("autonumber \(start) \(step)")
            case .block(let block):
                for (place, section) in block.sections.enumerated() {
                    let word = place == 0 ? block.kind.rawValue : block.kind.divider ?? "?"
                    lines.append("\(word) \(section.label)")
                    write(section.statements)
                }
                lines.append("end")
            case .comment: break
            }
        }
    }
    write(diagram.statements)
    return lines.map { $0.replacing("\n", with: "<br/>") }
}

private func name(_ arrow: Arrow) -> String {
    let line = arrow.line == .solid ? "-" : "--"
    switch arrow.head {
    case .none: return line + ">"
    case .filled: return line + ">>"
    case .both: return "<<" + line + ">>"
    case .cross: return line + "x"
    case .open: return line + ")"
    }
}
