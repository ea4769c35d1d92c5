import TerminalKit

/// The menu of faults: which backend, and what happens to it.
struct FaultView {
    var menu: FaultMenu
    var language: Language
    var glyphs: Glyphs

    func draw(on frame: inout Frame) {
        let labels = FaultMenu.items.map { $0.label(language) }
        let keys = Words.faultKeys(glyphs)(language)
        let width = max((labels.map(Text.width).max() ?? 0) + 4, Text.width(keys)) + 4
        let content = frame.drawBox(
            Words.faultAtCursor(language), width: width, height: labels.count + 6, glyphs: glyphs)
        var x = content.x
        for (index, name) in menu.backends.enumerated() {
            let isChosen = index == menu.backend
            x = frame.write(
                isChosen ? "[\(name)]" : " \(name) ", x: x, y: content.y,
                style: isChosen ? Style(.selection, .bold) : .muted, clip: content)
        }
        for (index, label) in labels.enumerated() {
            let isChosen = index == menu.item
            let mark = isChosen ? String(glyphs[.selected]) : " "
            frame.write(
                "\(mark) \(label)", x: content.x, y: content.y + 2 + index,
                style: isChosen ? Style(.selection) : .text, clip: content)
        }
        frame.write(keys, x: content.x, y: content.maxY - 1, style: .muted, clip: content)
    }
}
