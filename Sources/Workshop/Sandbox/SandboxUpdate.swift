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
    mutating func press(_ key: Key, on size: Size) -> Bool {
        notice = nil
        if let input {
            take(key, input, on: size)
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
        notice = nil
        if let refusal = refusal(of: command) {
            notice = .refused(refusal)
            return
        }
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

    /// The part of the tree that shows, with the cursor in it.
    func treeScroll(in area: Rect) -> Scroll {
        let tree = tree
        return Scroll(
            total: tree.rows.count, visible: Box.content(of: area).height, offset: treeTop,
            showing: tree.nearest(to: cursor))
    }

    private mutating func moveCursor(_ command: Command, on size: Size) {
        let tree = tree
        guard !tree.rows.isEmpty else { return }
        let area = layout(size).text
        let scroll = treeScroll(in: area)
        let page = max(1, scroll.visible - 1)
        var place = tree.nearest(to: cursor)
        treeTop = scroll.offset
        switch command {
        case .scrollUp, .scrollDown:
            // What shows moves, and takes the cursor along at its edge; at the end of the tree the cursor goes on.
            let moved = Scroll(
                total: scroll.total, visible: scroll.visible, offset: scroll.offset + (command == .scrollUp ? -1 : 1))
            let inner = moved.range.dropFirst(moved.offset > 0 ? 1 : 0).dropLast(
                moved.range.upperBound < scroll.total ? 1 : 0)
            treeTop = moved.offset
            if moved.offset == scroll.offset {
                place += command == .scrollUp ? -1 : 1
            } else if let first = inner.first, let last = inner.last {
                place = min(max(place, first), last)
            }
        case .up: place -= 1
        case .pageUp: place -= page
        case .pageDown: place += page
        default: place += 1
        }
        cursor = tree.rows[min(max(0, place), tree.rows.count - 1)].path
        treeTop = treeScroll(in: area).offset
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
