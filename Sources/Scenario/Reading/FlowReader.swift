/// Reads one flow, or what an operation does: its steps, and which earlier answers each of them may refer to.
struct FlowReader {
    private static let mostRepeats = 1_000_000
    static let stepKeys = [
        "call", "send", "sequence", "parallel", "forEach", "merge", "cache", "write", "invalidate", "wait", "repeat",
        "choose", "guard", "fallback",
    ]

    let system: ScenarioReader
    let declared: Declared
    let log: CallLog
    /// Whose steps are read.
    private(set) var owner: CallLog.Owner = ""
    private(set) var isOperation = false
    var scope = FlowScope()
    /// The policies round the steps being read.
    var policies: [String] = []
    /// The caches that the steps being read fill or write.
    var cachesInUse: [CacheUse] = []
    /// How often the steps being read run in one request at the least, as far as is known: an attempt may succeed, and
    /// a second source is not asked.
    private(set) var times = 1
    /// How many calls, waits and look-ups one run makes, as far as is known.
    private var work = 0

    var reader: YAMLReader { system.reader }

    init(system: ScenarioReader, declared: Declared, log: CallLog) {
        self.system = system
        self.declared = declared
        self.log = log
    }

    mutating func flow(_ entry: YAMLEntry) -> Flow? {
        showKey(of: entry)
        return body(entry.value, of: entry.key, "flow \(SafeText.quoted(entry.key))")
            .map { Flow(name: entry.key, steps: $0) }
    }

    /// What an operation does: `name` is `backend.operation`.
    mutating func operation(_ name: CallLog.Owner, _ node: YAMLNode) -> [Step]? {
        isOperation = true
        // Whether each call of it is about a key is known when all are read.
        showKey(origin: "the call's key", line: node.mark.line)
        return body(node, of: name, "what \(SafeText.quoted(name)) does")
    }

    private mutating func body(_ node: YAMLNode, of owner: CallLog.Owner, _ what: String) -> [Step]? {
        self.owner = owner
        scope.everything = FlowScope.names(savedIn: node, lasting: false)
        defer { log.setWork(work, of: owner) }
        return steps(node, what)
    }

    mutating func steps(_ node: YAMLNode, _ what: String) -> [Step]? {
        // One step alone needs no list.
        if node.entries != nil { return step(node).map { [$0] } }
        guard let items = reader.sequence(node, what) else { return nil }
        if items.isEmpty { reader.report("\(what) has no steps", at: node.mark) }
        var steps: [Step] = []
        for item in items {
            if let step = step(item) { steps.append(step) }
        }
        return steps
    }

    private mutating func step(_ node: YAMLNode) -> Step? {
        if node.items != nil { return steps(node, "sequence").map(Step.sequence) }
        guard let entries = node.entries else {
            let call = node.text.map { $0.contains(".") ? "write call: \($0)" : nil } ?? nil
            reader.report("expected a step, found \(node.found)", at: node.mark, suggestion: call ?? Self.knownSteps)
            return nil
        }
        guard let entry = entries.first else {
            reader.report("this step is empty", at: node.mark, suggestion: Self.knownSteps)
            return nil
        }
        if let second = entries.dropFirst().first {
            let isStep = Self.stepKeys.contains(second.key)
            reader.report(
                "a step has one key, and this one has \(SafeText.quoted(entry.key)) and \(SafeText.quoted(second.key))",
                at: second.keyMark,
                suggestion: isStep ? "begin a new step with -" : "indent it, or put it in { } after \(entry.key):")
            return nil
        }
        return step(entry)
    }

    private static let knownSteps = "steps: \(stepKeys.joined(separator: ", "))"

    private mutating func step(_ entry: YAMLEntry) -> Step? {
        switch entry.key {
        case "call": return call(entry.value).map(Step.call)
        case "send": return send(entry.value).map(Step.send)
        case "sequence": return steps(entry.value, "sequence").map(Step.sequence)
        case "parallel": return parallel(entry.value)
        case "forEach": return forEach(entry.value)
        case "merge": return merge(entry.value)
        case "cache": return cache(entry.value)
        case "write": return write(entry.value)
        case "invalidate": return invalidate(entry.value)
        case "wait":
            count(1)
            return system.latency(entry.value).map(Step.wait)
        case "repeat": return `repeat`(entry.value)
        case "choose": return choose(entry.value).map(Step.choose)
        case "guard": return guarded(entry.value)
        case "fallback": return fallback(entry.value)
        default:
            reader.report(
                "unknown step \(SafeText.quoted(entry.key))", at: entry.keyMark,
                suggestion: Suggestion.sentence(for: entry.key, in: Self.stepKeys))
            return nil
        }
    }

    mutating func count(_ steps: Int) {
        let (product, overflow) = times.multipliedReportingOverflow(by: steps)
        let (sum, carried) = work.addingReportingOverflow(overflow ? .max : product)
        work = carried ? .max : sum
    }

    /// Reads steps that run several times in one request.
    mutating func repeated<Result>(_ count: Int, _ read: (inout FlowReader) -> Result) -> Result {
        let before = times
        let (product, overflow) = times.multipliedReportingOverflow(by: count)
        times = overflow ? .max : product
        defer { times = before }
        return read(&self)
    }

    private mutating func parallel(_ node: YAMLNode) -> Step? {
        guard let items = reader.sequence(node, "parallel") else { return nil }
        if items.isEmpty { reader.report("parallel has no steps", at: node.mark) }
        let saved = items.map { FlowScope.names(savedIn: $0, lasting: true) }
        let siblings = FlowScope.count(saved)
        var gained: [FlowScope.Variable] = []
        var branches: [Step] = []
        for (index, item) in items.enumerated() {
            let start = scope.visible.count
            scope.concurrent.append(FlowScope.Branch(all: siblings, own: FlowScope.count([saved[index]])))
            if let branch = step(item) { branches.append(branch) }
            scope.concurrent.removeLast()
            gained += scope.hide(from: start)
        }
        gained.forEach { scope.show($0) }
        return .parallel(branches)
    }

    private mutating func forEach(_ node: YAMLNode) -> Step? {
        reader.mapping(node, "forEach") { map in
            let items = map.required("in").flatMap { list($0) }
            let item = map.required("as")
            let body = map.required("do")
            let concurrency = map.optional("limit").flatMap { system.limit($0, from: 1) } ?? nil
            let save = map.optional("save")
            let start = scope.visible.count
            let name = item.flatMap { variable($0, shape: items?.item, origin: "forEach") }
            let steps = body.flatMap { body in
                repeated(items?.count ?? 1) { flow in flow.steps(body, "forEach") }
            }
            scope.leave(to: start, because: "it is known only inside that forEach")
            let saveAs = save.flatMap { variable($0, shape: nil, origin: "forEach") }
            guard let items, let name, let steps else { return nil }
            return .forEach(
                ForEach(items: items.expression, itemName: name, steps: steps, concurrency: concurrency, saveAs: saveAs)
            )
        }
    }

    private mutating func merge(_ node: YAMLNode) -> Step? {
        if node.text != nil { return kind(node).map { .merge(Merge(kind: $0)) } }
        return reader.mapping(node, "merge") { map in
            let kind = map.required("how").flatMap(self.kind)
            let parts = system.list(map.optional("of"), "the parts of merge") { expression($0) }
            let saveAs = map.optional("as").flatMap { variable($0, shape: nil, origin: "merge") }
            return kind.map { .merge(Merge(kind: $0, parts: parts, saveAs: saveAs)) }
        }
    }

    private func kind(_ node: YAMLNode) -> Merge.Kind? { reader.word(node, "a way to merge") }

    private mutating func `repeat`(_ node: YAMLNode) -> Step? {
        reader.mapping(node, "repeat") { map in
            let times = map.required("times").flatMap { reader.count($0, in: 1...Self.mostRepeats) }
            let steps = map.required("do").flatMap { body in
                repeated(times ?? 1) { flow in flow.steps(body, "repeat") }
            }
            guard let times, let steps else { return nil }
            return .repeat(times: times, steps: steps)
        }
    }
}
