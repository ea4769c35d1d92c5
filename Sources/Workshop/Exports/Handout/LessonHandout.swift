import Analysis
import Scenario
import TerminalKit
import Trace

/// Makes the handout of a lesson: every step with its text, its picture and its answer, then the runs behind them.
public struct LessonHandout {
    private let figures: LessonRuns
    private let language: Language
    private let numbers: NumberText
    private var lesson: Lesson { figures.lesson }

    public init(_ figures: LessonRuns, language: Language) {
        self.figures = figures
        self.language = language
        numbers = NumberText(language)
    }

    /// O(the runs of the lesson). Throws ``LessonRunError`` when one cannot be run.
    public func make() throws(LessonRunError) -> Handout {
        var sections = [
            Handout.Section(id: "about", title: HandoutWords.about(language), blocks: card)
        ]
        for (place, step) in lesson.steps.enumerated() { sections.append(try section(step, place + 1)) }
        let text = lesson.text(language)
        sections.append(
            Handout.Section(
                id: "summary", title: Words.summary(language).capitalizedFirst, blocks: blocks(text.summary, of: nil)))
        sections.append(
            Handout.Section(id: "reading", title: Words.reading(language), blocks: blocks(text.reading, of: nil)))
        sections.append(try runs())
        return Handout(
            language: language, title: lesson.title(language),
            facts: [
                "\(HandoutWords.lesson(language)) \(lesson.number)", "\(lesson.minutes) \(Words.minutes(language))",
            ], sections: sections)
    }

    private var card: [Handout.Block] {
        let card = lesson.card
        let parts: [(LocalizedText, [LocalizedText])] = [
            (Words.learn, card.learn), (Words.watchFor, card.watch), (Words.modelled, card.models),
            (Words.omitted, card.omits),
        ]
        return parts.filter { !$0.1.isEmpty }.flatMap { title, items -> [Handout.Block] in
            [.heading(title(language)), .list(items.map { $0(language) })]
        }
    }

    // MARK: Steps

    private func section(_ step: LessonStep, _ number: Int) throws(LessonRunError) -> Handout.Section {
        let text = lesson.text(of: step, language)
        var content = blocks(text.body, of: step)
        switch step.kind {
        case .read, .watch:
            content += try picture(step)
        case .experiment:
            content += try controls(step) + picture(step)
        case .predict(let prediction):
            content += choices(prediction)
            let answer = try self.answer(prediction) + blocks(text.after, of: step) + picture(step)
            content += hints(text, of: step) + [.folded(title: HandoutWords.answer(language), answer)]
        case .challenge(let challenge):
            content += goals(challenge, step) + (try controls(step) + picture(step)) + hints(text, of: step)
            let solution = challenge.solution.map { step.stage.controls.text(of: $0, numbers) }
            content.append(
                .folded(title: Words.oneSolution(language), [.list(solution)] + blocks(text.after, of: step)))
            return Handout.Section(id: step.id, title: title(step, number), note: note(step), blocks: content)
        }
        if case .predict = step.kind {} else { content += hints(text, of: step) + blocks(text.after, of: step) }
        return Handout.Section(id: step.id, title: title(step, number), note: note(step), blocks: content)
    }

    private func title(_ step: LessonStep, _ number: Int) -> String { "\(number). \(step.title(language))" }
    private func note(_ step: LessonStep) -> String { Words.kind(step.kind)(language) }

    private func blocks(_ text: [MarkdownBlock], of step: LessonStep?) -> [Handout.Block] {
        text.isEmpty ? [] : [.text(text.map { $0.filled { figures.text(of: $0, in: step, language) } })]
    }

    private func hints(_ text: StepText, of step: LessonStep) -> [Handout.Block] {
        text.hints.enumerated().map { place, hint in
            .folded(title: "\(Words.hint(language)) \(place + 1)", blocks(hint, of: step))
        }
    }

    private func choices(_ prediction: Prediction) -> [Handout.Block] {
        switch prediction.form {
        case .choices(let choices):
            [
                .heading(HandoutWords.choices(language)),
                .list(choices.map { $0.text(language) }, isNumbered: true),
            ]
        case .number: [.heading(HandoutWords.number(language))]
        }
    }

    private func answer(_ prediction: Prediction) throws(LessonRunError) -> [Handout.Block] {
        let verdict = try figures.verdict(on: .choice(id: ""), to: prediction)
        return [.line("\(Words.itTook(language)): \(prediction.text(of: verdict, language))")]
    }

    private func goals(_ challenge: Challenge, _ step: LessonStep) -> [Handout.Block] {
        let goals = challenge.goals.map { goal in
            GoalPhrase(condition: goal.that, controls: step.stage.controls, language: language, isUnicode: true).text
        }
        return [.heading(Words.goals(language)), .list(goals)]
    }

    private func controls(_ step: LessonStep) throws(LessonRunError) -> [Handout.Block] {
        guard !step.stage.controls.isEmpty else { return [] }
        let document = try figures.document(step.stage.scenario)
        let rows = step.stage.controls.map { control in
            [
                control.label(language), document.value(at: control.path).map { control.text(of: $0, numbers) } ?? "",
                control.range.values.map { control.text(of: $0, numbers) }.joined(separator: ", "),
            ]
        }
        let header = [HandoutWords.control, HandoutWords.atFirst, HandoutWords.values].map { $0(language) }
        return [.heading(HandoutWords.controls(language)), .table(header: header, rows: rows)]
    }

    // MARK: Pictures and runs

    private func picture(_ step: LessonStep) throws(LessonRunError) -> [Handout.Block] {
        guard !step.stage.panels.isEmpty else { return [] }
        var picture = RunPicture(
            of: try figures.view(step.stage.scenario), panels: step.stage.panels,
            size: HandoutPicture.size(step.stage.panels))
        picture.show(step.stage)
        picture.language = language
        return [.picture(HandoutPicture.make(picture, name: step.stage.scenario))]
    }

    private func runs() throws(LessonRunError) -> Handout.Section {
        let used = lesson.scenarios.filter { scenario in lesson.steps.contains { $0.stage.scenario == scenario.name } }
        var content: [Handout.Block] = [.line(HandoutWords.runsNote(language))]
        for scenario in used {
            content += RunChapter(
                run: try figures.view(scenario.name), title: scenario.name, language: language,
                command: "ensayo run \(lesson.id) --scenario \(scenario.name)"
            ).blocks
        }
        return Handout.Section(id: "runs", title: HandoutWords.runs(language), blocks: content)
    }
}
