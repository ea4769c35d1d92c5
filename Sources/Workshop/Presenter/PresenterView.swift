import Analysis
import TerminalKit

/// An instructor's screen: a page of text alone, or one picture over the whole width.
struct PresenterView {
    var state: LessonState
    var presenter: PresenterState
    var language: Language
    var settings: DisplaySettings
    var glyphs: Glyphs { settings.glyphs }

    func draw(on frame: inout Frame) {
        if presenter.isBlack { return }
        let layout = PresenterLayout(frame.size, for: state)
        if state.isPictured { drawPicture(layout, on: &frame) } else { text(layout).draw(on: &frame) }
        PresenterStatus(state: state, presenter: presenter, language: language, glyphs: glyphs)
            .draw(in: layout.status, on: &frame)
    }

    /// `nil` where a picture is.
    func textPageCount(on size: Size) -> Int? {
        state.isPictured ? nil : text(PresenterLayout(size, for: state)).pages.count
    }

    private func text(_ layout: PresenterLayout) -> PresenterText {
        PresenterText(
            groups: groups(width: layout.column.width), area: layout.column, page: state.textPage, glyphs: glyphs)
    }

    private func groups(width: Int) -> [MarkdownRenderer.Group] {
        switch state.page {
        case .card:
            return PresenterCover(state: state, sharing: presenter.sharing, language: language, glyphs: glyphs)
                .groups(width: width)
        case .summary:
            let renderer = state.renderer(width: width, language, glyphs)
            return [.heading(Words.summary(language).capitalizedFirst)]
                + renderer.groups(state.lesson.text(language).summary)
        case .step:
            guard let step = state.step else { return [] }
            let heading = MarkdownRenderer.Group.heading(step.title(language))
            if state.isAsking {
                let tally = presenter.tallies[step.id] ?? Tally()
                return [heading]
                    + TallyText(state: state, tally: tally, language: language, glyphs: glyphs).groups(width: width)
            }
            return [heading]
                + StepTextView(state: state, language: language, glyphs: glyphs).groups(step, width: width)
        }
    }

    // MARK: The picture

    private func drawPicture(_ layout: PresenterLayout, on frame: inout Frame) {
        guard case .panel(let kind) = state.focus, let player = state.player else { return }
        let title = state.step?.title(language) ?? ""
        drawCaption(of: kind, over: layout.picture, title: title, in: layout.caption, on: &frame)
        if state.isShowingFutures {
            FuturesView(state: state, language: language, settings: settings)
                .draw(kind, in: layout.picture, on: &frame)
        } else {
            draw(kind, in: layout.picture, on: &frame)
            let others = state.panels.filter { $0 != kind }
            for (other, area) in zip(others, layout.companions) {
                var picture = area
                let caption = picture.cutTop(1)
                _ = picture.cutTop(1)
                drawCaption(of: other, over: picture, in: caption, on: &frame)
                draw(other, in: picture, on: &frame)
            }
        }
        ControlStrip(state: state, language: language, glyphs: glyphs).draw(in: layout.controls, on: &frame)
        TimelineView(marks: state.marks, player: player, language: language, glyphs: glyphs)
            .draw(in: layout.timeline, on: &frame)
    }

    private func draw(_ kind: PanelKind, in area: Rect, on frame: inout Frame) {
        guard var context = state.context(for: kind, language, settings) else { return }
        // No border round it and no text beside it: there is room for all of it.
        context.isZoomed = true
        Panels.panel(kind).draw(context, into: &frame, in: area)
    }

    private func drawCaption(
        of kind: PanelKind, over picture: Rect, title: String = "", in area: Rect, on frame: inout Frame
    ) {
        guard let context = state.context(for: kind, language, settings) else { return }
        let panel = Panels.panel(kind)
        let extent = panel.extent(context, in: Size(width: picture.width, height: picture.height))
        let parts = [panel.title(context), panel.note(context), extent?.part ?? ""].filter { !$0.isEmpty }
        let separator = " \(glyphs.separator) "
        var text = StyledText(title, Style(.title, .bold))
        text.append((title.isEmpty ? "" : separator) + parts.joined(separator: separator), .muted)
        frame.write(text.truncated(to: area.width, ellipsis: glyphs.ellipsis), x: area.x, y: area.y, clip: area)
    }
}

/// A column of text in the middle of the screen, a page at a time.
struct PresenterText {
    var groups: [MarkdownRenderer.Group]
    var area: Rect
    var page: Int
    var glyphs: Glyphs

    /// The last row is for the number of the page.
    var pages: [[StyledText]] { MarkdownRenderer.pages(groups, height: max(1, area.height - 1)) }

    func draw(on frame: inout Frame) {
        let pages = pages
        let shown = min(max(0, page), pages.count - 1)
        let lines = pages[shown]
        // A little above the middle rests easier; pages of one text begin at one height.
        let top = pages.count > 1 ? 0 : max(0, (area.height - lines.count) * 2 / 5)
        for (row, line) in lines.enumerated() { frame.write(line, x: area.x, y: area.y + top + row, clip: area) }
        guard pages.count > 1 else { return }
        let key = shown + 1 < pages.count ? "pgdn" : "pgup"
        let note = "\(key) \(shown + 1)/\(pages.count)"
        frame.write(note, x: area.maxX - Text.width(note), y: area.maxY - 1, style: .muted, clip: area)
    }
}

extension App {
    func presenterView(of state: LessonState) -> PresenterView? {
        presenter.map { PresenterView(state: state, presenter: $0, language: language, settings: settings) }
    }

    func draw(_ over: PresenterState.Overlay, on frame: inout Frame) {
        switch over {
        case .leaving:
            let hints = [KeyHint("q", Words.endIt(language)), KeyHint("esc", Words.goOn(language))]
            frame.draw(
                Dialog(Words.leaving(language), StyledText(Words.leavingText(language)), hints: hints),
                in: frame.popUpRoom, glyphs: settings.glyphs)
        case .resuming(let record):
            let hints = [KeyHint("enter", Words.goOn(language)), KeyHint("a", Words.beginAnew(language))]
            let text = lesson.map { Words.resumingText(record, $0.lesson, language) } ?? ""
            frame.draw(
                Dialog(Words.resuming(language), StyledText(text), hints: hints), in: frame.popUpRoom,
                glyphs: settings.glyphs)
        case .faults:
            let faults = lesson?.quickFaults ?? []
            let lines = faults.enumerated().map { place, fault in
                StyledText("\(place + 1)  ", Style(.key)) + StyledText(fault.label(language))
            }
            let text = lines.dropFirst().reduce(lines.first ?? StyledText()) { $0 + StyledText("\n") + $1 }
            frame.draw(Dialog(Words.faultAtCursor(language), text), in: frame.popUpRoom, glyphs: settings.glyphs)
        }
    }
}
