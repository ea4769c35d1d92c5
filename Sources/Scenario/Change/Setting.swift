/// One change of a value by its path: `backends.sql.latency.fixed=800ms`.
struct Setting {
    struct Part {
        var name: String
        var mark: SourceMark
    }

    let source: SourceText
    let parts: [Part]
    private let path: String
    private let value: String

    init(path: String, value: String, origin: String) {
        let source = SourceText(file: origin, text: "\(path)=\(value)")
        var column = 1
        parts = path.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let length = part.unicodeScalars.count
            defer { column += length + 1 }
            return Part(name: String(part), mark: source.mark(line: 1, column: column, length: length))
        }
        self.source = source
        self.path = path
        self.value = value
    }

    /// The value as a node that stands in the line `path=value`.
    func node(_ reader: YAMLReader) -> YAMLNode? {
        reader.parse(value, in: source, column: path.unicodeScalars.count + 2)
    }

    /// Puts the value into a tree.
    func apply(_ node: YAMLNode, to root: inout YAMLNode) throws(ScenarioError) {
        guard !path.isEmpty, parts.count <= YAMLParser.maximumDepth else {
            let mark = source.mark(line: 1, column: 1, length: path.unicodeScalars.count)
            throw ScenarioError(problems: [mark.problem("there is no path here", suggestion: "write path=value")])
        }
        if let empty = parts.first(where: { $0.name.isEmpty }) {
            throw ScenarioError(problems: [empty.mark.problem("a part of the path is missing")])
        }
        let placed = try root.placed(parts)
        try root.set(placed[...], to: node)
    }

    /// Whether a place is a part of the path, and not of the value.
    func isInPath(_ mark: SourceMark) -> Bool {
        mark.source === source && mark.line == 1 && mark.column <= path.unicodeScalars.count
    }

    /// Throws when the value may only change before a run.
    func checkDuringRun() throws(ScenarioError) {
        guard let first = parts.first,
            ["name", "seed", "duration", "limits", "controls", "marks", "interventions"].contains(first.name)
        else { return }
        let problem = first.mark.problem("\(SafeText.quoted(first.name)) cannot change during a run")
        throw ScenarioError(problems: [problem])
    }

    /// Throws when the change adds or takes away something that only exists for a whole run.
    func checkNames(from old: Scenario, to new: Scenario) throws(ScenarioError) {
        guard old.names != new.names, let first = parts.first else { return }
        let problem = first.mark.problem("nothing in \(SafeText.quoted(first.name)) can come or go during a run")
        throw ScenarioError(problems: [problem])
    }

    /// Problems that the change causes elsewhere in the file, moved to the change.
    func located(_ error: ScenarioError) -> ScenarioError {
        let mark = source.mark(line: 1, column: 1, length: source.lines[0].unicodeScalars.count)
        return ScenarioError(
            problems: error.problems.map { problem in
                if problem.file == SafeText.line(source.file) { return problem }
                let place = problem.line > 0 ? " (\(problem.file):\(problem.line):\(problem.column))" : ""
                return mark.problem(problem.message + place, suggestion: problem.suggestion)
            })
    }
}

extension Scenario {
    /// Whether another has the same backends, servers, caches, policies with their layers, flows and clients.
    public func hasSameParts(as other: Scenario) -> Bool { names == other.names }

    /// What can neither come nor go during a run.
    fileprivate var names: [[String]] {
        let pools = backends.map { backend in [backend.name] + (backend.pool?.servers.map(\.backend.name) ?? []) }
        return pools + policies.map(\.parts)
            + [caches.map(\.name), keys.map(\.name), flows.map(\.name), clients.map(\.name)]
    }
}

extension YAMLNode {
    /// What a value in short form stands for: `80ms` for `{ fixed: 80ms }`, by the key that holds it or is wanted.
    private static let shortForms: [(key: String, isFor: @Sendable (_ holder: String?, _ wanted: String) -> Bool)] = [
        ("to", { holder, _ in holder == "call" || holder == "send" }),
        ("how", { holder, _ in holder == "merge" }),
        ("fixed", { _, wanted in ScenarioReader.latencyKeys.contains(wanted) }),
        ("total", { holder, _ in holder == "timeout" }),
        ("after", { holder, _ in holder == "hedge" }),
        ("status", { holder, _ in holder == "answer" }),
        ("use", { holder, _ in holder == "balancer" }),
        ("decay", { holder, _ in holder == "peakEWMA" }),
        ("window", { holder, _ in holder == "slowStart" }),
        ("choices", { holder, _ in holder == "leastRequest" }),
        ("least", { holder, _ in holder == "sizedRing" }),
        ("errors", { holder, _ in holder == "observe" }),
    ]

    /// Keys of which a mapping has one, each with those that only go with it: setting another takes their place. Some
    /// are alternatives only in the mapping that stands under one key.
    private static let alternatives: [(holder: String?, groups: [[String]])] = [
        (nil, ScenarioReader.latencyKeys.map { [$0] }), (nil, ScenarioReader.workloadKeys),
        (nil, ScenarioReader.faultKeys.map { $0 == "errors" ? [$0, "answer"] : [$0] }),
        (nil, Arrivals.Spacing.allCases.map { [$0.rawValue] }),
        ("retry", [["attempts"], ["retries"]]), ("budget", PolicyReader.budgetKeys),
        ("breaker", [["failures"], ["ratio", "window", "minimum", "slow"]]),
        ("adaptive", PolicyReader.adaptiveKeys.map { [$0] }), ("rateLimit", PolicyReader.limiterKeys.map { [$0] }),
        ("fallback", (PolicyReader.fallbackKeys + ["or"]).map { [$0] }),
        (nil, ScenarioReader.keyKinds), ("use", BalancerReader.choiceKeys.map { [$0] }),
        ("flush", ScenarioReader.flushTimings.map { [$0] }), ("invalidate", FlowReader.targetKeys.map { [$0] }),
    ]

    /// The value at a path, through short forms.
    func value(at path: ArraySlice<String>, holder: String? = nil) -> YAMLNode? {
        guard let key = path.first else { return self }
        let rest = path.dropFirst()
        switch content {
        case .mapping: return self[key]?.value(at: rest, holder: key)
        case .sequence(let items):
            guard let index = Int(key), items.indices.contains(index) else { return nil }
            return items[index].value(at: rest, holder: nil)
        case .scalar:
            guard let short = Self.shortForms.first(where: { $0.isFor(holder, key) }), short.key == key else {
                return nil
            }
            return rest.isEmpty && !isNull ? self : nil
        }
    }

    /// Replaces the value at a path. Keys that are not there are added: whether they may be is found on reading.
    fileprivate mutating func set(
        _ path: ArraySlice<Setting.Part>, to value: YAMLNode, holder: String? = nil
    ) throws(ScenarioError) {
        guard let part = path.first else {
            self = value
            return
        }
        let rest = path.dropFirst()
        switch content {
        case .mapping(var entries):
            if let index = entries.firstIndex(where: { $0.key == part.name }) {
                try entries[index].value.set(rest, to: value, holder: part.name)
            } else {
                entries.removeAll { Self.isReplaced($0.key, by: part.name, holder: holder) }
                entries.append(Self.entry(part, rest, value))
            }
            content = .mapping(entries)
        case .sequence(var items):
            guard let index = Int(part.name), items.indices.contains(index) else {
                let last = items.isEmpty ? "the list is empty" : "items go from 0 to \(items.count - 1)"
                throw ScenarioError(problems: [
                    part.mark.problem("there is no item \(SafeText.quoted(part.name))", suggestion: last)
                ])
            }
            try items[index].set(rest, to: value)
            content = .sequence(items)
        case .scalar:
            var entries: [YAMLEntry] = []
            if !isNull, let short = Self.shortForms.first(where: { $0.isFor(holder, part.name) }),
                short.key != part.name,
                !Self.isReplaced(short.key, by: part.name, holder: holder)
            {
                entries.append(YAMLEntry(key: short.key, keyMark: mark, value: self))
            }
            entries.append(Self.entry(part, rest, value))
            self = YAMLNode(.mapping(entries), mark: part.mark)
        }
    }

    private static func isReplaced(_ key: String, by other: String, holder: String?) -> Bool {
        alternatives.contains { alternative in
            guard alternative.holder == nil || alternative.holder == holder,
                let group = alternative.groups.first(where: { $0.first == other }), !group.contains(key)
            else { return false }
            return alternative.groups.contains { $0.contains(key) }
        }
    }

    private static func entry(_ part: Setting.Part, _ rest: ArraySlice<Setting.Part>, _ value: YAMLNode) -> YAMLEntry {
        var value = value
        for inner in rest.reversed() {
            value = YAMLNode(
                .mapping([YAMLEntry(key: inner.name, keyMark: inner.mark, value: value)]), mark: inner.mark)
        }
        return YAMLEntry(key: part.name, keyMark: part.mark, value: value)
    }
}
