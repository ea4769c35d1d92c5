import Diagrams

/// A diagram as the scenario that it describes: backends with operations, a flow, a client, in YAML.
struct DiagramTranslation {
    /// The name of the flow, which holds what the client does.
    static let flow = "diagram"
    static let shortestRun = Duration.seconds(10)

    private var program: DiagramProgram
    private let diagram: Diagram
    private let mark: (Position) -> SourceMark
    private let latency: Duration
    private var components: [String: String] = [:]
    private var backends: [String] = []
    private var operations: [Int: String] = [:]
    private var labels: [Int: String] = [:]
    private var clientName = ""

    /// - Parameters:
    ///   - latency: how long a participant works that calls nobody, when nothing else is said.
    ///   - mark: where a part of the diagram stands.
    init(_ diagram: Diagram, program: DiagramProgram, latency: Duration, mark: @escaping (Position) -> SourceMark) {
        self.diagram = diagram
        self.program = program
        self.latency = latency
        self.mark = mark
        self.program.countParts()
        nameComponents()
        nameOperations()
    }

    /// Which part of the scenario stands for each message.
    var scenario: DiagramScenario {
        let routes = program.messages.indices.map { number in
            let message = program.messages[number]
            if let call = program.answers.callOf[number] {
                return DiagramScenario.Route.answer(of: call, label: labels[number])
            }
            if let label = labels[number] {
                let isClients = program.clientWork.contains(number)
                return .work(component: isClients ? clientName : component(message.from), label: label)
            }
            let (backend, operation) = (component(message.to), operations[number] ?? "")
            return isSend(message)
                ? .send(backend: backend, operation: operation) : .call(backend: backend, operation: operation)
        }
        return DiagramScenario(diagram: diagram, routes: routes, components: components)
    }

    /// The scenario as its file would have it.
    var root: YAMLNode {
        let start = program.messages[0].position
        var entries: [YAMLEntry] = []
        if let title = diagram.title { entries.append(entry("name", text(title, start), start)) }
        entries.append(entry("duration", plain(duration.written, start), start))
        let backends = self.backends.map { id in entry(component(id), backend(id), position(of: id)) }
        entries.append(entry("backends", map(backends, start), start))
        let steps = steps(program.client.nodes)
        let flow = entry(Self.flow, list(steps.isEmpty ? [idle(start)] : steps, start), start)
        entries.append(entry("flows", map([flow], start), start))
        let client = map(
            [entry("flow", plain(Self.flow, start), start), entry("at", plain("0s", start), start)], start)
        entries.append(entry("clients", map([entry(clientName, client, start)], start), start))
        return map(entries, start)
    }

    /// The client's name: what a file that says more of it uses, too.
    var client: String { clientName }

    // MARK: Names

    private mutating func nameComponents() {
        var called: Set<String> = []
        for (number, message) in program.messages.enumerated() where program.activities[number] != nil {
            called.insert(message.to)
        }
        var names = DiagramNames()
        for participant in diagram.participants where called.contains(participant.id) {
            backends.append(participant.id)
            components[participant.id] = names.unique(participant.id, otherwise: "participant")
        }
        let id = program.client.participant
        clientName = names.unique(called.contains(id) ? "\(id) client" : id, otherwise: "client")
        for participant in diagram.participants where components[participant.id] == nil {
            components[participant.id] = clientName
        }
    }

    private func component(_ id: String) -> String { components[id] ?? clientName }

    private mutating func nameOperations() {
        var names: [String: DiagramNames] = [:]
        var taken: [String: Int] = [:]
        for (number, message) in program.messages.enumerated() {
            let (text, _) = DiagramWords.trailingDuration(message.text) ?? (message.text, .zero)
            if message.from == message.to || program.branchAnswers.contains(number) {
                let label = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                let count = taken[label, default: 0] + 1
                taken[label] = count
                let named = !label.isEmpty ? label : message.from == message.to ? "work" : "answer"
                labels[number] = count == 1 ? named : "\(named) \(count)"
            } else if program.activities[number] != nil {
                operations[number] = names[message.to, default: DiagramNames()].unique(text, otherwise: "call")
            }
        }
    }

    private func isSend(_ message: Message) -> Bool { !message.isCall && message.arrow.head != .both }

    // MARK: Backends

    private func backend(_ id: String) -> YAMLNode {
        let place = position(of: id)
        let usual = program.defaults[id] ?? usualTime(id)
        let own = ownTime(id) ?? usual
        var operations: [YAMLEntry] = []
        for (number, message) in program.messages.enumerated() where message.to == id {
            guard let name = self.operations[number], let activity = program.activities[number] else { continue }
            let latency = program.latencies[number] ?? usual
            let operation = operation(number, activity, latency: latency == own ? nil : latency)
            operations.append(entry(name, operation, message.position))
        }
        return map(
            [
                entry("latency", plain(own.written, place), place),
                entry("operations", map(operations, place), place),
            ], place)
    }

    /// What stands before its calls, or else beside the first of them that says it: what `backends.NAME.latency` sets.
    private func ownTime(_ id: String) -> Duration? {
        if let time = program.defaults[id] { return time }
        let stated = program.messages.indices.first { number in
            program.messages[number].to == id && operations[number] != nil && program.latencies[number] != nil
        }
        return stated.flatMap { program.latencies[$0] }
    }

    /// How long it works when nothing is said.
    private func usualTime(_ id: String) -> Duration {
        let callsOthers = program.messages.indices.contains { number in
            program.messages[number].to == id && program.activities[number].map { Self.calls($0.nodes) } ?? false
        }
        return callsOthers ? .zero : latency
    }

    private static func calls(_ nodes: [DiagramActivity.Node]) -> Bool {
        nodes.contains { node in
            switch node {
            case .call, .send: true
            case .work, .wait, .answer: false
            case .block(_, let sections): sections.contains(where: calls)
            }
        }
    }

    /// - Parameter latency: `nil`: its backend's.
    private func operation(_ number: Int, _ activity: DiagramActivity, latency: Duration?) -> YAMLNode {
        let place = program.messages[number].position
        var entries: [YAMLEntry] = []
        if let latency { entries.append(entry("latency", plain(latency.written, place), place)) }
        let steps = steps(activity.nodes)
        if !steps.isEmpty { entries.append(entry("do", list(steps, place), place)) }
        return entries.isEmpty ? plain("~", place) : map(entries, place)
    }

    private func position(of id: String) -> Position {
        program.messages.first { $0.to == id || $0.from == id }?.position ?? program.messages[0].position
    }

    // MARK: Steps

    private func steps(_ nodes: [DiagramActivity.Node]) -> [YAMLNode] { nodes.flatMap(steps) }

    private func steps(_ node: DiagramActivity.Node) -> [YAMLNode] {
        switch node {
        case .call(let number): return [step("call", plain(target(number), place(number)), place(number))]
        case .send(let number, let isLost): return [send(number, isLost: isLost)]
        case .work(let number):
            return [labelled(number, wait: program.work[number] ?? DiagramProgram.workTime)]
        case .answer(let number): return [labelled(number, wait: .zero)]
        case .wait(let time, let place): return [step("wait", plain(time.written, place), place)]
        case .block(let number, let sections): return block(program.blocks[number], number, sections)
        }
    }

    /// A branch that is always taken, so that the trace says which message it is.
    private func labelled(_ number: Int, wait: Duration) -> YAMLNode {
        let place = place(number)
        let time = plain(wait.written, place)
        let branch = branch(labels[number] ?? "", 100, [step("wait", time, place)], place)
        return step("choose", list([branch], place), place)
    }

    private func place(_ number: Int) -> Position { program.messages[number].position }

    private func target(_ number: Int) -> String {
        "\(component(program.messages[number].to)).\(operations[number] ?? "")"
    }

    private func send(_ number: Int, isLost: Bool) -> YAMLNode {
        let place = place(number)
        let to = plain(target(number), place)
        guard isLost else { return step("send", to, place) }
        return step("send", map([entry("to", to, place), entry("lost", plain("true", place), place)], place), place)
    }

    private func block(
        _ info: DiagramProgram.BlockInfo, _ number: Int, _ sections: [[DiagramActivity.Node]]
    ) -> [YAMLNode] {
        let place = info.block.position
        switch info.block.kind {
        case .rect: return sections.flatMap(steps)
        case .loop:
            let body = list(sections.flatMap(steps), place)
            let times = plain(String(info.times), place)
            return [step("repeat", map([entry("times", times, place), entry("do", body, place)], place), place)]
        case .par, .parOver:
            let branches = sections.map(steps).filter { !$0.isEmpty }.map { steps in
                steps.count == 1 ? steps[0] : step("sequence", list(steps, place), place)
            }
            return branches.count < 2 ? branches : [step("parallel", list(branches, place), place)]
        case .critical where info.shares == [100]: return sections.flatMap(steps)
        case .alt, .opt, .critical, .break: return [choice(info, number, sections)]
        }
    }

    private func choice(
        _ info: DiagramProgram.BlockInfo, _ number: Int, _ sections: [[DiagramActivity.Node]]
    ) -> YAMLNode {
        let place = info.block.position
        var branches: [YAMLNode] = []
        for (section, share) in info.shares.enumerated() where section < sections.count {
            let label = section < info.block.sections.count ? info.block.sections[section].label : ""
            let steps = steps(sections[section])
            branches.append(branch(label, share, steps.isEmpty ? [idle(place)] : steps, place))
        }
        guard info.parts > 1 else { return step("choose", list(branches, place), place) }
        let name = plain("\(info.block.kind.rawValue)-\(number + 1)", place)
        return step("choose", map([entry("by", name, place), entry("of", list(branches, place), place)], place), place)
    }

    private func branch(_ label: String, _ share: Double, _ steps: [YAMLNode], _ place: Position) -> YAMLNode {
        var entries = [entry("share", plain(Quantity.percent(share / 100), place), place)]
        let line = label.split(whereSeparator: \.isNewline).joined(separator: " ")
        if !line.isEmpty { entries.insert(entry("label", text(line, place), place), at: 0) }
        entries.append(entry("do", list(steps, place), place))
        return map(entries, place)
    }

    /// A step that does nothing, where a section has none for somebody.
    private func idle(_ place: Position) -> YAMLNode { step("wait", plain("0s", place), place) }

    // MARK: Time

    /// Long enough for one request, whatever it does.
    private var duration: Duration {
        let seconds = (2 * time(program.client.nodes)).rounded(.up)
        let longest = ScenarioReader.longestRun
        return seconds < Double(longest.components.seconds) ? max(Self.shortestRun, .seconds(Int64(seconds))) : longest
    }

    private func time(_ nodes: [DiagramActivity.Node]) -> Double {
        nodes.reduce(0) { $0 + time($1) }
    }

    private func time(_ node: DiagramActivity.Node) -> Double {
        switch node {
        case .call(let number), .send(let number, _):
            let own = program.latencies[number] ?? program.defaults[program.messages[number].to] ?? latency
            let steps = program.activities[number].map { time($0.nodes) } ?? 0
            return own.seconds + steps
        case .work(let number): return (program.work[number] ?? .zero).seconds
        case .wait(let time, _): return time.seconds
        case .answer: return 0
        case .block(let number, let sections):
            return Double(program.blocks[number].times) * sections.reduce(0) { $0 + time($1) }
        }
    }

    // MARK: YAML

    private func plain(_ text: String, _ place: Position) -> YAMLNode {
        YAMLNode(.scalar(text, plain: true), mark: mark(place))
    }

    private func text(_ text: String, _ place: Position) -> YAMLNode {
        YAMLNode(.scalar(text, plain: false), mark: mark(place))
    }

    private func list(_ items: [YAMLNode], _ place: Position) -> YAMLNode {
        YAMLNode(.sequence(items), mark: mark(place))
    }

    private func map(_ entries: [YAMLEntry], _ place: Position) -> YAMLNode {
        YAMLNode(.mapping(entries), mark: mark(place))
    }

    private func entry(_ key: String, _ value: YAMLNode, _ place: Position) -> YAMLEntry {
        YAMLEntry(key: key, keyMark: mark(place), value: value)
    }

    private func step(_ key: String, _ value: YAMLNode, _ place: Position) -> YAMLNode {
        map([entry(key, value, place)], place)
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
