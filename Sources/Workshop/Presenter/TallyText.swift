import TerminalKit

/// A question to the class: the answers, the hands that were raised for each, and then what the run says.
struct TallyText {
    var state: LessonState
    var tally: Tally
    var language: Language
    var glyphs: Glyphs

    private static let labelWidth = 20
    private static let figures = 10

    func groups(width: Int) -> [MarkdownRenderer.Group] {
        guard let step = state.step else { return [] }
        let text = state.lesson.text(of: step, language)
        let renderer = state.renderer(width: width, language, glyphs)
        let options = self.options(width: width)
        // Once revealed, what came of it is first; the question stays below for those who look back.
        if tally.isRevealed {
            return options + verdict(width: width) + renderer.groups(text.after)
                + [.heading(Words.question(language), .muted)] + renderer.groups(text.body)
        }
        return renderer.groups(text.body) + options + HintText(state: state, language: language).groups(renderer)
    }

    /// The same as a page of a follower's screen.
    func page(_ step: LessonStep, in area: Rect) -> TextPage {
        TextPage(title: step.title(language), groups: groups(width: TextPage.width(in: area)), page: state.textPage)
    }

    private func verdict(width: Int) -> [MarkdownRenderer.Group] {
        guard let answer = state.revealedAnswer(language) else { return [] }
        let line = StyledText("\(Words.itTook(language))  ") + StyledText(answer, Style(.accent, .bold))
        return [MarkdownRenderer.Group(lines: line.wrapped(to: width, hanging: 2))]
    }

    // MARK: Answers

    private func options(width: Int) -> [MarkdownRenderer.Group] {
        let options = state.tallyOptions(language)
        let isShort = options.allSatisfy { Text.width($0.text) <= Self.labelWidth - 4 }
        let title: [MarkdownRenderer.Group] =
            isNumber && !tally.isRevealed ? [.heading(Words.nearest(language), .muted)] : []
        let lines = options.enumerated().map { place, option in
            isShort ? [short(place, option, width: width)] : long(place, option, width: width)
        }
        return title
            + lines.enumerated().map { place, lines in
                MarkdownRenderer.Group(lines: lines, isApart: place == 0 && title.isEmpty || !isShort)
            }
    }

    private var isNumber: Bool {
        if case .predict(let prediction) = state.step?.kind, case .number = prediction.form { true } else { false }
    }

    private func isMarked(_ option: TallyOption) -> Bool { tally.isRevealed && option.isRight }

    private func label(_ place: Int, _ option: TallyOption) -> StyledText {
        let mark = isMarked(option) ? glyphs[.ok] : " "
        let style = isMarked(option) ? Style(.ok, .bold) : .text
        return StyledText("\(mark) ", style) + StyledText("\(place + 1)", Style(.key))
            + StyledText("  \(option.text)", style)
    }

    /// Answer and bar on one line.
    private func short(_ place: Int, _ option: TallyOption, width: Int) -> StyledText {
        let label = label(place, option)
        let gap = String(repeating: " ", count: max(1, Self.labelWidth - label.width + 1))
        return label + StyledText(gap) + bar(place, option, width: width - Self.labelWidth - 1)
    }

    /// The bar under the answer, where answers are sentences.
    private func long(_ place: Int, _ option: TallyOption, width: Int) -> [StyledText] {
        let label = label(place, option).wrapped(to: width, hanging: 5)
        return tally.hands.isEmpty ? label : label + [StyledText("     ") + bar(place, option, width: width - 5)]
    }

    /// `██████░░░░  12   60 %`
    private func bar(_ place: Int, _ option: TallyOption, width: Int) -> StyledText {
        guard !tally.hands.isEmpty else { return StyledText() }
        let style = isMarked(option) ? Style(.ok) : Style(.accent)
        let bar = Bar(tally.share(of: place)).text(width: max(4, width - Self.figures), glyphs: glyphs)
        let share = NumberText(language, glyphs.repertoire).percent(tally.share(of: place))
        return StyledText(bar.filled, style) + StyledText(bar.empty, Style(.border))
            + StyledText(Self.right("\(tally.count(of: place))", 4), .text)
            + StyledText(Self.right(share, 6), .muted)
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - Text.width(text))) + text
    }
}
