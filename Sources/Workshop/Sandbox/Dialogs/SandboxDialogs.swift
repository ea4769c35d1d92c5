import Scenario
import TerminalKit

/// Draws what lies over the sandbox: the list of parts, questions, the code.
struct SandboxDialogs {
    var state: SandboxState
    var language: Language
    var glyphs: Glyphs

    func draw(on frame: inout Frame) {
        switch state.input {
        case .palette(let palette): draw(palette, on: &frame)
        case .removal(let question): draw(question, on: &frame)
        case .save(let form): draw(form, on: &frame)
        case .share(let sheet): draw(sheet, on: &frame)
        case .leaving:
            let hints = [
                KeyHint("W", SandboxWords.save(language)), KeyHint("x", SandboxWords.leaveUnsaved(language)),
                KeyHint("esc", SandboxWords.stay(language)),
            ]
            frame.draw(
                Dialog(SandboxWords.sandbox(language), StyledText(SandboxWords.isUnsaved(language)), hints: hints),
                in: frame.popUpRoom, glyphs: glyphs)
        case .value, nil: break
        }
    }

    // MARK: The list of parts

    static func paletteArea(in size: Size) -> Rect {
        Rect(size).centred(Size(width: min(84, size.width - 4), height: min(24, size.height - 4)))
    }

    /// Entries that show at once: without the border, the line that is typed, and what stands below.
    static func paletteRows(on size: Size) -> Int { max(1, paletteArea(in: size).height - 2 - 2 - 3) }

    private func draw(_ palette: Palette, on frame: inout Frame) {
        let area = Self.paletteArea(in: frame.size)
        let entries = palette.entries
        let title = SandboxWords.addPart(language)
        var content = frame.drawBox(title, width: area.width, height: area.height, glyphs: glyphs)
        let search = content.cutTop(1)
        frame.write(SandboxWords.filter(language), x: search.x, y: search.y, style: .muted, clip: search)
        var field = search
        _ = field.cutLeft(Text.width(SandboxWords.filter(language)) + 1)
        frame.draw(palette.field, in: field, glyphs: glyphs)
        _ = content.cutTop(1)
        let footer = content.cutBottom(3)
        let items = entries.map { entry in
            let holder = entry.path.isRoot ? "" : "\(entry.path)"
            return ChoiceList.Item(
                StyledText(Text.pad(entry.part.label, to: 13), Style(.title))
                    + StyledText(" " + entry.part.about(language)),
                note: StyledText(Text.truncate(holder, to: 20, ellipsis: glyphs.ellipsis), .muted))
        }
        if items.isEmpty { frame.write(SandboxWords.nothingToAdd(language), x: content.x, y: content.y, style: .muted) }
        frame.draw(ChoiceList(items, selected: palette.selected, offset: palette.top), in: content, glyphs: glyphs)
        if let problem = palette.problem {
            let lines = problem.text(language).wrapped(to: footer.width)
            for (row, line) in lines.prefix(2).enumerated() {
                frame.write(line, x: footer.x, y: footer.y + row, clip: footer)
            }
        } else if let chosen = palette.chosen {
            let yaml = Text.truncate(chosen.part.yaml, to: footer.width, ellipsis: glyphs.ellipsis)
            frame.write(yaml, x: footer.x, y: footer.y + 1, style: .muted, clip: footer)
        }
        let hints = [KeyHint("enter", SandboxWords.add(language)), KeyHint("esc", SandboxWords.back(language))]
        frame.draw(KeyHints(hints), in: footer.row(2), glyphs: glyphs)
    }

    // MARK: Questions

    private func draw(_ question: RemovalQuestion, on frame: inout Frame) {
        let words = RemovalWords(state.draft.root, question.path)
        let also = words.list(question.removal.also, language)
        var text = StyledText(SandboxWords.needs(words.name)(language) + "\n")
        for line in also.prefix(8) { text.append("\n\(glyphs.separator) \(line)", Style(.warn)) }
        if also.count > 8 { text.append("\n\(glyphs.ellipsis)", .muted) }
        let hints = [KeyHint("enter", SandboxWords.removeAll(language)), KeyHint("esc", SandboxWords.keep(language))]
        frame.draw(Dialog(SandboxWords.remove(language), text, hints: hints), in: frame.popUpRoom, glyphs: glyphs)
    }

    private func draw(_ form: SaveForm, on frame: inout Frame) {
        let width = min(72, frame.size.width - 4)
        var content = frame.drawBox(SandboxWords.saveAs(language), width: width, height: 9, glyphs: glyphs)
        frame.draw(form.field, in: content.cutTop(1), glyphs: glyphs)
        _ = content.cutTop(1)
        var lines: [StyledText] = []
        if let problem = form.problem {
            lines += problem.text(language).wrapped(to: content.width)
        } else if let existing = form.existing {
            let note = state.hasComments && existing == state.path ? " " + SandboxWords.commentsGo(language) : ""
            let text = SandboxWords.isThere(existing)(language) + note
            lines += StyledText(text, Style(.warn)).wrapped(to: content.width)
        } else if state.hasComments, form.field.text == state.path {
            lines += StyledText(SandboxWords.commentsGo(language), .muted).wrapped(to: content.width)
        }
        if let keeps = form.keepsChanges {
            lines.append(StyledText("tab ", Style(.key)) + StyledText(SandboxWords.keepsChanges(keeps)(language)))
        }
        let footer = content.cutBottom(1)
        for (row, line) in lines.prefix(content.height).enumerated() {
            frame.write(line, x: content.x, y: content.y + row, clip: content)
        }
        let verb = form.existing == nil ? SandboxWords.save : SandboxWords.replace
        frame.draw(
            KeyHints([KeyHint("enter", verb(language)), KeyHint("esc", SandboxWords.back(language))]), in: footer,
            glyphs: glyphs)
    }

    // MARK: The code

    /// From edge to edge and without a border, so that it can be selected with the mouse.
    private func draw(_ sheet: ShareSheet, on frame: inout Frame) {
        frame.fill(frame.bounds)
        var area = frame.bounds
        let bar = area.cutTop(1)
        frame.fill(bar, style: Style(.bar))
        frame.write(" " + SandboxWords.shareTitle(language), x: 0, y: 0, style: Style(.bar, .bold), clip: bar)
        let footer = area.cutBottom(1)
        for line in StyledText(SandboxWords.shareHow(language), .muted).wrapped(to: area.width - 2) {
            let row = area.cutTop(1)
            frame.write(line, x: 1, y: row.y, clip: row)
        }
        _ = area.cutTop(1)
        let note = area.cutBottom(1)
        let characters = Array(sheet.code.unicodeScalars)
        let lines = stride(from: 0, to: characters.count, by: max(1, area.width)).map { start in
            String(String.UnicodeScalarView(characters[start..<min(start + area.width, characters.count)]))
        }
        let scroll = Scroll(total: lines.count, visible: area.height, offset: sheet.offset)
        for (row, line) in lines[scroll.range].enumerated() {
            frame.write(line, x: 0, y: area.y + row, style: Style(.accent), clip: area)
        }
        var said: [String] = scroll.part.isEmpty ? [] : [scroll.part]
        if sheet.isCopied { said.append(SandboxWords.copied(language)) }
        if sheet.isPrinted { said.append(SandboxWords.willPrint(language)) }
        frame.write(said.joined(separator: "   "), x: 1, y: note.y, style: Style(.ok), clip: note)
        let hints = [
            KeyHint("c", SandboxWords.copy(language)), KeyHint("p", SandboxWords.printIt(language)),
            KeyHint("esc", SandboxWords.back(language)),
        ]
        frame.draw(KeyHints(hints), in: footer.inset(horizontal: 1), glyphs: glyphs)
    }
}

extension SandboxState.Notice {
    func text(_ language: Language) -> StyledText {
        switch self {
        case .unsaved: return StyledText(SandboxWords.unsavedIsBack(language), Style(.warn))
        case .saved(let path): return StyledText(SandboxWords.savedAs(path)(language), Style(.ok))
        case .nameless(let path): return StyledText(SandboxWords.nameless(path)(language), Style(.warn))
        case .needsFile(let file): return StyledText(SandboxWords.needsFile(file)(language), Style(.warn))
        case .added(let part): return StyledText(SandboxWords.added(part)(language), Style(.ok))
        case .refused(let why): return StyledText(why(language), Style(.warn))
        case .notRemoved(let name, let refusal):
            return StyledText(Speech.sentence(SandboxWords.notRemoved(name, refusal)(language)), Style(.warn))
        case .problem(let message, let hint):
            var text = StyledText(Speech.sentence(message(language)), Style(.fail))
            if let hint { text.append(" " + Speech.sentence(hint(language)), .muted) }
            return text
        }
    }
}
