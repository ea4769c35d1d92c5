import Scenario
import TerminalKit

/// Draws the glossary: the terms at the left, at the right what the chosen one means and where it leads to.
struct GlossaryView {
    var state: GlossaryState
    var glossary: Glossary
    var lessons: [LessonCover]
    var language: Language
    var glyphs: Glyphs

    private var term: Glossary.Term? { state.shown.flatMap { glossary[$0] } }

    func draw(on frame: inout Frame) {
        let size = Size(width: min(100, frame.size.width - 4), height: min(30, frame.size.height - 2))
        let area = frame.popUpRoom.popUp(size)
        let note = state.here.isEmpty ? "" : (state.isInText ? Words.onThisScreen : Words.ofThisLesson)(language)
        let mark = state.here.isEmpty ? "" : "\(glyphs[.step]) \(note)"
        frame.draw(Box(Words.glossary(language), note: mark, isFocused: true), in: area, glyphs: glyphs)
        var content = Box.content(of: area)
        let keys = content.cutBottom(2).row(1)
        frame.draw(KeyHints(hints), in: keys, glyphs: glyphs)
        let list = content.cutLeft(max(20, content.width * 2 / 5))
        drawList(in: list, on: &frame)
        _ = content.cutLeft(1)
        frame.fill(
            Rect(x: content.x, y: content.y, width: 1, height: content.height), with: glyphs.vertical,
            style: Style(.border))
        _ = content.cutLeft(2)
        drawTerm(in: content, on: &frame)
    }

    private var hints: [KeyHint] {
        let arrows = KeyMap.keys([.up, .down], glyphs.repertoire)
        let enter = KeyMap.keys([.confirm], glyphs.repertoire)
        guard state.link == nil else {
            return [
                KeyHint(arrows, Words.links(language)), KeyHint(enter, Words.follow(language)),
                KeyHint("esc", Words.back(language)),
            ]
        }
        return [
            KeyHint(arrows, Words.choose(language)), KeyHint("a-z", Words.typeToFind(language)),
            KeyHint(enter, Words.links(language)), KeyHint("esc", Words.back(language), importance: 1),
        ]
    }

    private func drawList(in area: Rect, on frame: inout Frame) {
        var area = area
        let line = area.cutTop(1)
        frame.write(KeyMap.keys([.search], glyphs.repertoire), x: line.x, y: line.y, style: Style(.key), clip: line)
        frame.draw(state.field, in: Rect(x: line.x + 2, y: line.y, width: line.width - 3, height: 1), glyphs: glyphs)
        _ = area.cutTop(1)
        guard !state.ids.isEmpty else {
            let text = glossary.terms.isEmpty ? Words.noTerms : Words.noSuchTerm
            return write(StyledText(text(language), .muted), in: area, on: &frame)
        }
        let items = state.ids.compactMap { glossary[$0] }.map { term in
            let isHere = state.here.contains(term.id)
            return ChoiceList.Item(
                StyledText(term.name(language), isHere ? Style(.text, .bold) : .text),
                note: isHere ? StyledText(String(glyphs[.step]), Style(.accent)) : StyledText())
        }
        frame.draw(ChoiceList(items, selected: state.index), in: area, glyphs: glyphs)
    }

    private func write(_ text: StyledText, in area: Rect, on frame: inout Frame) {
        for (row, line) in text.wrapped(to: area.width).prefix(area.height).enumerated() {
            frame.write(line, x: area.x, y: area.y + row, clip: area)
        }
    }

    private func drawTerm(in area: Rect, on frame: inout Frame) {
        guard let term else { return }
        let lines = lines(of: term, width: area.width)
        // The chosen link is always on the screen.
        let chosen = lines.firstIndex { $0.spans.first?.style.role == .selection } ?? 0
        let scroll = Scroll(total: lines.count, visible: area.height, showing: chosen)
        for (row, line) in lines[scroll.range].enumerated() {
            frame.write(line, x: area.x, y: area.y + row, clip: area)
        }
        if scroll.range.upperBound < lines.count {
            frame.write(
                String(glyphs.ellipsis), x: area.maxX - 1, y: area.maxY - 1, style: .muted, clip: area)
        }
    }

    private func lines(of term: Glossary.Term, width: Int) -> [StyledText] {
        var lines = StyledText(term.name(language), Style(.title, .bold)).wrapped(to: width)
        let also = term.aliases(language)
        if !also.isEmpty {
            let text = "\(Words.alsoCalled(language)) \(also.joined(separator: ", "))"
            lines += StyledText(text, .muted).wrapped(to: width)
        }
        lines += [StyledText()] + StyledText(term.meaning(language)).wrapped(to: width)
        let links = term.links(lessons)
        var heading: LocalizedText?
        for (place, link) in links.enumerated() {
            let title: LocalizedText
            if case .term = link { title = Words.seeAlso } else { title = Words.taughtIn }
            if title != heading { lines += [StyledText(), StyledText(title(language), .muted)] }
            heading = title
            lines.append(line(link, isChosen: state.link == place).truncated(to: width, ellipsis: glyphs.ellipsis))
        }
        return lines
    }

    private func line(_ link: GlossaryLink, isChosen: Bool) -> StyledText {
        let text = name(of: link)
        return isChosen
            ? StyledText("\(glyphs[.selected]) \(text)", Style(.selection, .bold))
            : StyledText("  \(text)", Style(.accent))
    }

    private func name(of link: GlossaryLink) -> String {
        switch link {
        case .term(let id): glossary[id]?.name(language) ?? id
        case .lesson(let id): lessons.first { $0.id == id }.map { "\($0.number) \($0.title(language))" } ?? id
        }
    }
}

extension GlossaryView {
    /// More terms that fit are only counted.
    private static let mostOthers = 8

    /// The term that is shown, in sentences.
    var spoken: [String] {
        guard let term else { return [(glossary.terms.isEmpty ? Words.noTerms : Words.noSuchTerm)(language)] }
        var sentences = ["\(term.name(language).capitalizedFirst): \(term.meaning(language))"]
        let also = term.aliases(language)
        if !also.isEmpty { sentences.append("\(Words.alsoCalled(language)) \(also.joined(separator: ", ")).") }
        let links = term.links(lessons)
        let see = links.filter { if case .term = $0 { true } else { false } }.map(name)
        if !see.isEmpty { sentences.append("\(Words.seeAlso(language)): \(see.joined(separator: ", ")).") }
        let taught = links.filter { if case .lesson = $0 { true } else { false } }.map { label(of: $0, language) }
        if !taught.isEmpty { sentences.append("\(Words.taughtIn(language)): \(taught.joined(separator: "; ")).") }
        if let link = state.link, links.indices.contains(link) {
            sentences.append(language.text("Chosen: ", "Elegido: ") + Speech.sentence(name(of: links[link])))
        }
        return sentences + others
    }

    /// What else fits what is typed.
    private var others: [String] {
        let rest = state.ids.filter { $0 != state.shown }.compactMap { glossary[$0]?.name(language) }
        guard !state.field.text.isEmpty, !rest.isEmpty, state.link == nil else { return [] }
        let told = rest.prefix(Self.mostOthers).joined(separator: ", ")
        let more = rest.count - min(rest.count, Self.mostOthers)
        let tail = more > 0 ? language.text(", and \(more) more", " y \(more) más") : ""
        return [language.text("This fits too: \(told)\(tail).", "También encaja: \(told)\(tail).")]
    }
}
