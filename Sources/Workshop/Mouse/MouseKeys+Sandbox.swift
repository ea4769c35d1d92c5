import TerminalKit

// The mouse in the sandbox.
extension MouseKeys {
    func press(at point: Point, in state: SandboxState) -> [Key] {
        switch state.input {
        case .palette: return SandboxDialogs.paletteArea(in: app.size).contains(point) ? walk(to: point) : []
        case .value, .removal, .save, .share, .leaving: return []
        case nil: break
        }
        let layout = state.layout(app.size)
        if let time = time(at: point, state, in: layout.timeline) { return time }
        if let row = treeView(state).row(at: point, in: layout.text) { return press(on: row, at: point, state) }
        guard let slot = layout.panels.first(where: { $0.rect.contains(point) }), let way = tabs(to: slot.kind) else {
            return []
        }
        guard way.isEmpty else { return way }
        let keys = walk(to: point)
        return keys == [.enter] ? [] : keys
    }

    /// A row is chosen; once more, its value is edited, and a part shows or hides what it holds: so does its mark.
    private func press(on index: Int, at point: Point, _ state: SandboxState) -> [Key] {
        let tree = state.tree
        let way = index - tree.nearest(to: state.cursor)
        let back: [Key] = state.isInTree ? [] : [.escape]
        let keys = back + Array(repeating: way < 0 ? .up : .down, count: abs(way))
        let isOnMark = tree.rows[index].isFolder && "\(app.settings.glyphs.arrowDown)\(app.settings.glyphs.arrowRight)"
            .contains(frame[point.x, point.y].character)
        return keys.isEmpty || isOnMark ? keys + [.enter] : keys
    }

    func wheel(isDown: Bool, at point: Point, in state: SandboxState) -> [Key] {
        switch state.input {
        case .palette, .share: return [isDown ? .down : .up]
        case .value, .removal, .save, .leaving: return []
        case nil: break
        }
        let layout = state.layout(app.size)
        if treeView(state).row(at: point, in: layout.text) != nil {
            return (state.isInTree ? [] : [.escape]) + scroll(isDown: isDown)
        }
        guard let slot = layout.panels.first(where: { $0.rect.contains(point) }), let way = tabs(to: slot.kind) else {
            return []
        }
        return way + scroll(isDown: isDown)
    }

    private func treeView(_ state: SandboxState) -> TreeView {
        TreeView(state: state, language: app.language, glyphs: app.settings.glyphs)
    }
}
