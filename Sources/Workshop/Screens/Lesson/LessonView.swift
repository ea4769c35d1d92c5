import Analysis
import Scenario
import TerminalKit
import Trace

/// Draws a lesson: the page, and around it the bar, the timeline and the footer.
struct LessonView {
    var state: LessonState
    var language: Language
    var settings: DisplaySettings
    var follower: FollowerState?
    var glyphs: Glyphs { settings.glyphs }

    func draw(on frame: inout Frame) {
        let layout = LessonLayout(frame.size, for: state)
        drawBar(in: layout.bar, on: &frame)
        if follower?.isDark == true { return drawDark(in: layout.body, on: &frame) }
        if let text = LessonTextView(state, layout, language, glyphs) {
            text.page.draw(in: text.area, on: &frame, glyphs: glyphs)
        }
        if state.isAsking {
            let line = Rect(x: 0, y: layout.body.maxY - 1, width: frame.size.width, height: 1)
            PredictionView(state: state, language: language, glyphs: glyphs).drawScore(in: line, on: &frame)
        } else if state.step != nil {
            drawStage(layout, on: &frame)
        }
        let isMore = LessonTextView(state, layout, language, glyphs).map { $0.pageCount > state.textPage + 1 } ?? false
        LessonFooter(state: state, language: language, glyphs: glyphs, hasMoreText: isMore, followed: line?.hints)
            .draw(in: layout.footer, on: &frame)
    }

    private var line: FollowerLine? {
        follower.map { FollowerLine(follower: $0, state: state, language: language, glyphs: glyphs) }
    }

    private func drawDark(in area: Rect, on frame: inout Frame) {
        let text = Text.truncate(Words.screenIsBlack(language), to: area.width - 2, ellipsis: glyphs.ellipsis)
        frame.write(text, x: (area.width - Text.width(text)) / 2, y: area.y + area.height / 2, style: .muted)
    }

    private func drawStage(_ layout: LessonLayout, on frame: inout Frame) {
        if state.isShowingFutures {
            FuturesView(state: state, language: language, settings: settings).draw(layout, on: &frame)
        } else {
            for slot in layout.panels { drawPanel(slot, on: &frame) }
        }
        ControlStrip(state: state, language: language, glyphs: glyphs).draw(in: layout.controls, on: &frame)
        if let player = state.player {
            TimelineView(marks: state.marks, player: player, language: language, glyphs: glyphs)
                .draw(in: layout.timeline, on: &frame)
        }
    }

    private func drawPanel(_ slot: LessonLayout.Slot, on frame: inout Frame) {
        guard let context = state.context(for: slot.kind, language, settings) else { return }
        frame.drawPanel(slot.kind, context, in: slot.rect)
    }

    private func drawBar(in area: Rect, on frame: inout Frame) {
        frame.fill(area, style: Style(.bar))
        let separator = " \(glyphs.separator) "
        var left = " \(state.lesson.number) \(state.lesson.title(language))"
        switch state.page {
        case .card: left += separator + Words.card(language)
        case .summary: left += separator + Words.summary(language)
        case .step(let index):
            left += separator + "\(Words.step(language)) \(index + 1) \(Words.of(language)) \(state.lesson.steps.count)"
            if let step = state.step { left += separator + Words.kind(step.kind)(language) }
        }
        if let line { left = " \(line.text)" }
        let right = language.rawValue + (state.player.map { "  #\($0.seed)" } ?? "") + " "
        let room = area.width - Text.width(right) - 1
        frame.write(
            Text.truncate(left, to: room, ellipsis: glyphs.ellipsis), x: 0, y: area.y, style: Style(.bar, .bold))
        frame.write(right, x: area.maxX - Text.width(right), y: area.y, style: Style(.bar))
    }
}
