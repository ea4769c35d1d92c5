import TerminalKit

// The mouse in lists, and where something is typed.
extension MouseKeys {
    /// A list is searched so far in each direction for the row that was pressed.
    private static let longestWalk = 60

    /// As many ups or downs as bring the selection to what stands there; enter where it is already.
    func walk(to point: Point) -> [Key] {
        if isSelected(point, in: frame) { return app.lesson != nil && app.overlay == nil ? [] : [.enter] }
        for way in ways {
            var start = app
            for key in way { _ = start.update(.key(key)) }
            if !way.isEmpty, isSelected(point, in: start.view()) { return way }
            for key in [Key.up, .down] {
                var copy = start
                var before = copy.view()
                for count in 1...Self.longestWalk {
                    _ = copy.update(.key(key))
                    let after = copy.view()
                    if after == before { break }
                    if isSelected(point, in: after) { return way + Array(repeating: key, count: count) }
                    before = after
                }
            }
        }
        return []
    }

    /// The glossary has two lists: enter leads into the links of a term, left out of them.
    private var ways: [[Key]] {
        guard case .glossary(let state) = app.overlay else { return [[]] }
        return state.link == nil ? [[], [.enter]] : [[], [.left]]
    }

    /// Whether the selection of a frame is on what the person saw at a point. Lists move under their selection.
    private func isSelected(_ point: Point, in other: Frame) -> Bool {
        for y in 0..<other.size.height {
            for run in selections(y, other) where run.lowerBound - 2 <= point.x && point.x <= run.upperBound + 2 {
                let selected = words(run, y, other)
                // One cell is where something is typed.
                if run.count > 2, selected.contains(where: { $0.isLetter || $0.isNumber }),
                    selected == words(run, point.y, frame)
                {
                    return true
                }
            }
        }
        return false
    }

    /// The columns of a row that show a selection.
    private func selections(_ y: Int, _ frame: Frame) -> [ClosedRange<Int>] {
        var runs: [ClosedRange<Int>] = []
        for x in 0..<frame.size.width where frame[x, y].style.role == .selection {
            if let last = runs.last, last.upperBound == x - 1 {
                runs[runs.count - 1] = last.lowerBound...x
            } else {
                runs.append(x...x)
            }
        }
        return runs
    }

    /// What stands there, without signs and blanks: those differ with the selection.
    private func words(_ columns: ClosedRange<Int>, _ y: Int, _ frame: Frame) -> String {
        String(columns.map { frame[$0, y].character }.filter { $0.isLetter || $0.isNumber || $0 == "." })
    }

    // MARK: Where something is typed

    /// As many lefts or rights as bring the caret there. `nil`: nothing is typed on that row.
    func caret(to point: Point) -> [Key]? {
        guard app.isTyping, let caret = selections(point.y, frame).first(where: { $0.count <= 2 })?.lowerBound else {
            return nil
        }
        let isLeft = point.x < caret
        let between = isLeft ? point.x..<caret : caret..<point.x
        // A wide character has two cells, the second of them empty.
        let count = between.count { frame[$0, point.y].width > 0 }
        return Array(repeating: isLeft ? .left : .right, count: count)
    }
}

extension App {
    /// Whether there is a line on the screen into which the keys go.
    fileprivate var isTyping: Bool {
        switch (overlay, screen) {
        case (.goTo, _): return true
        case (.glossary(let state), _): return state.link == nil
        case (nil, .menu(let menu)): return menu.search != nil
        case (nil, .sandbox(let state)): return state.input?.isTyped == true
        default: return false
        }
    }
}

extension SandboxInput {
    fileprivate var isTyped: Bool {
        switch self {
        case .value, .palette, .save: true
        case .removal, .share, .leaving: false
        }
    }
}
