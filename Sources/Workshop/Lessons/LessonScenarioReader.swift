import Scenario

/// Reads the scenarios of a lesson.
///
/// What they share stands once, under `system`. A scenario takes from there every key that it does not write itself,
/// and keeps only the flows, backends, caches, policies and keys that its clients can reach: what a student sees is
/// what is in use.
struct LessonScenarioReader {
    let reader: YAMLReader
    var files = KeyFiles.none
    let tryingChanges: Bool

    func scenarios(_ node: YAMLNode?, system: YAMLNode?) -> [LessonScenario] {
        guard let node else { return [] }
        if let system, system.entries == nil {
            reader.report("expected a mapping for the system", at: system.mark)
        }
        if node.entries?.isEmpty == true { reader.report("the lesson has no scenarios", at: node.mark) }
        var scenarios: [LessonScenario] = []
        // A mistake in the system shows up in every scenario, perhaps with other figures; once is enough.
        var told: Set<[Int]> = []
        reader.eachEntry(node, "the scenarios") { entry in
            do throws(ScenarioError) {
                let document = try document(entry, system: system)
                scenarios.append(LessonScenario(name: entry.key, document: document, mark: entry.keyMark))
            } catch {
                let new = error.problems.filter { !told.contains([$0.line, $0.column]) }
                new.forEach(reader.report)
                told.formUnion(new.map { [$0.line, $0.column] })
            }
        }
        return scenarios
    }

    private func document(_ entry: YAMLEntry, system: YAMLNode?) throws(ScenarioError) -> ScenarioDocument {
        guard let own = entry.value.entries else {
            throw ScenarioError(problems: [entry.value.mark.problem("expected a mapping for a scenario")])
        }
        let settings = own.first { $0.key == "set" }
        let node = Self.merged(own, entry.keyMark, system: system)
        var document: ScenarioDocument
        do throws(ScenarioError) {
            document = try ScenarioDocument(
                node: shorten(node, to: Reach(of: node)), name: entry.key, files: files, tryingChanges: tryingChanges)
        } catch {
            // A misspelt name is best explained beside everything that it could have meant.
            _ = try ScenarioDocument(node: node, name: entry.key, files: files)
            throw error
        }
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

    /// A scenario's own keys, and those of the system that it does not write.
    private static func merged(_ own: [YAMLEntry], _ mark: SourceMark, system: YAMLNode?) -> YAMLNode {
        let shared = (system?.entries ?? []).filter { entry in !own.contains { $0.key == entry.key } }
        return YAMLNode(.mapping(shared + own.filter { $0.key != "set" }), mark: mark)
    }

    /// Parts of the system that no scenario reaches: nobody has read them.
    static func unreached(in lesson: YAMLNode) -> [(kind: String, entry: YAMLEntry)] {
        let reaches = (lesson["scenarios"]?.entries ?? []).map { entry in
            Reach(of: merged(entry.value.entries ?? [], entry.keyMark, system: lesson["system"]))
        }
        func rest(_ key: String, _ kind: String, _ names: KeyPath<Reach, Set<String>>) -> [(String, YAMLEntry)] {
            (lesson["system"]?[key]?.entries ?? []).filter { entry in
                !reaches.contains { $0[keyPath: names].contains(entry.key) }
            }
            .map { (kind, $0) }
        }
        return rest("flows", "flow", \.flows) + rest("backends", "backend", \.backends)
            + rest("caches", "cache", \.caches) + rest("policies", "policy", \.policies)
            + rest("keys", "key source", \.keys)
    }

    private func shorten(_ node: YAMLNode, to reach: Reach) -> YAMLNode {
        // A diagram names what it calls in its own text.
        if node["diagram"] != nil { return node }
        let kept = [
            "flows": reach.flows, "backends": reach.backends, "caches": reach.caches, "policies": reach.policies,
            "keys": reach.keys,
        ]
        let entries = (node.entries ?? []).map { entry in
            guard let names = kept[entry.key], let parts = entry.value.entries else { return entry }
            let mapping = YAMLNode(.mapping(parts.filter { names.contains($0.key) }), mark: entry.value.mark)
            return YAMLEntry(key: entry.key, keyMark: entry.keyMark, value: mapping)
        }
        return YAMLNode(.mapping(entries), mark: node.mark)
    }
}

/// What the clients of a scenario can reach: their flows, and what these call. Found by the names in the file alone:
/// whether they mean something is checked when the scenario is read.
private struct Reach {
    private(set) var flows: Set<String> = []
    private(set) var backends: Set<String> = []
    private(set) var caches: Set<String> = []
    private(set) var policies: Set<String> = []
    private(set) var keys: Set<String> = []

    init(of scenario: YAMLNode) {
        for client in scenario["clients"]?.entries ?? [] {
            if let flow = client.value["flow"]?.text { flows.insert(flow) }
            if let source = client.value["keys"]?.text { keys.insert(source) }
        }
        for change in (scenario["controls"]?.items ?? []) + (scenario["interventions"]?.items ?? []) {
            guard let path = change["set"]?.text else { continue }
            let values = change["values"]?.items ?? [change["to"]].compactMap(\.self)
            add(values.compactMap(\.text), namedBy: path)
        }
        for flow in scenario["flows"]?.entries ?? [] where flows.contains(flow.key) { add(flow.value) }
        var served: Set<String> = []
        // Services call services: until nobody new is called.
        while backends.count > served.count {
            let called = (scenario["backends"]?.entries ?? []).filter {
                backends.contains($0.key) && !served.contains($0.key)
            }
            served = backends
            for backend in called { add(backend.value) }
        }
    }

    /// What changes may name in the place of something else.
    private mutating func add(_ names: [String], namedBy path: String) {
        if path.hasPrefix("clients."), path.hasSuffix(".flow") { flows.formUnion(names) }
        if path.hasPrefix("clients."), path.hasSuffix(".keys") { keys.formUnion(names) }
        if path.hasPrefix("flows."), path.hasSuffix(".with") { policies.formUnion(names) }
    }

    private mutating func add(_ node: YAMLNode) {
        for item in node.items ?? [] { add(item) }
        for entry in node.entries ?? [] {
            switch entry.key {
            case "call", "send":
                let target = entry.value.text ?? entry.value["to"]?.text ?? ""
                backends.insert(String(target.prefix { $0 != "." }))
                if let policy = entry.value["with"]?.text { policies.insert(policy) }
            case "guard": policies.insert(entry.value["with"]?.text ?? "")
            case "cache", "write", "invalidate": caches.insert(entry.value["in"]?.text ?? "")
            default: break
            }
            add(entry.value)
        }
    }
}
