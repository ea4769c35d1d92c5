import Scenario

/// Where the parts of steps stand in `lesson.yaml`.
struct StepNodes {
    private let nodes: [String: YAMLNode]
    /// The whole file, where it can be read.
    let root: YAMLNode?

    init(_ source: LessonSource) {
        root = source.yaml.flatMap { YAMLReader().parse(bytes: $0, file: source.path(LessonSource.yamlName)) }
        let steps = root?["steps"]?.items ?? []
        // The first key of a step is its kind, and that key's value its id.
        nodes = Dictionary(steps.map { ($0.entries?.first?.value.text ?? "", $0) }) { first, _ in first }
    }

    /// The place of a part of a step: `at(step, "marks", 1, "at")`. Of what is not written there, the place of the
    /// nearest thing round it.
    func mark(_ step: LessonStep, _ key: String, _ item: Int? = nil, _ inner: String? = nil) -> SourceMark {
        node(step, key, item, inner)?.mark ?? step.mark
    }

    /// The part itself, or the nearest thing round it; `nil`: the step does not write it.
    func node(_ step: LessonStep, _ key: String, _ item: Int? = nil, _ inner: String? = nil) -> YAMLNode? {
        guard var node = nodes[step.id]?[key] else { return nil }
        if let item, let items = node.items, items.indices.contains(item) { node = items[item] }
        if let inner, let value = node[inner] { node = value }
        return node
    }

    /// A control as its scenario has it.
    func control(_ step: LessonStep, _ path: String) -> YAMLNode? {
        let controls = root?["scenarios"]?[step.stage.scenario]?["controls"] ?? root?["system"]?["controls"]
        return controls?.items?.first { $0["set"]?.text == path }
    }

    /// The place of a control: in the step's list of them, or where the scenario has it.
    func mark(_ step: LessonStep, control path: String, at place: Int) -> SourceMark {
        if let items = nodes[step.id]?["controls"]?.items, items.indices.contains(place) { return items[place].mark }
        return control(step, path)?["set"]?.mark ?? step.mark
    }
}
