import Analysis
import Scenario

// Figures of a run, and values of a scenario: which names there are.
extension MetricParser {
    mutating func figure(_ name: String, at start: Int) throws(MetricSyntaxError) -> Typed {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let kind = Metric.Kind(rawValue: parts[0]) else {
            throw error(
                "unknown figure \(SafeText.quoted(name))", at: start,
                suggestion: Suggestion.nearest(to: parts[0], in: Metric.Kind.allCases.map(\.rawValue))
                    .map { "did you mean \"\($0)\"?" } ?? Self.figureHint)
        }
        if kind == .policy { return try layerFigure(parts, at: start) }
        if kind == .request { return try requestFigure(parts, at: start) }
        let subject = parts[1]
        let written = parts.dropFirst(2).joined(separator: ".")
        guard let measure = kind.measures[written] else {
            throw error(
                "unknown measure \(SafeText.quoted(written)) of a \(kind.rawValue)",
                at: start + parts[0].unicodeScalars.count + parts[1].unicodeScalars.count + 2,
                suggestion: Suggestion.sentence(for: written, in: kind.measures.keys.sorted()))
        }
        let selector = try selector()
        try check(subject, kind, selector, at: start + parts[0].unicodeScalars.count + 1)
        let metric = Metric(kind: kind, name: subject, measure: measure)
        return (.metric(metric, selector), metric.unit)
    }

    private func check(
        _ subject: String, _ kind: Metric.Kind, _ selector: RunSelector, at start: Int
    ) throws(MetricSyntaxError) {
        let known = scope.document(selector.scenario).map { kind.names(in: $0.scenario) } ?? []
        guard scope.isOpen || known.contains(subject) else {
            let pool = scope.document(selector.scenario)?.scenario.backends.first { $0.name == subject }?.pool
            throw error(
                "scenario \(SafeText.quoted(selector.scenario)) has no \(kind.rawValue) \(SafeText.quoted(subject))",
                at: start,
                suggestion: pool.map { Self.hint(subject, $0) } ?? Suggestion.sentence(for: subject, in: known))
        }
    }

    /// What a pool does is said of its balancer and of its servers.
    private static func hint(_ name: String, _ pool: Pool) -> String {
        let server = pool.servers.first?.backend.name ?? "SERVER"
        return "\(name) is a pool: ask balancer.\(name), or a server of it: backend.\(server), server.\(server)"
    }

    /// `policy.NAME.LAYER.COUNT`: what can be asked depends on the layers of the scenario's policy.
    private mutating func layerFigure(_ parts: [String], at start: Int) throws(MetricSyntaxError) -> Typed {
        var places = [start]
        for part in parts { places.append((places.last ?? start) + part.unicodeScalars.count + 1) }
        let selector = try selector()
        if scope.isOpen { return unknown(parts.joined(separator: ".")) }
        try check(parts[1], .policy, selector, at: places[1])
        let policy = scope.document(selector.scenario)?.scenario.policies.first { $0.name == parts[1] }
        let layers = policy?.layers ?? []
        let written = parts.count > 2 ? parts[2] : ""
        guard let layer = layers.first(where: { $0.name == written }) else {
            throw error(
                "policy \(SafeText.quoted(parts[1])) has no layer \(SafeText.quoted(written))",
                at: min(places[2], index), suggestion: Suggestion.sentence(for: written, in: layers.map(\.name)))
        }
        let asked = parts.dropFirst(3).joined(separator: ".")
        guard let count = layer.counts.first(where: { $0.name == asked }) else {
            throw error(
                "unknown measure \(SafeText.quoted(asked)) of the layer \(layer.name)", at: min(places[3], index),
                suggestion: Suggestion.sentence(for: asked, in: layer.counts.map(\.name)))
        }
        let metric = Metric(kind: .policy, name: parts[1], measure: .layer(layer.name, count))
        return (.metric(metric, selector), metric.unit)
    }

    mutating func setting(_ path: String, at start: Int) throws(MetricSyntaxError) -> Typed {
        let selector = try selector()
        if scope.isOpen { return unknown(path) }
        let document = scope.document(selector.scenario)
        guard let written = document?.value(at: path) else {
            throw error(
                "scenario \(SafeText.quoted(selector.scenario)) has no value \(SafeText.quoted(path))", at: start,
                suggestion: document.flatMap { Self.suggestion(for: path, in: $0) })
        }
        guard let value = MetricValue(written) else {
            throw error("\(path) is \(SafeText.quoted(written)), not a number", at: start)
        }
        return (.setting(path: path, selector), value.unit)
    }

    /// Whoever sets a value under a misspelt path is told which one was meant.
    private static func suggestion(for path: String, in document: ScenarioDocument) -> String? {
        do throws(ScenarioError) {
            _ = try document.setting(path, to: "1")
            return nil
        } catch {
            return error.problems.first?.suggestion
        }
    }
}
