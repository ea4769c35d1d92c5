import Scenario

/// Checks that each `{{ ... }}` of a text means something.
struct PlaceholderChecker {
    let lesson: Lesson
    let source: SourceText
    let reader: YAMLReader
    let tryingChanges: Bool

    func check(_ text: LessonText) {
        for step in text.steps {
            let scope = scope(of: lesson.step(step.id))
            for blocks in [step.body, step.after, step.notes] + step.hints { check(blocks, scope) }
        }
        let scope = scope(of: nil)
        check(text.summary, scope)
        check(text.reading, scope)
        checkBraces()
    }

    private func scope(of step: LessonStep?) -> MetricScope {
        var scope = lesson.scope(of: step)
        scope.tryingChanges = tryingChanges
        return scope
    }

    private func check(_ blocks: [MarkdownBlock], _ scope: MetricScope) {
        for placeholder in blocks.flatMap(\.placeholders) {
            do {
                _ = try PlaceholderFigure(placeholder.source, in: scope)
            } catch {
                let mark = source.mark(line: placeholder.line, column: placeholder.column + error.offset)
                reader.report(error.message, at: mark, suggestion: error.suggestion)
            }
        }
    }

    /// Braces that Markdown left as text: the other half is missing.
    private func checkBraces() {
        let braces = [UInt8(ascii: "{"), UInt8(ascii: "}")]
        for (index, line) in source.lines.enumerated() where line.utf8.contains(where: braces.contains) {
            var rest = line[...]
            while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
                rest = rest[close.upperBound...]
            }
            guard let stray = rest.firstRange(of: "{{") ?? rest.firstRange(of: "}}") else { continue }
            let column = line.unicodeScalars.distance(from: line.startIndex, to: stray.lowerBound) + 1
            reader.report(
                "braces without their other half", at: source.mark(line: index + 1, column: column, length: 2),
                suggestion: "a figure is written {{ name }} on one line")
        }
    }
}

extension Lesson {
    /// What names mean in a step's text; `nil`: in a text of the whole lesson.
    func scope(of step: LessonStep?) -> MetricScope {
        MetricScope(scenarios: scenarios, scenario: step?.stage.scenario ?? main, values: values)
    }
}
