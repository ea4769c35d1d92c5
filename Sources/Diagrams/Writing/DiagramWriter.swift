/// Writes a diagram as Mermaid text, always in the same form: ``DiagramReader`` reads it back as an equal diagram.
///
/// What no text can say is left out: an empty name or title, a message that activates and deactivates at once.
/// A participant of a type of its own and with a label needs Mermaid 11.13.
public struct DiagramWriter {
    private let diagram: Diagram
    private var names: [String: String] = [:]
    private var lines: [String] = ["sequenceDiagram"]
    private var depth = 1
    /// The first participant that no line has declared yet.
    private var undeclared = 0
    /// What the reader counts along: the next message's number, and how far it counts on.
    private var count = (next: 1, step: 1)

    public init(_ diagram: Diagram) {
        self.diagram = diagram
        for participant in diagram.participants {
            names[participant.id] = EscapedText.name(participant.id, isPlain: Self.needsSettings(participant))
        }
    }

    /// One statement a line, blocks indented by four blanks; ends with a line feed. O(n).
    public var text: String {
        var writer = self
        writer.writeAll()
        return writer.lines.joined(separator: "\n") + "\n"
    }

    private mutating func writeAll() {
        if let title = diagram.title, !title.isEmpty { write("title: " + EscapedText.label(title)) }
        if let title = diagram.accessibleTitle, !title.isEmpty { write("accTitle: " + EscapedText.line(title)) }
        if let text = diagram.accessibleDescription, !text.isEmpty { writeDescription(text) }
        declare()
        write(diagram.statements)
        for participant in diagram.participants {
            for link in participant.links {
                let label = EscapedText.label(link.label).replacing("@", with: EscapedText.code("@" as Unicode.Scalar))
                let address = EscapedText.line(link.address, but: [";"])
                write("link \(name(participant.id)): \(label) @ \(address)")
            }
        }
    }

    private mutating func write(_ line: String) {
        lines.append(String(repeating: "    ", count: depth) + line)
    }

    private mutating func writeDescription(_ text: String) {
        let written = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard written.count > 1 else {
            write("accDescr: " + EscapedText.line(text))
            return
        }
        // An empty line at either end would be cut off.
        let hasEdge = text.hasPrefix("\n") || text.hasSuffix("\n")
        if hasEdge {
            write("accDescr: " + EscapedText.line(text))
            return
        }
        write("accDescr {")
        for line in written { write("    " + EscapedText.line(String(line), but: ["}"])) }
        write("}")
    }

    private func name(_ id: String) -> String { names[id] ?? EscapedText.name(id) }

    /// Writes the lines of those that stand next in order, up to one that a message or a `create` brings.
    private mutating func declare() {
        while undeclared < diagram.participants.count {
            let participant = diagram.participants[undeclared]
            guard participant.isDeclared, !participant.isCreated else { return }
            guard let box = diagram.boxes.first(where: { $0.participants.contains(participant.id) }) else {
                write(declaration(participant))
                undeclared += 1
                continue
            }
            write("box" + Self.heading(box))
            depth += 1
            while undeclared < diagram.participants.count,
                box.participants.contains(diagram.participants[undeclared].id)
            {
                write(declaration(diagram.participants[undeclared]))
                undeclared += 1
            }
            depth -= 1
            write("end")
        }
    }

    private static func heading(_ box: ParticipantBox) -> String {
        guard let colour = box.colour else {
            return box.label.isEmpty ? "" : " " + EscapedText.labelWithoutColour(box.label)
        }
        // Mermaid looks for the last bracket of a colour in the whole line.
        let label = EscapedText.label(box.label).replacing(")", with: EscapedText.code(")" as Unicode.Scalar))
        return " " + colour + (label.isEmpty ? "" : " " + label)
    }

    private static func needsSettings(_ participant: Participant) -> Bool {
        participant.kind != .participant && participant.kind != .actor
    }

    private func declaration(_ participant: Participant) -> String {
        var line = (participant.kind == .actor ? "actor " : "participant ") + name(participant.id)
        if Self.needsSettings(participant) { line += "@{ \"type\": \"\(participant.kind.rawValue)\" }" }
        if participant.label != participant.id {
            // Nothing behind `as` would be no label; a prefix with nothing behind it is an empty one.
            line += " as " + (participant.label.isEmpty ? "nowrap:" : EscapedText.label(participant.label))
        }
        return line
    }

    private mutating func write(_ statements: [Statement]) {
        for statement in statements { write(statement) }
    }

    private mutating func write(_ statement: Statement) {
        switch statement {
        case .message(let message): write(message)
        case .note(let note):
            let ids = note.participants.map(name).joined(separator: ",")
            write("Note \(DiagramParser.written(note.place)) \(ids):" + Self.behindColon(note.text))
        case .activate(let id): write("activate " + name(id))
        case .deactivate(let id): write("deactivate " + name(id))
        case .create(let id): writeCreation(id)
        case .destroy(let id): write("destroy " + name(id))
        case .autonumber(let autonumber): write(autonumber)
        case .block(let block): write(block)
        case .comment(let text): write(text.isEmpty ? "%%" : "%% " + EscapedText.line(text))
        }
    }

    private static func behindColon(_ text: String) -> String { text.isEmpty ? "" : " " + EscapedText.label(text) }

    private mutating func write(_ message: Message) {
        let to = name(message.to)
        // `-x` would be an arrow.
        let minus = to.hasPrefix("x") || to.hasPrefix("X") ? "- " : "-"
        let sign = message.activates ? "+" : message.deactivates ? minus : ""
        let arrow = DiagramParser.written(message.arrow)
        write(name(message.from) + arrow + sign + to + ":" + Self.behindColon(message.text))
        count.next &+= count.step
    }

    private mutating func writeCreation(_ id: String) {
        guard let participant = diagram.participants.first(where: { $0.id == id }) else { return }
        write("create " + declaration(participant))
        guard undeclared < diagram.participants.count, diagram.participants[undeclared].id == id else { return }
        undeclared += 1
        declare()
    }

    private mutating func write(_ autonumber: Autonumber) {
        switch autonumber {
        case .off: write("autonumber off")
        case .on(let start, let step):
            let goesOn = count == (start, step)
            write("autonumber" + (goesOn ? "" : step == 1 ? " \(start)" : " \(start) \(step)"))
            count = (start, step)
        }
    }

    private mutating func write(_ block: Block) {
        for (place, section) in block.sections.enumerated() {
            let word = place == 0 ? block.kind.rawValue : block.kind.divider ?? block.kind.rawValue
            write(section.label.isEmpty ? word : word + " " + EscapedText.label(section.label))
            depth += 1
            write(section.statements)
            depth -= 1
        }
        write("end")
    }
}
