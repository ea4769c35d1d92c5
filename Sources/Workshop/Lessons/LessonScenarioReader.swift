import Scenario

/// Reads the scenarios of a lesson.
///
/// What they share stands once, under `system`. A scenario takes from there every key that it does not write itself,
/// and keeps only the flows, backends and caches that its clients can reach: what a student sees is what is in use.
struct LessonScenarioReader {
    let reader: YAMLReader

    func scenarios(_ node: YAMLNode?, system: YAMLNode?) -> [LessonScenario] {
        guard let node else { return [] }
        if let system, system.entries == nil {
            reader.report("expected a mapping for the system", at: system.mark)
        }
        if node.entries?.isEmpty == true { reader.report("the lesson has no scenarios", at: node.mark) }
        var scenarios: [LessonScenario] = []
        // A mistake in the system shows up in every scenario; once is enough.
        var reported: Set<Problem> = []
        reader.eachEntry(node, "the scenarios") { entry in
            do throws(ScenarioError) {
                let document = try document(entry, system: system)
                scenarios.append(LessonScenario(name: entry.key, document: document, mark: entry.keyMark))
            } catch {
                for problem in error.problems where reported.insert(problem).inserted { reader.report(problem) }
            }
        }
        return scenarios
    }

    private func document(_ entry: YAMLEntry, system: YAMLNode?) throws(ScenarioError) -> ScenarioDocument {
        guard let own = entry.value.entries else {
            throw ScenarioError(problems: [entry.value.mark.problem("expected a mapping for a scenario")])
        }
        let shared = (system?.entries ?? []).filter { entry in !own.contains { $0.key == entry.key } }
        let settings = own.first { $0.key == "set" }
        let node = YAMLNode(.mapping(shared + own.filter { $0.key != "set" }), mark: entry.keyMark)
        let whole = try ScenarioDocument(node: node, name: entry.key)
        let shortened = shorten(node, to: Reach(of: whole.scenario))
        var document = try ScenarioDocument(node: shortened, name: entry.key)
        for setting in settings?.value.entries ?? [] {
            do throws(ScenarioError) {
                document = try document.setting(setting.key, to: setting.value.written)
            } catch {
                throw ScenarioError(
                    problems: error.problems.map { setting.keyMark.problem($0.message, suggestion: $0.suggestion) })
            }
        }
        return document
    }

    private func shorten(_ node: YAMLNode, to reach: Reach) -> YAMLNode {
        let kept = ["flows": reach.flows, "backends": reach.backends, "caches": reach.caches]
        let entries = (node.entries ?? []).map { entry in
            guard let names = kept[entry.key], let parts = entry.value.entries else { return entry }
            let mapping = YAMLNode(.mapping(parts.filter { names.contains($0.key) }), mark: entry.value.mark)
            return YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: mapping)
        }
        return YAMLNode(.mapping(entries), mark: node.mark)
    }
}

/// What the clients of a scenario can reach: their flows, and what these call.
private struct Reach {
    private(set) var flows: Set<String> = []
    private(set) var backends: Set<String> = []
    private(set) var caches: Set<String> = []

    init(of scenario: Scenario) {
        flows = Set(scenario.clients.map(\.flow))
        for control in scenario.controls where control.path.hasPrefix("clients.") && control.path.hasSuffix(".flow") {
            flows.formUnion(control.range.values)
        }
        for flow in scenario.flows where flows.contains(flow.name) { flow.steps.forEach { add($0) } }
    }

    private mutating func add(_ step: Step) {
        switch step {
        case .call(let call): backends.insert(call.backend)
        case .sequence(let steps), .parallel(let steps), .repeat(_, let steps): steps.forEach { add($0) }
        case .forEach(let loop): loop.steps.forEach { add($0) }
        case .cache(let cache):
            caches.insert(cache.cache)
            cache.steps.forEach { add($0) }
        case .invalidate(let invalidate): caches.insert(invalidate.cache)
        case .merge, .wait: break
        }
    }
}
