/// Reads a scenario out of YAML. Problems go to the reader; what could not be read is left out.
struct ScenarioReader {
    static let longestRun = Duration.seconds(720 * 3600)
    static let mostEvents = 100_000_000

    let reader: YAMLReader
    /// A change that is being made: it may add keys, but no names of its own.
    let change: Setting?
    private(set) var duration = Self.longestRun
    /// Whether the file says how long the run is: without that, nobody can say how many requests are too many.
    private(set) var isDurationKnown = false
    private(set) var limits = Limits()
    /// `nil` where any name may stand: in an intervention that is read on its own.
    private(set) var declared: Declared?
    /// Where keys are that stand in files of their own.
    let files: KeyFiles
    /// What has been read of them, by its path.
    var keyFiles: [String: [String]]

    init(
        reader: YAMLReader, change: Setting? = nil, files: KeyFiles = .none, keyFiles: [String: [String]] = [:]
    ) {
        self.reader = reader
        self.change = change
        self.files = files
        self.keyFiles = keyFiles
    }

    /// A reader for changes to a scenario that is known.
    init(reader: YAMLReader, scenario: Scenario) {
        self.init(reader: reader)
        duration = scenario.duration
        isDurationKnown = true
        limits = scenario.limits
        declared = Declared(scenario)
    }

    /// Reads the document; the result is a valid scenario when the reader has no problems.
    mutating func scenario(_ root: YAMLNode, name: String) -> Scenario? {
        reader.mapping(root, "the scenario") { map in read(map, name: name) }
    }

    private mutating func read(_ map: YAMLMapping, name: String) -> Scenario? {
        let name = map.optional("name").flatMap { reader.text($0, "a name") } ?? name
        let seed = map.optional("seed").flatMap(self.seed) ?? 1
        let written = map.required("duration").flatMap(runLength)
        if let written { (duration, isDurationKnown) = (written, true) }
        limits = map.optional("limits").flatMap(limits) ?? Limits()
        let hop = map.optional("network").flatMap(network) ?? .fixed(.zero)
        let parts = parts(map)
        checkComponentNames(parts)

        var backends = parts.backends.compactMap { self.backend($0) }
        let policyReader = PolicyReader(system: self)
        let policies = parts.policies.compactMap { policyReader.policy($0) }
        loadKeys(parts.keys)
        let keys = parts.keys.compactMap { self.keySource($0) }
        let declared = Declared(parts, backends: backends, policies: policies)
        self.declared = declared
        let caches = parts.caches.compactMap { self.cache($0) }
        let log = CallLog()
        backends = withSteps(backends, parts.backends, declared, log)
        let flows = parts.flows.compactMap { entry in
            var flowReader = FlowReader(system: self, declared: declared, log: log)
            return flowReader.flow(entry)
        }
        let operations = backends.flatMap { backend in
            backend.operations.filter { !$0.steps.isEmpty }.map { "\(backend.name).\($0.name)" }
        }
        CallChecks(log, reader).check(operations: operations, flows: parts.flows, maxEvents: limits.maxEvents)
        let clients = parts.clients.compactMap { self.client($0) }
        if let node = map.node["clients"], node.entries?.isEmpty == true {
            reader.report(
                LocalizedText(en: "nobody sends requests", es: "nadie envía peticiones"), at: node.mark,
                hint: LocalizedText(
                    en: "write web: { flow: NAME, at: 0s }", es: "escribe web: { flow: NOMBRE, at: 0s }"))
        }
        let controls = list(map.optional("controls"), "controls") { self.control($0) }
        let marks = list(map.optional("marks"), "marks") { self.mark($0) }
        let interventions = list(map.optional("interventions"), "interventions") { self.intervention($0) }
        guard let written else { return nil }
        let scenario = Scenario(
            name: name, seed: seed, duration: written, limits: limits, hop: hop, backends: backends, caches: caches,
            policies: policies, keys: keys, flows: flows, clients: clients, controls: controls, marks: marks,
            interventions: interventions)
        if reader.problems.isEmpty {
            checkTime(of: scenario, clients: parts.clients)
            checkWaits(of: scenario, flows: parts.flows)
        }
        return scenario
    }

    private func seed(_ node: YAMLNode) -> UInt64? {
        if let text = node.text, text.first?.isNumber == true, let seed = UInt64(text) { return seed }
        reader.report(
            "expected a whole number for the seed, found \(node.found)", at: node.mark, suggestion: "0 to \(UInt64.max)"
        )
        return nil
    }

    private func runLength(_ node: YAMLNode) -> Duration? {
        guard let duration = reader.duration(node) else { return nil }
        if duration > .zero, duration <= Self.longestRun { return duration }
        reader.report(
            duration == .zero ? "a run of 0s shows nothing" : "\(node.found) is too long for a run", at: node.mark,
            suggestion: "write a duration up to \(Self.longestRun.written)")
        return nil
    }

    private func limits(_ node: YAMLNode) -> Limits? {
        reader.mapping(node, "limits") { map in
            map.optional("maxEvents").flatMap { reader.count($0, in: 1...Self.mostEvents) }.map {
                Limits(maxEvents: $0)
            }
        }
    }

    private func network(_ node: YAMLNode) -> Latency? {
        reader.mapping(node, "network") { map in map.optional("hop").flatMap(latency) }
    }

    /// The entries of a mapping from names of the author's to things; those with a proper name.
    func names(in node: YAMLNode, _ what: String, kind: String) -> [YAMLEntry] {
        guard let entries = node.entries else {
            reader.report(
                "expected a mapping for \(what), found \(node.found)", at: node.mark,
                suggestion: "write a name for each, then a colon")
            return []
        }
        let isAdded = { (entry: YAMLEntry) in change?.isInPath(entry.keyMark) == true }
        return entries.filter { entry in
            guard isAdded(entry) else { return reader.checkName(entry.key, at: entry.keyMark) }
            let others = entries.filter { !isAdded($0) }.map(\.key)
            reader.report(
                "there is no \(kind) \(SafeText.quoted(entry.key))", at: entry.keyMark,
                suggestion: Suggestion.sentence(for: entry.key, in: others))
            return false
        }
    }

    /// A list of things; none when the key is not written.
    func list<Item>(_ node: YAMLNode?, _ what: String, read: (YAMLNode) -> Item?) -> [Item] {
        node.flatMap { reader.sequence($0, what) }?.compactMap(read) ?? []
    }

    /// A moment of the run: not after its end.
    func moment(_ node: YAMLNode) -> Duration? {
        guard let time = reader.duration(node) else { return nil }
        if time <= duration { return time }
        reader.report(
            LocalizedText(
                en: "\(time.written) is after the end of the run, \(duration.written)",
                es: "\(time.written) queda después del final de la ejecución, \(duration.written)"),
            at: node.mark)
        return nil
    }

    /// `from` before `to`; `to` may be left out and is then the end of the run.
    func window(_ map: YAMLMapping) -> (from: Duration, to: Duration)? {
        guard let from = map.required("from").flatMap(moment) else {
            _ = map.optional("to").flatMap { reader.duration($0) }
            return nil
        }
        guard let node = map.optional("to") else {
            if from < duration { return (from, duration) }
            reader.report("nothing can begin at the end of the run, \(duration.written)", at: map.node.mark)
            return nil
        }
        guard let to = reader.duration(node) else { return nil }
        if from < to { return (from, to) }
        reader.report("\(to.written) is not after \(from.written)", at: node.mark, suggestion: "from must be before to")
        return nil
    }

    private func parts(_ map: YAMLMapping) -> NamedParts {
        func entries(_ node: YAMLNode?, _ what: String, _ kind: String) -> [YAMLEntry] {
            node.map { names(in: $0, what, kind: kind) } ?? []
        }
        return NamedParts(
            backends: entries(map.optional("backends"), "backends", "backend"),
            caches: entries(map.optional("caches"), "caches", "cache"),
            policies: entries(map.optional("policies"), "policies", "policy"),
            keys: entries(map.optional("keys"), "keys", "key source"),
            flows: entries(map.required("flows"), "flows", "flow"),
            clients: entries(map.required("clients"), "clients", "client"))
    }

    /// Views tell backends, servers, caches, policies and clients apart by their names.
    private func checkComponentNames(_ parts: NamedParts) {
        var taken: [String: String] = [:]
        for (kind, name, mark) in parts.components {
            if let other = taken[name] {
                let name = SafeText.quoted(name)
                reader.report(
                    LocalizedText(en: "the name \(name) is taken by a \(other)", es: "el nombre \(name) ya se usa"),
                    at: mark,
                    hint: LocalizedText(en: "choose another name for the \(kind)", es: "elige otro nombre"))
            } else {
                taken[name] = kind
            }
        }
    }
}
