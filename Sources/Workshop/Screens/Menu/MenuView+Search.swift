import Scenario
import TerminalKit

extension MenuView {
    /// What is typed, and what it finds.
    func drawSearch(_ search: MenuSearch, in area: Rect, on frame: inout Frame) {
        let count = search.field.text.isEmpty ? "" : Words.found(search.hits.count)(language)
        frame.draw(Box(Words.search(language), note: count, isFocused: true), in: area, glyphs: glyphs)
        var content = Box.content(of: area)
        let line = content.cutTop(1)
        let sign = KeyMap.keys([.search], glyphs.repertoire)
        frame.write(sign, x: line.x, y: line.y, style: Style(.key), clip: line)
        frame.draw(search.field, in: Rect(x: line.x + 2, y: line.y, width: line.width - 2, height: 1), glyphs: glyphs)
        _ = content.cutTop(1)
        guard !search.hits.isEmpty else {
            let lines = StyledText(Words.nothingFound(language), .muted).wrapped(to: content.width)
            for (row, line) in lines.enumerated() { frame.write(line, x: content.x, y: content.y + row, clip: content) }
            return
        }
        let items = search.hits.map { ChoiceList.Item(text(of: $0), note: note(of: $0)) }
        frame.draw(ChoiceList(items, selected: search.index), in: content, glyphs: glyphs)
    }

    private func text(of hit: SearchHit) -> StyledText {
        switch hit.place {
        case .title: StyledText("\(hit.lesson?.number ?? 0) ", .muted) + StyledText(hit.text, Style(.text, .bold))
        case .step, .card: StyledText("\(hit.lesson?.number ?? 0) ", .muted) + StyledText(hit.text)
        case .term: StyledText(hit.text, Style(.accent))
        }
    }

    private func note(of hit: SearchHit) -> StyledText {
        switch hit.place {
        case .step(let step): StyledText("\(Words.step(language)) \(step + 1)", .muted)
        case .term: StyledText(Words.glossaryTerm(language), .muted)
        case .title, .card: StyledText()
        }
    }
}
