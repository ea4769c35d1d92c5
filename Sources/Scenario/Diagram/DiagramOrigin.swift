import Diagrams

/// Where the text of a scenario's diagram stands: in a file of its own, or in the scenario's.
struct DiagramOrigin {
    let text: String
    private let source: SourceText
    /// The value in the scenario's file; `nil`: the diagram is a file of its own.
    private let node: YAMLNode?

    init(file: String, text: String) {
        self.text = text
        source = SourceText(file: file, text: text)
        node = nil
    }

    init(inline node: YAMLNode, text: String) {
        self.text = text
        source = SourceText(file: node.mark.source.file, text: text)
        self.node = node
    }

    /// The place in the file that people see. Of a text in quotes: where it begins.
    func mark(_ position: Position, length: Int = 1) -> SourceMark {
        guard let node else { return source.mark(line: position.line, column: position.column, length: length) }
        let file = node.mark.source
        // A block of text begins in the line behind its key.
        let line = node.mark.line + position.line
        guard position.line > 0, position.line <= source.lines.count, line <= file.lines.count else { return node.mark }
        let (written, said) = (file.lines[line - 1], source.lines[position.line - 1])
        guard written.hasSuffix(said) else { return node.mark }
        let indent = written.unicodeScalars.count - said.unicodeScalars.count
        return file.mark(line: line, column: indent + position.column, length: length)
    }

    func problem(_ problem: DiagramProblem) -> Problem {
        guard problem.position.line > 0 else {
            return Problem(file: source.file, message: problem.message, suggestion: problem.suggestion)
        }
        return mark(problem.position, length: problem.length).problem(problem.message, suggestion: problem.suggestion)
    }
}
