import Scenario

/// Reads a lesson's recorded sessions, and checks that they speak of steps and figures that the lesson has. Whether
/// what they expect comes true, only `ensayo replay` says.
struct ReplayLint {
    private static let folder = "replays/"

    let lesson: Lesson
    let source: LessonSource

    func problems() -> [Problem] { source.replays.flatMap(check) }

    private func check(_ name: String) -> [Problem] {
        let path = Self.folder + name
        let file = source.path(path)
        let files = source.keyFiles
        do throws(ScenarioError) {
            let bytes: [UInt8]
            switch files.contents(of: path) {
            case .success(let read): bytes = read
            case .failure(let failure):
                throw ScenarioError(problems: [Problem(file: file, message: SessionInclusion.Refusal(failure).reason)])
            }
            let beside = KeyFiles { files.contents(of: Self.folder + $0) }
            let script = try SessionScript(bytes: bytes, file: file, files: beside)
            return check(script, SourceText(file: file, text: String(decoding: bytes, as: UTF8.self)))
        } catch {
            return error.problems
        }
    }

    /// A session that comes to other lessons too speaks of theirs.
    private func check(_ script: SessionScript, _ text: SourceText) -> [Problem] {
        let isElsewhere = script.lines.contains { line in
            if case .expect(.lesson(let id)) = line.action { id != lesson.id } else { false }
        }
        guard [.lesson, .present].contains(script.opening), script.lesson == lesson.id, !isElsewhere else { return [] }
        var problems: [Problem] = []
        if let step = script.step, !isStep(step) { problems += script.unknownStep(step, in: lesson).problems }
        for line in script.lines where line.file == nil {
            guard case .expect(let expectation) = line.action else { continue }
            switch expectation {
            case .step(let step) where !isStep(step):
                problems.append(
                    mark(step, line, text).problem(
                        "\(lesson.id) has no step \(SafeText.quoted(step))",
                        suggestion: Suggestion.sentence(for: step, in: lesson.steps.map(\.id))))
            case .metric(let condition), .metricSoFar(let condition):
                if let error = error(in: condition) {
                    var mark = mark(condition, line, text)
                    (mark.column, mark.length) = (mark.column + error.offset, 1)
                    problems.append(mark.problem(error.message, suggestion: error.suggestion))
                }
            default: break
            }
        }
        return problems
    }

    private func isStep(_ id: String) -> Bool { lesson.step(id) != nil || ["card", "summary", "menu"].contains(id) }

    /// What is wrong with a condition in every scenario: which one is on the screen, only the session shows.
    private func error(in condition: String) -> MetricSyntaxError? {
        var first: MetricSyntaxError?
        for scenario in [lesson.main] + lesson.scenarios.map(\.name) {
            let scope = MetricScope(scenarios: lesson.scenarios, scenario: scenario, values: lesson.values)
            do throws(MetricSyntaxError) {
                _ = try MetricParser.condition(condition, in: scope)
                return nil
            } catch {
                if first == nil { first = error }
            }
        }
        return first
    }

    private func mark(_ words: String, _ line: SessionScript.Line, _ text: SourceText) -> SourceMark {
        let written = text.lines[min(max(line.number, 1), text.lines.count) - 1]
        let before = written.ranges(of: words).last.map { written[..<$0.lowerBound].unicodeScalars.count } ?? 0
        return text.mark(line: line.number, column: before + 1, length: words.unicodeScalars.count)
    }
}
