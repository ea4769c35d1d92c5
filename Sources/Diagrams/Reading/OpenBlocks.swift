/// The statements read so far, and the blocks that are open round the place.
struct OpenBlocks {
    private(set) var statements: [Statement] = []
    /// From the outermost.
    private(set) var open: [Block] = []

    mutating func append(_ statement: Statement) {
        guard !open.isEmpty else {
            statements.append(statement)
            return
        }
        let section = open[open.count - 1].sections.count - 1
        open[open.count - 1].sections[section].statements.append(statement)
    }

    mutating func begin(_ kind: Block.Kind, label: String, at position: Position) {
        open.append(Block(kind, sections: [Block.Section(label: label)], position: position))
    }

    mutating func divide(label: String) {
        open[open.count - 1].sections.append(Block.Section(label: label))
    }

    mutating func close() {
        guard let block = open.popLast() else { return }
        append(.block(block))
    }
}
