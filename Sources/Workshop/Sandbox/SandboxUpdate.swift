import Scenario
import TerminalKit

extension SandboxState {
    var tree: SandboxTree { SandboxTree(draft.root, unfolded) }

    /// The row that the cursor is on.
    var row: SandboxTree.Row? {
        let tree = tree
        guard !tree.rows.isEmpty else { return nil }
        return tree.rows[tree.nearest(to: cursor)]
    }

    /// Takes a key before the table of keys is asked. Returns whether it was for the sandbox alone.
    mutating func press(_ key: Key) -> Bool {
        notice = nil
        if let input {
            take(key, input)
            return true
        }
        guard isInTree else { return false }
        switch key {
        case .character("v"): editValue(asText: true)
        case .character("n"): rename()
        case .character("J"): move(by: 1)
        case .character("K"): move(by: -1)
        case .left: fold()
        case .right: unfold()
        default: return false
        }
        return true
    }

    /// Does what a key asks.
    mutating func perform(_ command: Command, on size: Size) {
        switch command {
        case .confirm: if isInTree { editValue(asText: false) }
        case .addPart: addPart()
        case .removePart: removePart()
        case .lower, .raise: step(up: command == .raise)
        case .saveFile: askWhereToSave()
        case .share: share()
        case .undo: undo()
        case .redo: redo()
        case .reset: while canUndo { undo() }
        case .nextPanel, .previousPanel: moveFocus(command == .nextPanel ? 1 : -1)
        case .zoom: isZoomed.toggle()
        case .trueTimes: showsTrueTimes.toggle()
        case .up, .down, .pageUp, .pageDown, .scrollUp, .scrollDown:
            if isInTree { moveCursor(command, on: size) } else { moveInPanel(command, on: size) }
        default: _ = performOnPlayer(command)
        }
    }

    private mutating func moveInPanel(_ command: Command, on size: Size) {
        if scroll(command, in: layout(size)) { return }
        guard command == .up || command == .down, let kind = focusedPanel,
            let context = context(for: kind, .english, DisplaySettings())
        else { return }
        player?.selection = Panels.panel(kind).selection(movedBy: command == .up ? -1 : 1, context)
    }

    // MARK: The tree

    private mutating func moveCursor(_ command: Command, on size: Size) {
        let tree = tree
        guard !tree.rows.isEmpty else { return }
        let page = max(1, layout(size).text.height - 3)
        let step =
            switch command {
            case .up, .scrollUp: -1
            case .pageUp: -page
            case .pageDown: page
            default: 1
            }
        let place = min(max(0, tree.nearest(to: cursor) + step), tree.rows.count - 1)
        cursor = tree.rows[place].path
    }

    /// Folds the row, or goes to what it stands in.
    private mutating func fold() {
        guard let row else { return }
        if row.isUnfolded {
            unfolded.remove(row.path)
        } else {
            let tree = tree
            let place = tree.nearest(to: row.path)
            if let holder = tree.rows[..<place].last(where: { $0.depth < row.depth }) { cursor = holder.path }
        }
    }

    /// Unfolds the row, or goes to the first thing in it.
    private mutating func unfold() {
        guard let row, row.isFolder else { return }
        if unfolded.insert(row.path).inserted { return }
        let tree = tree
        let place = tree.nearest(to: row.path)
        if tree.rows.indices.contains(place + 1) { cursor = tree.rows[place + 1].path }
    }
}
