import Diagrams

/// What one participant does between being asked and being done: the steps that a call of it runs.
final class DiagramActivity {
    /// Where a statement stands: the sections of the blocks round it, from the outermost.
    typealias Path = [Place]

    struct Place: Hashable {
        /// The block's number.
        let block: Int
        let section: Int
    }

    indirect enum Node {
        case call(Int)
        case send(Int, isLost: Bool)
        case work(Int)
        /// The answer that is given here, where there may be another.
        case answer(Int)
        case wait(Duration, Position)
        case block(Int, sections: [[Node]])
    }

    let participant: String
    /// The message that asked for it; `nil`: it is what the client does.
    let call: Int?
    let caller: DiagramActivity?
    /// Nobody waits for it.
    let isBackground: Bool
    /// The section in which it was asked for; of background work that outlives it, the one round that.
    var scope: Int
    private let depth: Int
    var isAnswered = false
    private(set) var nodes: [Node] = []

    init(
        participant: String, call: Int?, caller: DiagramActivity?, isBackground: Bool = false, scope: Int = 0,
        path: Path = []
    ) {
        self.participant = participant
        self.call = call
        self.caller = caller
        self.isBackground = isBackground
        self.scope = scope
        depth = path.count
    }

    /// Adds what happens at a place in the diagram: blocks in which this activity has been already go on.
    func append(_ node: Node, at path: Path) {
        Self.append(node, at: path[min(depth, path.count)...], to: &nodes)
    }

    private static func append(_ node: Node, at path: ArraySlice<Place>, to nodes: inout [Node]) {
        guard let place = path.first else {
            nodes.append(node)
            return
        }
        var sections: [[Node]] = []
        if case .block(place.block, let begun) = nodes.last {
            sections = begun
            nodes.removeLast()
        }
        while sections.count <= place.section { sections.append([]) }
        append(node, at: path.dropFirst(), to: &sections[place.section])
        nodes.append(.block(place.block, sections: sections))
    }

    /// Whether the activity was asked for by this one, or by one that was.
    func isWithin(_ other: DiagramActivity) -> Bool {
        var activity: DiagramActivity? = self
        while let current = activity {
            if current === other { return true }
            activity = current.caller
        }
        return false
    }
}
