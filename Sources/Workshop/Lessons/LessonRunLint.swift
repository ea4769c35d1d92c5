import Model
import Scenario

/// Checks what only running a lesson can show.
struct LessonRunLint {
    let lesson: Lesson
    let sources: LessonSources
    let runs: LessonRuns
    let textClaims: TextClaims

    init(lesson: Lesson, sources: LessonSources, runs: LessonRuns) {
        self.lesson = lesson
        self.sources = sources
        self.runs = runs
        textClaims = TextClaims(lesson, sources)
    }

    func problems() -> [Problem] {
        let broken = lesson.scenarios.compactMap(run)
        // Whatever is computed from a run that does not end would fail too.
        if !broken.isEmpty { return broken }
        return values() + placeholders() + unused() + claims(lesson.claims) + lesson.steps.flatMap(step)
            + textClaims.problems + claims(textClaims.claims)
    }

    private func run(_ scenario: LessonScenario) -> Problem? {
        do throws(LessonRunError) {
            _ = try runs.index(scenario.name, [], seedOffset: 0)
            return nil
        } catch {
            guard case .run(_, let error) = error else { return scenario.mark.problem(error.description) }
            return scenario.mark.problem(error.description, suggestion: "shorten the run or slow its clients")
        }
    }

    private func value(_ expression: MetricExpression) -> Result<MetricValue, LessonRunError> {
        Result { () throws(LessonRunError) in try runs.value(of: expression) }
    }

    // MARK: Figures

    private func values() -> [Problem] {
        lesson.values.compactMap { missing($0.expression, "the value \(SafeText.quoted($0.name))", $0.mark) }
    }

    private func missing(_ expression: MetricExpression, _ what: String, _ mark: SourceMark) -> Problem? {
        switch value(expression) {
        case .success(let value) where value.amount.isFinite: nil
        case .success:
            mark.problem(
                "\(what) has no figure: the run has nothing to measure", suggestion: "does a request end in time?")
        case .failure(let error): mark.problem("\(what): \(error)")
        }
    }

    private func placeholders() -> [Problem] {
        let known = Dictionary(lesson.values.map { ($0.name, $0.expression) }) { first, _ in first }
        return Language.allCases.flatMap { language in
            let text = lesson.text(language)
            let steps = text.steps.flatMap { text in
                let blocks = text.body + text.after + text.notes + text.hints.flatMap(\.self)
                return placeholders(blocks, lesson.scope(of: lesson.step(text.id)), known, language)
            }
            return steps + placeholders(text.summary + text.reading, lesson.scope(of: nil), known, language)
        }
    }

    private func placeholders(
        _ blocks: [MarkdownBlock], _ scope: MetricScope, _ known: [String: MetricExpression], _ language: Language
    ) -> [Problem] {
        blocks.flatMap(\.placeholders).compactMap { placeholder in
            guard let figure = try? PlaceholderFigure(placeholder.source, in: scope) else { return nil }
            // A missing named value is reported where it is defined.
            let isToldThere = figure.expression.namedValues.contains { name in
                known[name].map { (try? value($0).get())?.amount.isFinite != true } ?? false
            }
            if isToldThere { return nil }
            let mark = sources[language].mark(
                line: placeholder.line, column: placeholder.column, length: placeholder.source.count)
            return missing(figure.expression, "{{ \(placeholder.source) }}", mark)
        }
    }

    private func unused() -> [Problem] {
        let used = lesson.usedExpressions + textClaims.claims.flatMap { [$0.that.left, $0.that.right] }
        let inValues = lesson.values.map(\.expression)
        let names = Set((used + inValues).flatMap(\.namedValues))
        let scenarios = Set((used + inValues).flatMap(\.scenarios) + lesson.steps.map(\.stage.scenario) + [lesson.main])
        return lesson.values.filter { !names.contains($0.name) }
            .map { $0.mark.problem("nothing uses the value \(SafeText.quoted($0.name))", suggestion: "remove it") }
            + lesson.scenarios.filter { !scenarios.contains($0.name) }
            .map { $0.mark.problem("no step shows the scenario \(SafeText.quoted($0.name))", suggestion: "remove it") }
    }

    // MARK: Claims

    private func claims(_ claims: [Claim]) -> [Problem] { claims.compactMap(claim) }

    private func claim(_ claim: Claim) -> Problem? {
        for offset in 0..<UInt64(claim.seeds) {
            do throws(LessonRunError) {
                if try runs.holds(claim.that, seedOffset: offset) { continue }
                let left = try runs.value(of: claim.that.left, seedOffset: offset)
                let right = try runs.value(of: claim.that.right, seedOffset: offset)
                let seeds = claim.seeds > 1 ? ", seed + \(offset)" : ""
                return claim.mark.problem(
                    "this does not hold: \(Self.text(left)) on the left, \(Self.text(right)) on the right\(seeds)",
                    suggestion: "mend the claim and the text that says so, or the scenario")
            } catch {
                return claim.mark.problem(error.description)
            }
        }
        return nil
    }

    private static func text(_ value: MetricValue) -> String {
        value.text(.english).replacing("\u{a0}", with: " ")
    }

    // MARK: Steps

    private func step(_ step: LessonStep) -> [Problem] {
        var problems = claims(step.claims)
        if let request = step.stage.request, let index = try? runs.index(step.stage.scenario, [], seedOffset: 0),
            request > index.requestCount
        {
            problems.append(step.mark.problem("request \(request) is not in the run, which has \(index.requestCount)"))
        }
        switch step.kind {
        case .predict(let prediction): problems += self.prediction(prediction, step)
        case .challenge(let challenge): problems += self.challenge(challenge, step)
        case .read, .watch, .experiment: break
        }
        return problems
    }

    private func prediction(_ prediction: Prediction, _ step: LessonStep) -> [Problem] {
        if let answer = prediction.answer, let problem = missing(answer, "the answer", step.mark) { return [problem] }
        guard case .choices(let choices) = prediction.form else { return [] }
        var right: [Prediction.Choice] = []
        for choice in choices {
            do throws(LessonRunError) {
                if try runs.holds(choice.when) { right.append(choice) }
            } catch {
                return [choice.mark.problem(error.description)]
            }
        }
        if right.count == 1 { return [] }
        let answer =
            prediction.answer.flatMap { try? runs.value(of: $0) }.map { "; the run says \(Self.text($0))" } ?? ""
        if right.isEmpty { return [step.mark.problem("none of the choices is right\(answer)")] }
        let ids = right.map(\.id).joined(separator: ", ")
        return [right[1].mark.problem("more than one choice is right: \(ids)\(answer)")]
    }

    private func challenge(_ challenge: Challenge, _ step: LessonStep) -> [Problem] {
        do throws(LessonRunError) {
            let start = try runs.grade([], in: challenge, of: step)
            if start.isPassed {
                return [
                    step.mark.problem(
                        "the challenge is passed before anything is changed", suggestion: "make a goal harder")
                ]
            }
            let solved = try runs.grade(challenge.solution, in: challenge, of: step)
            if let trivial = solved.trivial {
                return [step.mark.problem("the solution would be refused: \(trivial.phrase(.english))")]
            }
            return solved.goals.filter { !$0.isMet }.map { result in
                let values = result.values.map(Self.text).joined(separator: ", ")
                return result.goal.mark.problem(
                    "the solution does not reach this goal: \(values)", suggestion: "one figure for each seed")
            }
        } catch {
            return [step.mark.problem(error.description)]
        }
    }
}
