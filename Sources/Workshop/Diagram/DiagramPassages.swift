import Analysis
import Diagrams
import Scenario
import Trace

/// What one request of a run made of the diagram that the scenario is written as: when each message went, when it
/// arrived, and how it ended.
struct DiagramPassages {
    private let scenario: DiagramScenario
    private let index: TraceIndex
    private let request: RequestInfo
    private var passages: [[MeasuredDiagram.Passage]]
    /// When the last thing of all happens.
    private var end: VirtualTime
    /// The messages by the call that carries them.
    private var callOf: [Name: Int] = [:]
    private var labelled: [Name: Int] = [:]
    /// By the number of a call: the answers to it, and whether each has a branch of its own.
    private var answersTo: [Int: [(number: Int, isLabelled: Bool)]] = [:]

    private struct Name: Hashable {
        let component: String
        let detail: String
    }

    /// - Parameter pools: the servers of each pool, by its name.
    init(_ scenario: DiagramScenario, _ index: TraceIndex, _ request: RequestInfo, pools: [String: [String]]) {
        self.scenario = scenario
        self.index = index
        self.request = request
        passages = Array(repeating: [], count: scenario.routes.count)
        end = request.end ?? request.start
        for (number, route) in scenario.routes.enumerated() { note(number, route, pools) }
        for span in index.spans(of: request.id) where span.kind == .call { add(span) }
        for id in index.events(of: request.id) { addWork(id) }
        for place in passages.indices { passages[place].sort { $0.sent < $1.sent } }
    }

    /// The servers of each pool, by its name.
    static func pools(of scenario: Scenario) -> [String: [String]] {
        scenario.backends.reduce(into: [:]) { pools, backend in
            pools[backend.name] = backend.pool?.servers.map(\.backend.name)
        }
    }

    var measured: MeasuredDiagram {
        let duration = end.nanoseconds - request.start.nanoseconds
        return MeasuredDiagram(scenario.diagram, passages: passages, duration: duration)
    }

    private mutating func note(_ number: Int, _ route: DiagramScenario.Route, _ pools: [String: [String]]) {
        switch route {
        case .call(let backend, let operation), .send(let backend, let operation):
            for name in [backend] + (pools[backend] ?? []) {
                callOf[Name(component: name, detail: operation)] = number
            }
        case .work(let component, let label): labelled[Name(component: component, detail: label)] = number
        case .answer(let call, let label):
            answersTo[call, default: []].append((number, label != nil))
            guard let label, case .call(let backend, _) = scenario.routes[call] else { return }
            for name in [backend] + (pools[backend] ?? []) {
                labelled[Name(component: name, detail: label)] = number
            }
        }
    }

    private func name(_ component: NameID, _ detail: NameID) -> Name {
        Name(component: index.trace.name(component), detail: index.trace.name(detail))
    }

    private func since(_ time: VirtualTime) -> Int64 { time.nanoseconds - request.start.nanoseconds }

    // MARK: Calls

    private mutating func add(_ span: Span) {
        guard let number = callOf[name(span.component, span.detail)] else { return }
        let arrives = span.arrived ?? span.rejected
        passages[number].append(
            MeasuredDiagram.Passage(
                sent: since(span.start), arrives: arrives.map(since), fate: index.fate(ofCall: span)))
        let last = [span.start, arrives, span.end, span.serviceFinished].compactMap(\.self).max()
        end = max(end, last ?? span.start)
        guard !span.isDetached, let answer = answer(to: number, span), let sent = span.serviceFinished ?? span.rejected
        else { return }
        let isHeard = span.outcome != .timedOut && span.outcome != .cancelled && span.outcome != .reset
        passages[answer].append(
            MeasuredDiagram.Passage(
                sent: since(sent), arrives: isHeard ? span.end.map(since) : nil, fate: .init(answer: span.outcome),
                took: isHeard ? span.duration : nil))
    }

    /// Which of the answers that the diagram has for a call was given: the last whose branch was taken.
    private func answer(to call: Int, _ span: Span) -> Int? {
        guard let answers = answersTo[call] else { return nil }
        guard answers.contains(where: \.isLabelled) else { return answers.first?.number }
        var taken: Int?
        for id in index.events(of: request.id) {
            guard let event = index.trace[id], event.kind == .branchChosen,
                let number = labelled[name(event.component, event.detail)],
                answers.contains(where: { $0.number == number }), isWithin(event.span, span.id)
            else { continue }
            taken = number
        }
        return taken ?? answers.first { !$0.isLabelled }?.number
    }

    private func isWithin(_ id: SpanID, _ outer: SpanID) -> Bool {
        var span = index.span(id)
        while let current = span {
            if current.id == outer { return true }
            if current.kind == .call { return false }
            span = index.span(current.parent).flatMap { $0.startEvent < current.startEvent ? $0 : nil }
        }
        return false
    }

    // MARK: Work

    /// A message to oneself begins with its branch and ends with the wait in it.
    private mutating func addWork(_ id: EventID) {
        guard let event = index.trace[id], event.kind == .branchChosen,
            let number = labelled[name(event.component, event.detail)], case .work = scenario.routes[number]
        else { return }
        let wait = index.children(of: event.span).first { $0.kind == .wait && $0.startEvent > id }
        passages[number].append(
            MeasuredDiagram.Passage(sent: since(event.time), arrives: wait?.end.map(since), fate: .plain))
        end = max(end, wait?.end ?? event.time)
    }
}

extension DiagramScenario {
    /// The diagram as a run measured it, by one request: the first, or another, from 1 in the order of their starts.
    /// `nil`: there is no such request.
    public func measured(
        by index: TraceIndex, of scenario: Scenario, request: Int = 1
    ) -> (diagram: MeasuredDiagram, request: RequestInfo)? {
        let requests = index.requests
        guard requests.indices.contains(request - 1) else { return nil }
        let info = requests[request - 1]
        return (DiagramPassages(self, index, info, pools: DiagramPassages.pools(of: scenario)).measured, info)
    }
}
