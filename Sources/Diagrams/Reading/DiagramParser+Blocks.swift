/// Blocks: `loop`, `alt` and their like, their sections and their ends.
extension DiagramParser {
    mutating func begin(_ kind: Block.Kind, from start: Int) {
        let position = cursor.source.position(start)
        guard blocks.open.count < DiagramReader.maximumDepth else {
            stop(problem("blocks lie more than \(DiagramReader.maximumDepth) deep", from: start))
            return
        }
        blocks.begin(kind, label: DiagramText.label(cursor.takeRest()), at: position)
        life.beginSection(isCertain: kind.isCertain)
    }

    mutating func divide(_ keyword: Keyword, from start: Int) throws(DiagramProblem) {
        let owner: Block.Kind = keyword == .else ? .alt : keyword == .and ? .par : .critical
        guard let block = blocks.open.last else {
            throw problem(
                "\"\(keyword.written)\" stands in no block", from: start,
                suggestion: "it divides the sections of \"\(owner.rawValue)\"")
        }
        guard block.kind.divider == keyword.written else {
            let inner = "the \"\(block.kind.rawValue)\" of line \(block.position.line)"
            throw problem(
                "\"\(keyword.written)\" cannot divide \(inner)", from: start,
                suggestion: block.kind.divider.map { "its sections are divided by \"\($0)\"" }
                    ?? "it belongs to \"\(owner.rawValue)\"; close \(inner) with end before")
        }
        blocks.divide(label: DiagramText.label(cursor.takeRest()))
        life.endSection()
        life.beginSection(isCertain: block.kind.isCertain)
    }

    mutating func readEnd(from start: Int) throws(DiagramProblem) {
        if columns.openBox != nil {
            columns.closeBox()
            return
        }
        guard !blocks.open.isEmpty else {
            throw problem("\"end\" closes nothing: no block is open here", from: start, suggestion: "remove it")
        }
        blocks.close()
        life.endSection()
    }
}

extension Block.Kind {
    /// Whether all of its sections happen.
    fileprivate var isCertain: Bool {
        switch self {
        case .rect, .loop, .par, .parOver: true
        case .alt, .opt, .critical, .break: false
        }
    }
}
