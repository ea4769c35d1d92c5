import TerminalKit

/// The menu of faults: which backend or cache, and what happens to it.
struct FaultView {
    var menu: FaultMenu
    var language: Language
    var glyphs: Glyphs

    func draw(on frame: inout Frame) {
        // The box keeps its size from target to target.
        let kinds = Set(menu.targets.map(\.kind))
        let all = kinds.map { FaultMenu.items(for: $0).map { $0.label(language) } }
        let keys = Words.faultKeys(glyphs)(language)
        let width = max((all.joined().map(Text.width).max() ?? 0) + 4, Text.width(keys)) + 4
        let height = (all.map(\.count).max() ?? 0) + 6
        let content = frame.drawBox(Words.faultAtCursor(language), width: width, height: height, glyphs: glyphs)
        drawTargets(in: content, on: &frame)
        for (index, item) in menu.items.enumerated() {
            let isChosen = index == menu.item
            let mark = isChosen ? String(glyphs[.selected]) : " "
            frame.write(
                "\(mark) \(item.label(language))", x: content.x, y: content.y + 2 + index,
                style: isChosen ? Style(.selection) : .text, clip: content)
        }
        frame.write(keys, x: content.x, y: content.maxY - 1, style: .muted, clip: content)
    }

    /// Where not all have room, those around the chosen one.
    private func drawTargets(in content: Rect, on frame: inout Frame) {
        let names = menu.targets.map { Text.truncate($0.name, to: content.width - 2, ellipsis: glyphs.ellipsis) }
        var first = 0
        func end(from start: Int) -> Int {
            names[start...menu.target].reduce(0) { $0 + Text.width($1) + 2 }
        }
        while first < menu.target, end(from: first) > content.width { first += 1 }
        var x = content.x
        for (index, name) in names.enumerated().dropFirst(first) {
            let isChosen = index == menu.target
            guard isChosen || x + Text.width(name) + 2 <= content.maxX else { return }
            x = frame.write(
                isChosen ? "[\(name)]" : " \(name) ", x: x, y: content.y,
                style: isChosen ? Style(.selection, .bold) : .muted, clip: content)
        }
    }
}
