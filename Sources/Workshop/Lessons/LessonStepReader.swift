import Scenario
import Trace

/// Reads the steps of a lesson.
struct LessonStepReader {
    private static let kinds = ["read", "watch", "predict", "experiment", "challenge"]
    /// What can only be read once the step's kind and scenario are known.
    private static let laterKeys = [
        "scenario", "panels", "start", "stop", "speed", "window", "request", "marks", "controls", "claims", "answer",
        "choices", "tolerance", "seeds", "goals", "solution", "allows",
    ]

    let reader: YAMLReader
    let scope: MetricScope

    private var metrics: MetricReader { MetricReader(reader: reader) }

    func steps(_ node: YAMLNode?) -> [LessonStep] {
        guard let node, let items = reader.sequence(node, "the steps") else { return [] }
        if items.isEmpty { reader.report("the lesson has no steps", at: node.mark) }
        var seen: Set<String> = []
        return items.enumerated().compactMap { place, item in
            let end = items.dropFirst(place + 1).first?.mark.line
            if reportLostDash(in: item, before: end) { return nil }
            guard let step = reader.mapping(item, "a step", read: step) else { return nil }
            if !seen.insert(step.id).inserted {
                reader.report("second step with the id \(SafeText.quoted(step.id))", at: step.mark)
            } else if [LessonTextReader.summary, LessonTextReader.reading].contains(step.id) {
                reader.report("\(SafeText.quoted(step.id)) is a section of its own", at: step.mark)
            }
            return step
        }
    }

    /// A step whose dash was forgotten has become a part of the one above it: nothing that this leads to is told.
    private func reportLostDash(in item: YAMLNode, before end: Int?) -> Bool {
        let heads = (item.entries ?? []).filter { Self.kinds.contains($0.key) }
        guard let lost = heads.dropFirst().first(where: { $0.keyMark.line > heads[0].keyMark.line }) else {
            return false
        }
        reader.takeBack(from: lost.keyMark.line, before: end)
        reader.report(
            "a step begins with -", at: lost.keyMark, suggestion: "write - \(lost.key): \(lost.value.text ?? "...")")
        return true
    }

    /// `watch: one-by-one`: the kind, and the step's id.
    private func step(_ map: YAMLMapping) -> LessonStep? {
        let head = map.one(of: Self.kinds)
        let id = head.flatMap { reader.name($0.value, "the step's id") }
        let title = map.required("title").flatMap { reader.localizedText($0, "the title") }
        let minutes = map.optional("minutes").flatMap { reader.count($0, in: 1...60) } ?? 1
        guard let head, let scene = scene(map, kind: head.key) else {
            for key in Self.laterKeys { _ = map.optional(key) }
            return nil
        }
        var scope = scope
        scope.scenario = scene.scenario.name
        let claims = map.optional("claims").map { metrics.claims($0, scope) } ?? []
        let kind: LessonStep.Kind?
        switch head.key {
        case "read": kind = .read
        case "watch": kind = .watch
        case "experiment": kind = .experiment
        case "predict": kind = prediction(map, scope).map { .predict($0) }
        default: kind = challenge(map, scene, scope).map { .challenge($0) }
        }
        guard let id, let title, let kind else { return nil }
        return LessonStep(
            id: id, title: title, kind: kind, stage: scene.stage, minutes: minutes, claims: claims,
            mark: head.value.mark)
    }

    // MARK: Stage

    private typealias Scene = (scenario: LessonScenario, stage: Stage)

    private func scene(_ map: YAMLMapping, kind: String) -> Scene? {
        let node = map.optional("scenario")
        let name = node.flatMap { reader.name($0, "the name of a scenario") } ?? scope.scenario
        guard let scenario = scope.scenarios.first(where: { $0.name == name }) else {
            // A scenario that could not be read has its own problems.
            if let node, !scope.scenarios.isEmpty {
                reader.report(
                    "unknown scenario \(SafeText.quoted(name))", at: node.mark,
                    suggestion: Suggestion.sentence(for: name, in: scope.scenarios.map(\.name)))
            }
            return nil
        }
        let end = scenario.document.scenario.duration
        var stage = Stage(scenario: name, panels: panels(map.required("panels"), kind: kind))
        stage.start = map.optional("start").flatMap { moment($0, end) } ?? .zero
        stage.stop = map.optional("stop").flatMap { moment($0, end) }
        stage.speed = map.optional("speed").flatMap { reader.factor($0, in: 0.1...1000) } ?? 1
        stage.window = map.optional("window").flatMap { window($0, end) }
        stage.request = map.optional("request").flatMap { reader.count($0, in: 1...1_000_000) }
        stage.marks = map.optional("marks").map { marks($0, end) } ?? []
        stage.controls = controls(map.optional("controls"), scenario, kind: kind, of: map)
        if let stop = stage.stop, stop <= stage.start {
            reader.report("the step stops before it starts", at: (map.node["stop"] ?? map.node).mark)
        }
        return (scenario, stage)
    }

    private func panels(_ node: YAMLNode?, kind: String) -> [PanelKind] {
        guard let node, let items = reader.sequence(node, "the panels") else { return [] }
        if items.isEmpty, kind != "read" { reader.report("only a read step can do without panels", at: node.mark) }
        var panels: [PanelKind] = []
        for item in items {
            guard let panel = reader.word(item, "a panel", of: PanelKind.self) else { continue }
            if panels.contains(panel) {
                reader.report("\(SafeText.quoted(panel.rawValue)) is already shown", at: item.mark)
            } else {
                panels.append(panel)
            }
        }
        return panels
    }

    private func moment(_ node: YAMLNode, _ end: Duration) -> VirtualTime? {
        guard let time = reader.duration(node) else { return nil }
        guard time <= end else {
            reader.report("\(time.written) is after the end of the run, \(end.written)", at: node.mark)
            return nil
        }
        return VirtualTime.zero.advanced(by: time)
    }

    private func window(_ node: YAMLNode, _ end: Duration) -> Duration? {
        guard let time = moment(node, end) else { return nil }
        if time == .zero { reader.report("nothing can be measured in no time", at: node.mark, suggestion: "write 1s") }
        return VirtualTime.zero.duration(to: time)
    }

    private func marks(_ node: YAMLNode, _ end: Duration) -> [Mark] {
        (reader.sequence(node, "the marks") ?? []).compactMap { item in
            reader.mapping(item, "a mark") { map in
                let at = map.required("at").flatMap { moment($0, end) }
                let label = map.required("label").flatMap { reader.localizedText($0, "the label") }
                guard let at, let label else { return nil }
                return Mark(at: VirtualTime.zero.duration(to: at), label: label)
            }
        }
    }

    /// All of the scenario's controls for an experiment and a challenge, none for other steps, unless some are listed.
    private func controls(
        _ node: YAMLNode?, _ scenario: LessonScenario, kind: String, of map: YAMLMapping
    ) -> [Control] {
        let all = scenario.document.scenario.controls
        let needsControls = kind == "experiment" || kind == "challenge"
        guard let node, let items = reader.sequence(node, "the controls") else {
            if needsControls, all.isEmpty, node == nil {
                reader.report(
                    "scenario \(SafeText.quoted(scenario.name)) has no controls for this step",
                    at: (map.node[kind] ?? map.node).mark, suggestion: "give the scenario controls")
            }
            return needsControls ? all : []
        }
        return items.compactMap { item in
            guard let path = reader.text(item, "the path of a control") else { return nil }
            if let control = all.first(where: { $0.path == path }) { return control }
            reader.report(
                "scenario \(SafeText.quoted(scenario.name)) has no control for \(SafeText.quoted(path))", at: item.mark,
                suggestion: Suggestion.sentence(for: path, in: all.map(\.path)))
            return nil
        }
    }

    // MARK: Predictions

    private func prediction(_ map: YAMLMapping, _ scope: MetricScope) -> Prediction? {
        let answer = map.optional("answer").flatMap { node in
            metrics.expression(node, scope).map { (expression: $0.expression, unit: $0.unit, mark: node.mark) }
        }
        let seeds = map.optional("seeds").flatMap { reader.count($0, in: 1...100) } ?? 5
        guard let form = map.one(of: ["choices", "tolerance"]) else { return nil }
        if form.key == "tolerance" {
            let tolerance = reader.share(form.value)
            guard let answer else {
                _ = map.required("answer")
                return nil
            }
            return tolerance.map { Prediction(answer: answer.expression, form: .number(tolerance: $0), seeds: seeds) }
        }
        guard let items = reader.sequence(form.value, "the choices") else { return nil }
        if !(2...9).contains(items.count) {
            reader.report("a prediction has 2 to 9 choices, this one has \(items.count)", at: form.value.mark)
        }
        if answer == nil {
            let isFigure = items.contains { $0.entries == nil }
            if isFigure { _ = map.required("answer", "to compare the choices with") }
            // What was written and cannot be read has been told.
            if isFigure || map.node["answer"] != nil { return nil }
        }
        let choices = items.compactMap { choice($0, answer.map { ($0.expression, $0.unit) }, scope) }
        for (index, choice) in choices.enumerated() where choices[..<index].contains(where: { $0.id == choice.id }) {
            reader.report("second choice with the id \(SafeText.quoted(choice.id))", at: choice.mark)
        }
        return Prediction(answer: answer?.expression, form: .choices(choices), seeds: seeds)
    }

    /// A figure, right when it is the answer; or `{ id, say, when }`, right when its condition holds.
    private func choice(
        _ node: YAMLNode, _ answer: MetricParser.Typed?, _ scope: MetricScope
    ) -> Prediction.Choice? {
        guard node.entries == nil else {
            return reader.mapping(node, "a choice") { map in
                let id = map.required("id").flatMap { reader.name($0, "the choice's id") }
                let say = map.required("say").flatMap { reader.localizedText($0, "the choice") }
                let when = map.required("when").flatMap { metrics.condition($0, scope) }
                guard let id, let say, let when else { return nil }
                return Prediction.Choice(id: id, label: .text(say), when: when, mark: node.mark)
            }
        }
        guard let text = reader.text(node, "a figure, or { id: ..., say: ..., when: ... }") else { return nil }
        guard let answer else { return nil }
        guard let value = MetricValue(text), value.unit == answer.unit else {
            reader.report(
                "expected \(answer.unit.phrase), found \(SafeText.quoted(text))", at: node.mark,
                suggestion: "write \(answer.unit.example)")
            return nil
        }
        let when = MetricCondition(
            left: answer.expression, comparison: .equal, right: .constant(value), tolerance: Prediction.choiceTolerance,
            source: text)
        return Prediction.Choice(id: text, label: .value(value), when: when, mark: node.mark)
    }

    // MARK: Challenges

    private func challenge(_ map: YAMLMapping, _ scene: Scene, _ scope: MetricScope) -> Challenge? {
        let goals = map.required("goals").flatMap { reader.sequence($0, "the goals") }?.compactMap { node in
            metrics.condition(node, scope).map { Challenge.Goal(that: $0, mark: node.mark) }
        }
        let seeds = map.optional("seeds").flatMap { reader.count($0, in: 1...100) } ?? 5
        let solution = map.required("solution").map {
            metrics.settings($0, scope.tryingChanges ? scene.scenario.document : nil)
        }
        let allowed = map.optional("allows").flatMap { reader.sequence($0, "what the challenge allows") } ?? []
        let allowances = Set(
            allowed.compactMap { reader.word($0, "what a challenge may allow", of: TrivialPass.Allowance.self) })
        for entry in map.node["solution"]?.entries ?? [] { checkSettable(entry, scene.stage.controls) }
        guard let goals, let solution else { return nil }
        if goals.isEmpty, let node = map.node["goals"], node.items?.isEmpty == true {
            reader.report("the challenge has no goals", at: node.mark)
        }
        return Challenge(goals: goals, seeds: seeds, solution: solution, allowances: allowances)
    }

    /// A solution is something that the student can do.
    private func checkSettable(_ entry: YAMLEntry, _ controls: [Control]) {
        guard let control = controls.first(where: { $0.path == entry.key }) else {
            return reader.report(
                "the student has no control for \(SafeText.quoted(entry.key))", at: entry.keyMark,
                suggestion: Suggestion.sentence(for: entry.key, in: controls.map(\.path)))
        }
        let value = entry.value.written
        if control.range.offers(value) { return }
        let near = control.range.values(near: value).joined(separator: " or ")
        reader.report(
            "the student cannot set \(SafeText.quoted(entry.key)) to \(SafeText.quoted(value))", at: entry.value.mark,
            suggestion: near.isEmpty ? nil : "write \(near)")
    }
}
