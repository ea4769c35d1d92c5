/// Reads a diagram statement by statement; after a problem it goes on with the next line.
struct DiagramParser {
    var cursor: DiagramCursor
    var columns = DiagramColumns()
    var blocks = OpenBlocks()
    var life = DiagramLife()
    var title: String?
    var accessibleTitle: String?
    var accessibleDescription: String?
    var messages = 0
    /// Which number Mermaid would write beside the next message, and how far it counts on.
    var count = (next: 1, step: 1)
    private var problems: [DiagramProblem] = []
    private var isStopped = false

    init(_ source: DiagramSource) {
        cursor = DiagramCursor(source)
    }

    mutating func diagram() throws(DiagramError) -> Diagram {
        for index in cursor.source.forbidden {
            let code = String(cursor.source.scalars[index].value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
            report(
                DiagramProblem(
                    position: cursor.source.position(index), message: "the character \(name) cannot be used here",
                    suggestion: "remove it"))
        }
        if attempt({ parser throws(DiagramProblem) in try parser.readHead() }) {
            while !cursor.isAtEnd, !isStopped {
                attempt { parser throws(DiagramProblem) in try parser.readStatement() }
            }
        }
        if !isStopped { finish() }
        guard problems.isEmpty else { throw DiagramError(problems: Self.sorted(problems)) }
        let (participants, boxes) = columns.finished()
        return Diagram(
            title: title, accessibleTitle: accessibleTitle, accessibleDescription: accessibleDescription,
            participants: participants, boxes: boxes, statements: blocks.statements)
    }

    /// Whether it went well; otherwise the rest of the line is passed over.
    @discardableResult
    private mutating func attempt(_ read: (inout DiagramParser) throws(DiagramProblem) -> Void) -> Bool {
        do {
            try read(&self)
            return true
        } catch {
            report(error)
            cursor.skipLine()
            return false
        }
    }

    mutating func report(_ problem: DiagramProblem) {
        problems.append(problem)
        if problems.count >= DiagramReader.maximumProblems { isStopped = true }
    }

    /// A limit is passed: what follows is not read.
    mutating func stop(_ problem: DiagramProblem) {
        report(problem)
        isStopped = true
        cursor.move(to: cursor.source.scalars.count)
    }

    private mutating func finish() {
        if let box = columns.openBox {
            report(Self.unclosed("box", at: box.position))
        }
        for block in blocks.open { report(Self.unclosed(block.kind.rawValue, at: block.position)) }
        do { try life.checkNothingPending() } catch { report(error) }
    }

    private static func unclosed(_ word: String, at position: Position) -> DiagramProblem {
        DiagramProblem(
            position: position, length: word.count, message: "\"\(word)\" begins here and is never closed",
            suggestion: "add a line with end")
    }

    private static func sorted(_ problems: [DiagramProblem]) -> [DiagramProblem] {
        problems.enumerated().sorted { left, right in
            let (a, b) = (left.element.position, right.element.position)
            return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
        }.map(\.element)
    }

    /// A problem from `start` to the place that has been read to.
    func problem(_ message: String, from start: Int, suggestion: String? = nil) -> DiagramProblem {
        DiagramProblem(
            position: cursor.source.position(start), length: cursor.index - start, message: message,
            suggestion: suggestion)
    }

    /// What stands here, for messages: `"foo"`, `the end of the line`.
    var found: String {
        if cursor.isAtStatementEnd { return "the end of the line" }
        let word = cursor.word
        let end = max(word.upperBound, word.lowerBound + 1)
        return String(String.UnicodeScalarView(cursor.text(word.lowerBound..<end))).quoted
    }
}
