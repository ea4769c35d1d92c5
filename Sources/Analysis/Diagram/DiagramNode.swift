import Diagrams
import Trace

/// A statement of a trace's diagram with the passages of its messages.
indirect enum DiagramNode {
    case message(Message, [MeasuredDiagram.Passage])
    case statement(Statement)
    case block(Block.Kind, [(label: String, nodes: [DiagramNode])])

    /// What it says, whatever its times.
    var statement: Statement {
        switch self {
        case .message(let message, _): .message(message)
        case .statement(let statement): statement
        case .block(let kind, let sections):
            .block(
                Block(
                    kind,
                    sections: sections.map { section in
                        Block.Section(label: section.label, statements: section.nodes.map(\.statement))
                    }))
        }
    }

    /// This and another that says the same: what is measured of both.
    func joined(with other: DiagramNode) -> DiagramNode {
        switch (self, other) {
        case (.message(let message, let passages), .message(_, let more)): .message(message, passages + more)
        case (.block(let kind, let sections), .block(_, let others)):
            .block(
                kind,
                zip(sections, others).map { one, other in
                    (one.label, zip(one.nodes, other.nodes).map { $0.joined(with: $1) })
                })
        default: self
        }
    }

    /// The statement with its messages numbered from the count of `passages`, to which theirs are added.
    func numbered(_ passages: inout [[MeasuredDiagram.Passage]]) -> Statement {
        switch self {
        case .message(var message, let own):
            message.number = passages.count
            passages.append(own)
            return .message(message)
        case .statement(let statement): return statement
        case .block(let kind, let sections):
            var written: [Block.Section] = []
            for section in sections {
                let statements = section.nodes.map { $0.numbered(&passages) }
                written.append(Block.Section(label: section.label, statements: statements))
            }
            return .block(Block(kind, sections: written))
        }
    }

    /// The rounds of a loop as one, where all say the same; as they are where they do not, or where there is only one.
    static func loop(_ nodes: [DiagramNode], _ words: TraceWords) -> [DiagramNode] {
        let statements = nodes.map(\.statement)
        guard nodes.count > 1,
            let length = (1...nodes.count / 2).first(where: { length in
                nodes.count % length == 0
                    && nodes.indices.dropFirst(length).allSatisfy { statements[$0] == statements[$0 - length] }
            })
        else { return nodes }
        var round = Array(nodes[..<length])
        for place in length..<nodes.count { round[place % length] = round[place % length].joined(with: nodes[place]) }
        return [.block(.loop, [(words.rounds(nodes.count / length), round)])]
    }
}
