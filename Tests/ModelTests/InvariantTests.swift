import Model
import Scenario
import Testing
import Trace

/// What must hold in every run, whatever the scenario.
@Suite struct InvariantTests {
    /// A random scenario that was run.
    struct Case: Sendable {
        var trace: Trace
        var scenario: Scenario
        var seed: UInt64
        var yaml: String
        var interventions: [Intervention]
        /// How to get it again.
        var story: Comment

        init(seed: UInt64, hasPolicies: Bool = false) throws {
            var random = RandomScenario(seed: seed, hasPolicies: hasPolicies)
            let yaml = random.yaml()
            try self.init(seed: seed, yaml, random.interventions())
        }

        /// A graph of services.
        init(services seed: UInt64) throws {
            var random = RandomServices(seed: seed)
            let yaml = random.yaml()
            try self.init(seed: seed, yaml, random.interventions())
        }

        private init(seed: UInt64, _ yaml: String, _ interventions: [Intervention]) throws {
            self.seed = seed
            self.yaml = yaml
            self.interventions = interventions
            let document = try ScenarioDocument(yaml: yaml, file: "seed-\(seed).yaml")
            let run = Run(document, seed: seed, interventions: interventions)
            trace = try run.trace()
            scenario = document.scenario
            story = "seed \(seed)\n\(yaml)\n\(run.interventions)"
        }
    }

    static let cases = Result {
        try (1...60).map { try Case(seed: $0) } + (1...80).map { try Case(seed: $0, hasPolicies: true) }
            + ServiceInvariantTests.cases.get()
    }

    /// Hands each trace, with its scenario, to a check.
    func forEachScenario(_ check: (Trace, Scenario, Comment) throws -> Void) throws {
        for item in try Self.cases.get() { try check(item.trace, item.scenario, item.story) }
    }

    @Test func timeAndCausesOnlyGoForward() throws {
        try forEachScenario { trace, scenario, story in
            let end = VirtualTime.zero.advanced(by: scenario.duration)
            var last = VirtualTime.zero
            for (index, event) in trace.events.enumerated() {
                let isInOrder = event.time >= last && Int(event.cause.rawValue) <= index && event.time <= end
                #expect(isInOrder, story)
                if !isInOrder { break }
                last = event.time
            }
            #expect(trace.events.count > 20, story)
        }
    }

    @Test func spansOpenOnceAndCloseAtMostOnceInsideTheirParents() throws {
        try forEachScenario { trace, _, story in
            var open: [SpanID: Event] = [:]
            var closed: Set<SpanID> = []
            // A service works on for a caller who no longer waits.
            var left: [SpanID: Event] = [:]
            var problems: [String] = []
            for event in trace.events {
                if event.kind.opensSpan {
                    if open[event.span] != nil || closed.contains(event.span) { problems.append("opened twice") }
                    let isOutermost = event.kind == .requestStarted || event.kind == .backgroundStarted
                    let parent = open[event.parent] ?? left[event.parent]
                    if isOutermost ? event.parent != .none : parent?.request != event.request {
                        problems.append("parent not open: \(trace.line(event))")
                    }
                    open[event.span] = event
                } else if event.kind.closesSpan {
                    guard let start = open.removeValue(forKey: event.span) else {
                        problems.append("closed without being open: \(trace.line(event))")
                        continue
                    }
                    closed.insert(event.span)
                    if start.request != event.request || start.parent != event.parent {
                        problems.append("another span")
                    }
                    let isTimed = ![.cacheHit, .cacheMiss, .cacheAbandoned].contains(event.kind)
                    if isTimed, event.value != event.time.nanoseconds - start.time.nanoseconds {
                        problems.append("wrong time")
                    }
                    if event.kind == .callAbandoned || event.kind == .callDetached {
                        left[event.span] = start
                    } else if open.values.contains(where: { $0.parent == event.span }) {
                        problems.append("children left open")
                    }
                }
            }
            #expect(problems.isEmpty, story)
        }
    }

    /// sent, arrived, then rejected or dropped, or served after queueing or at once; answered or abandoned once.
    @Test func callsGoThroughTheirStagesInOrder() throws {
        let next: [EventKind?: [EventKind]] = [
            nil: [.callSent], .callSent: [.callArrived],
            .callArrived: [.callQueued, .callRejected, .callExpired, .serviceStarted],
            .callQueued: [.serviceStarted, .callRejected, .callExpired], .serviceStarted: [.serviceFinished],
            .serviceFinished: [.callFinished], .callRejected: [.callFinished], .callFinished: [], .callExpired: [],
        ]
        try forEachScenario { trace, _, story in
            var stage: [SpanID: EventKind] = [:]
            var abandoned: Set<SpanID> = []
            var bad = ""
            for event in trace.events where (20..<30).contains(event.kind.rawValue) {
                if event.kind == .callAbandoned || event.kind == .callDetached {
                    if stage[event.span] == .callFinished || !abandoned.insert(event.span).inserted {
                        bad += "abandoned late"
                    }
                    continue
                }
                if !(next[stage[event.span]] ?? []).contains(event.kind) {
                    bad += "\(trace.line(event)) after \(String(describing: stage[event.span])); "
                }
                if event.kind == .callFinished, abandoned.contains(event.span) {
                    bad += "answered after it was abandoned"
                }
                stage[event.span] = event.kind
            }
            #expect(bad.isEmpty, story)
        }
    }

    @Test func slotsAndQueuesKeepTheirLimitsAndTheirOrder() throws {
        try forEachScenario { trace, scenario, story in
            for backend in scenario.everyBackend {
                var waiting: [SpanID] = []
                var serving = 0
                var slots = Int64.max
                var counts: [EventKind: Int] = [:]
                var bad = ""
                for event in trace.events where trace.name(event.component) == backend.name {
                    counts[event.kind, default: 0] += 1
                    switch event.kind {
                    case .capacityChanged: slots = event.value < 0 ? .max : event.value
                    case .callArrived: if event.value != Int64(serving) { bad += "in service at arrival; " }
                    case .callQueued:
                        waiting.append(event.span)
                        if event.value != Int64(waiting.count) || waiting.count > backend.queue ?? .max {
                            bad += "queue; "
                        }
                        if serving < slots { bad += "queued beside a free slot; " }
                    case .serviceStarted:
                        serving += 1
                        if let index = waiting.firstIndex(of: event.span) {
                            if index != 0 { bad += "not first in, first out; " }
                            waiting.remove(at: index)
                        } else if !waiting.isEmpty {
                            bad += "overtook the queue; "
                        }
                        if event.value != Int64(serving) || serving > slots { bad += "slots; " }
                    case .serviceFinished: serving -= 1
                    case .callRejected, .callExpired: waiting.removeAll { $0 == event.span }
                    default: break
                    }
                }
                let count = { (kind: EventKind) in counts[kind] ?? 0 }
                let turnedAway = count(.callRejected) + count(.callExpired)
                let expected = count(.serviceStarted) + waiting.count + turnedAway
                if count(.callArrived) != expected { bad += "arrivals do not add up; " }
                if count(.serviceStarted) != count(.serviceFinished) + serving { bad += "services do not add up; " }
                #expect(bad.isEmpty, "\(bad) \(backend.name)\n\(story)")
            }
        }
    }

    @Test func sameInputsGiveTheSameTraceWhateverRunsBeside() async throws {
        var random = RandomScenario(seed: 5, hasPolicies: true)
        let run = Run(try ScenarioDocument(yaml: random.yaml(), file: "test.yaml"))
        let expected = try run.trace().digest
        let digests = await withTaskGroup(of: TraceDigest?.self) { group in
            for _ in 0..<8 { group.addTask { try? run.trace().digest } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(digests.count == 8 && digests.allSatisfy { $0 == expected })
    }
}
