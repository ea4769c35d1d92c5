import TerminalKit

/// The page of keys: every command, in groups, in as many columns as fit.
struct KeysView {
    var language: Language
    var glyphs: Glyphs

    func draw(on frame: inout Frame) {
        let entries = self.entries
        let columnWidth = (entries.map(\.width).max() ?? 0) + 3
        let rows = frame.size.height - 4
        let columns = max(1, min((frame.size.width - 4) / columnWidth, (entries.count + rows - 1) / max(1, rows)))
        let perColumn = min(rows, (entries.count + columns - 1) / columns)
        let content = frame.drawBox(
            Words.keys(language), width: columns * columnWidth + 3, height: perColumn + 2, glyphs: glyphs)
        for (index, entry) in entries.enumerated() where index / max(1, perColumn) < columns {
            let x = content.x + index / perColumn * columnWidth
            frame.write(entry, x: x, y: content.y + index % perColumn, clip: content)
        }
    }

    private var entries: [StyledText] {
        KeyMap.Group.allCases.flatMap { group in
            let bindings = KeyMap.bindings.filter { $0.group == group }
            return [StyledText(group.title(language), Style(.title, .bold))]
                + bindings.map { binding in
                    let key = glyphs.repertoire == .unicode ? binding.shown.unicode : binding.shown.ascii
                    return StyledText(Text.pad(key, to: 10), Style(.key)) + StyledText(binding.label(language))
                }
        }
    }
}
