import Scenario
import TerminalKit

extension App {
    /// Takes a lesson as its author has just saved it; what cannot be read leaves the old one on the screen, and is
    /// said there until it is mended.
    mutating func reload(_ result: Result<Lesson, ScenarioError>) {
        switch result {
        case .failure(let error):
            overlay = .wrongFiles(error.problems, first: 0)
            let folder = lesson?.lesson.folder ?? findings?.folder ?? ""
            findings = LessonFindings(folder: folder, problems: error.problems, isBroken: true)
        case .success(let edited):
            if findings?.isBroken != false {
                findings = nil
                if case .wrongFiles = overlay { overlay = nil }
            }
            if let index = lessons.firstIndex(where: { $0.id == edited.id }) {
                let pack = lessons[index].pack
                lessons[index] = edited.cover
                lessons[index].pack = pack
            }
            changeLesson { if $0.lesson.id == edited.id { $0.replace(with: edited) } }
        }
    }
}

extension LessonState {
    /// Goes on with an edited lesson: at the step that was edited, or where the student is.
    ///
    /// The run, its changes and the cursor stay where the edit does not touch the stage: an author who mends a sentence
    /// does not lose the place.
    mutating func replace(with edited: Lesson) {
        let old = lesson
        lesson = edited
        figures = LessonRuns(edited)
        verdict = nil
        let changed = edited.stepsEdited(since: old)
        guard case .step(let index) = page, old.steps.indices.contains(index) else {
            return open(changed.first.map(Page.step) ?? page)
        }
        let here = edited.steps.firstIndex { $0.id == old.steps[index].id } ?? min(index, edited.steps.count - 1)
        let target = changed.contains(here) ? here : changed.first ?? here
        guard edited.steps.indices.contains(target) else { return open(.card) }
        let (step, before) = (edited.steps[target], old.steps[index])
        if step.id == before.id, step.stage == before.stage, step.kindName == before.kindName,
            edited.scenario(step.stage.scenario)?.document.scenario
                == old.scenario(before.stage.scenario)?.document.scenario
        {
            page = .step(target)
        } else {
            open(.step(target))
        }
    }
}

extension Lesson {
    /// The places of the steps that say or show something else than they did.
    func stepsEdited(since old: Lesson) -> [Int] {
        steps.indices.filter { index in
            let step = steps[index]
            guard let before = old.step(step.id) else { return true }
            return step.outline != before.outline
                || scenario(step.stage.scenario)?.document.scenario
                    != old.scenario(before.stage.scenario)?.document.scenario
                || Language.allCases.contains { words(of: step, $0) != old.words(of: before, $0) }
        }
    }

    /// What a step says, as the student reads it: wherever it stands in its file.
    private func words(of step: LessonStep, _ language: Language) -> [[StyledText]] {
        let text = text(of: step, language)
        let renderer = MarkdownRenderer(width: 80, glyphs: .unicode) { $0.source }
        return ([text.body, text.after, text.notes] + text.hints).map { renderer.lines($0) }
    }
}

extension LessonStep {
    /// Everything that a lesson's author writes about a step in `lesson.yaml`, as far as the student sees it.
    fileprivate struct Outline: Hashable {
        var title: LocalizedText
        var stage: Stage
        var kind: String
        var parts: [String]
    }

    fileprivate var outline: Outline {
        Outline(title: title, stage: stage, kind: kindName, parts: parts)
    }

    private var parts: [String] {
        switch kind {
        case .read, .watch, .experiment: return []
        case .challenge(let challenge):
            return challenge.goals.map(\.that.source) + challenge.solution.map { "\($0.path)=\($0.value)" }
        case .predict(let prediction):
            switch prediction.form {
            case .choices(let choices): return choices.flatMap { [$0.id, "\($0.label)", $0.when.source] }
            case .number(let tolerance): return ["\(tolerance)"]
            }
        }
    }
}
