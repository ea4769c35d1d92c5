import Scenario

/// Reads metric expressions where they stand in YAML, and reports what is wrong at the very letter.
struct MetricReader {
    let reader: YAMLReader

    func expression(_ node: YAMLNode, _ scope: MetricScope) -> MetricParser.Typed? {
        parse(node, "a figure") { text throws(MetricSyntaxError) in try MetricParser.expression(text, in: scope) }
    }

    func condition(_ node: YAMLNode, _ scope: MetricScope) -> MetricCondition? {
        parse(node, "a condition, such as flow.page.latency.p99 <= 400ms") { text throws(MetricSyntaxError) in
            try MetricParser.condition(text, in: scope)
        }
    }

    private func parse<Result>(
        _ node: YAMLNode, _ what: String, _ read: (String) throws(MetricSyntaxError) -> Result
    ) -> Result? {
        guard let text = reader.text(node, what) else { return nil }
        do {
            return try read(text)
        } catch {
            reader.report(error.message, at: node.mark(at: error.offset), suggestion: error.suggestion)
            return nil
        }
    }

    /// Each value may use those above it.
    func values(_ node: YAMLNode, _ scope: MetricScope) -> [NamedValue] {
        var scope = scope
        reader.eachEntry(node, "the values") { entry in
            if MetricFormat(rawValue: entry.key) != nil {
                reader.report("\(SafeText.quoted(entry.key)) is a format, not a name", at: entry.keyMark)
            }
            guard let (expression, unit) = expression(entry.value, scope) else { return }
            scope.values.append(
                NamedValue(name: entry.key, expression: expression, unit: unit, mark: entry.value.mark))
        }
        return scope.values
    }

    /// Conditions, or `{ that: CONDITION, seeds: 3 }`.
    func claims(_ node: YAMLNode, _ scope: MetricScope) -> [Claim] {
        (reader.sequence(node, "the claims") ?? []).compactMap { item in
            guard item.entries != nil else {
                return condition(item, scope).map { Claim(that: $0, mark: item.mark) }
            }
            return reader.mapping(item, "a claim") { map in
                let seeds = map.optional("seeds").flatMap { reader.count($0, in: 1...100) } ?? 1
                guard let node = map.required("that"), let that = condition(node, scope) else { return nil }
                return Claim(that: that, seeds: seeds, mark: node.mark)
            }
        }
    }

    /// `{ path: value, ... }`, each tried out on a scenario, if one is given.
    func settings(_ node: YAMLNode, _ document: ScenarioDocument?) -> [Setting] {
        var settings: [Setting] = []
        var document = document
        reader.eachEntry(node, "the settings") { entry in
            let value = entry.value.written
            do throws(ScenarioError) {
                document = try document?.setting(entry.key, to: value)
                settings.append(Setting(path: entry.key, value: value))
            } catch {
                let problem = error.problems.first
                reader.report(
                    problem?.message ?? "cannot be set", at: entry.keyMark, suggestion: problem?.suggestion)
            }
        }
        return settings
    }
}

extension YAMLReader {
    /// Every entry of a mapping whose keys the author chooses.
    func eachEntry(_ node: YAMLNode, _ what: String, _ read: (YAMLEntry) -> Void) {
        _ = mapping(node, what) { map -> Void? in
            for entry in map.entries {
                _ = map.optional(entry.key)
                read(entry)
            }
            return ()
        }
    }
}

extension YAMLNode {
    /// The place of a scalar's letter. Where a scalar takes several lines, its beginning.
    func mark(at offset: Int) -> SourceMark {
        guard case .scalar(let text, let plain) = content, !text.contains("\n") else { return mark }
        var place = mark
        place.column += offset + (plain ? 0 : 1)
        place.length = 1
        return place
    }
}
