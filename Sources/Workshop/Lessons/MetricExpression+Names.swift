extension MetricExpression {
    /// The lesson's values that it uses by name.
    var namedValues: [String] {
        switch self {
        case .named(let name): [name]
        case .constant, .metric, .setting: []
        case .operation(_, let left, let right): left.namedValues + right.namedValues
        case .function(_, let arguments): arguments.flatMap(\.namedValues)
        }
    }

    /// The figures that it takes from runs, those of named values not included.
    var metrics: [Metric] {
        switch self {
        case .metric(let metric, _): [metric]
        case .constant, .named, .setting: []
        case .operation(_, let left, let right): left.metrics + right.metrics
        case .function(_, let arguments): arguments.flatMap(\.metrics)
        }
    }

    /// The scenarios that it takes figures from, those of named values not included.
    var scenarios: [String] {
        switch self {
        case .metric(_, let selector), .setting(_, let selector): [selector.scenario]
        case .constant, .named: []
        case .operation(_, let left, let right): left.scenarios + right.scenarios
        case .function(_, let arguments): arguments.flatMap(\.scenarios)
        }
    }
}

extension Lesson {
    /// Every figure that is computed for something: what its steps, claims and texts say.
    var usedExpressions: [MetricExpression] {
        let claims = self.claims + steps.flatMap(\.claims)
        var expressions = claims.flatMap { [$0.that.left, $0.that.right] }
        for step in steps {
            switch step.kind {
            case .predict(let prediction):
                if let answer = prediction.answer { expressions.append(answer) }
                if case .choices(let choices) = prediction.form {
                    expressions += choices.flatMap { [$0.when.left, $0.when.right] }
                }
            case .challenge(let challenge): expressions += challenge.goals.flatMap { [$0.that.left, $0.that.right] }
            case .read, .watch, .experiment: break
            }
        }
        for language in Language.allCases {
            let text = text(language)
            for part in text.steps {
                let blocks = part.body + part.after + part.notes + part.hints.flatMap(\.self)
                expressions += figures(in: blocks, scope(of: step(part.id)))
            }
            expressions += figures(in: text.summary + text.reading, scope(of: nil))
        }
        return expressions
    }

    private func figures(in blocks: [MarkdownBlock], _ scope: MetricScope) -> [MetricExpression] {
        blocks.flatMap(\.placeholders).compactMap { try? PlaceholderFigure($0.source, in: scope).expression }
    }
}
