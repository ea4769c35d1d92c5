import Diagrams

/// Which messages of a diagram answer which calls.
///
/// A dotted message goes back to whoever called its sender, and answers the latest such call that is open. A call that
/// was sent outside a block and is answered inside stays open to the block's end: other sections may answer it, too.
struct DiagramAnswers {
    /// By the number of the answer: the number of the call.
    private(set) var callOf: [Int: Int] = [:]
    /// By the number of the call: the number of its last answer.
    private(set) var lastAnswer: [Int: Int] = [:]

    private struct Open {
        let call: Int
        let from: String
        let to: String
        let scope: Int
        var isAnswered = false
    }

    private var open: [Open] = []
    private var scopes = 0

    init(_ diagram: Diagram) {
        read(diagram.statements, scope: 0)
    }

    private mutating func read(_ statements: [Statement], scope: Int) {
        for statement in statements {
            switch statement {
            case .message(let message): read(message, scope: scope)
            case .block(let block) where block.kind == .rect: read(block.sections[0].statements, scope: scope)
            case .block(let block):
                for section in block.sections {
                    scopes += 1
                    let inner = scopes
                    read(section.statements, scope: inner)
                    open.removeAll { $0.scope == inner }
                }
                open.removeAll { $0.scope == scope && $0.isAnswered }
            default: break
            }
        }
    }

    private mutating func read(_ message: Message, scope: Int) {
        if message.from == message.to { return }
        if message.arrow.line == .dotted, message.arrow.head != .both,
            let place = open.lastIndex(where: { $0.from == message.to && $0.to == message.from })
        {
            callOf[message.number] = open[place].call
            lastAnswer[open[place].call] = message.number
            if open[place].scope == scope { open.remove(at: place) } else { open[place].isAnswered = true }
        } else if message.isCall {
            open.append(Open(call: message.number, from: message.from, to: message.to, scope: scope))
        }
    }
}

extension Message {
    /// Whether its sender waits for an answer that may be written further down.
    var isCall: Bool { arrow.line == .solid && (arrow.head == .none || arrow.head == .filled) }
}
