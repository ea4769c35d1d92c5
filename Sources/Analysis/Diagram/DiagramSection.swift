import Trace

/// Statements of a trace's diagram in the order in which they happened, and the blocks between them.
final class DiagramSection {
    /// The branches of a block, in the order in which something first happens in them.
    private final class Part {
        let kind: DiagramBlocks.Kind
        private var places: [EventID: Int] = [:]
        private(set) var sections: [DiagramSection] = []

        init(_ kind: DiagramBlocks.Kind) { self.kind = kind }

        func section(_ branch: EventID) -> DiagramSection {
            if let place = places[branch] { return sections[place] }
            let section = DiagramSection()
            places[branch] = sections.count
            sections.append(section)
            return section
        }
    }

    private enum Item {
        case node(DiagramNode)
        case part(Part)
    }

    private var items: [(order: EventID, item: Item)] = []
    private var parts: [SpanID: Part] = [:]

    func add(_ node: DiagramNode, at order: EventID, path: ArraySlice<DiagramBlocks.Step>) {
        guard let step = path.first else { return items.append((order, .node(node))) }
        let part: Part
        if let known = parts[step.block] {
            part = known
        } else {
            part = Part(step.kind)
            parts[step.block] = part
            items.append((order, .part(part)))
        }
        part.section(step.branch).add(node, at: order, path: path.dropFirst())
    }

    /// What stands in it, with the blocks that are worth a frame.
    func nodes(_ words: TraceWords) -> [DiagramNode] {
        items.sorted { $0.order < $1.order }.flatMap { item -> [DiagramNode] in
            switch item.item {
            case .node(let node): return [node]
            case .part(let part):
                let sections = part.sections.map { $0.nodes(words) }
                // Rounds that were limited to one at a time are a loop, whatever the flow calls it.
                if sections.count == 1 { return DiagramNode.loop(sections[0], words) }
                return [.block(.par, sections.map { ("", $0) })]
            }
        }
    }
}
