import Model
import Scenario
import Testing
import Trace

/// What must hold of policies in every run, whatever the scenario.
@Suite struct PolicyInvariantTests {
    func forEachScenario(_ check: (Trace, Comment) throws -> Void) throws {
        for item in try InvariantTests.cases.get() where !item.scenario.policies.isEmpty {
            try check(item.trace, item.story)
        }
    }

    func layers(_ trace: Trace, _ kind: Component.Kind) -> [NameID] {
        trace.components.filter { $0.kind == kind }.map(\.name)
    }

    @Test func theScenariosMakePoliciesWork() throws {
        var met: Set<EventKind> = []
        try forEachScenario { trace, _ in met.formUnion(trace.events.map(\.kind)) }
        let kinds = EventKind.allCases.filter { (80..<132).contains($0.rawValue) || $0 == .callExpired }
        #expect(kinds.filter { !met.contains($0) } == [])
    }

    /// Who enters was allowed to, leaves once, and is inside between; who waits enters, is sent away, or gives up with
    /// the pass that it waits in.
    @Test func bulkheadsHoldNoMoreThanTheyMayAndLoseNobody() throws {
        try forEachScenario { trace, story in
            for layer in layers(trace, .bulkhead) {
                var (limit, bad) = (Int64.max, "")
                var inside: [SpanID] = []
                var waiting: [SpanID] = []
                for event in trace.events {
                    if event.kind.closesSpan, inside.contains(event.span) { bad += "pass ended inside; " }
                    if event.kind.closesSpan { waiting.removeAll { $0 == event.span } }
                    guard event.component == layer else { continue }
                    switch event.kind {
                    case .layerConfigured where trace.name(event.detail) == "concurrent": limit = event.value
                    case .limitChanged: limit = event.value
                    case .bulkheadEntered:
                        inside.append(event.span)
                        waiting.removeAll { $0 == event.span }
                        if Int64(inside.count) > limit || event.value != Int64(inside.count) { bad += "inside; " }
                    case .bulkheadQueued:
                        waiting.append(event.span)
                        if Int64(inside.count) < limit, waiting.count == 1 { bad += "waits beside a free place; " }
                    case .bulkheadShed:
                        if !waiting.contains(event.span) { bad += "sent away and not there; " }
                        waiting.removeAll { $0 == event.span }
                    case .bulkheadLeft:
                        guard let index = inside.firstIndex(of: event.span) else {
                            bad += "left twice; "
                            continue
                        }
                        inside.remove(at: index)
                        if event.value != Int64(inside.count) { bad += "left; " }
                    default: break
                    }
                }
                #expect(bad.isEmpty, "\(bad) \(trace.name(layer))\n\(story)")
            }
        }
    }

    @Test func breakersChangeAsTheirTableSays() throws {
        let before: [EventKind: [EventKind]] = [
            .breakerOpened: [.breakerClosed, .breakerHalfOpened], .breakerHalfOpened: [.breakerOpened],
            .breakerClosed: [.breakerHalfOpened],
        ]
        try forEachScenario { trace, story in
            for layer in layers(trace, .breaker) {
                var (state, bad) = (EventKind.breakerClosed, "")
                for event in trace.events where event.component == layer {
                    switch event.kind {
                    case .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerDisabled:
                        let isForced = trace.name(event.detail) == "forced"
                        if !isForced, !(before[event.kind] ?? []).contains(state) {
                            bad += "\(event.kind) after \(state); "
                        }
                        state = event.kind
                    case .breakerRejected:
                        if state == .breakerClosed || state == .breakerDisabled { bad += "rejected while \(state); " }
                    default: break
                    }
                }
                #expect(bad.isEmpty, "\(bad) \(trace.name(layer))\n\(story)")
            }
        }
    }

    /// Attempts of a pass are numbered from 1, one after another; each but the first follows a wait; only the last may
    /// succeed.
    @Test func attemptsFollowOneAnother() throws {
        try forEachScenario { trace, story in
            var attempts: [Place: Int64] = [:]
            var open: Set<Place> = []
            var bad = ""
            for event in trace.events {
                let place = Place(span: event.parent, layer: event.component)
                switch event.kind {
                case .attemptStarted:
                    if event.value != (attempts[place] ?? 0) + 1 { bad += "numbers; " }
                    if !open.insert(place).inserted { bad += "two at once; " }
                    if event.value > 1, trace[event.cause]?.kind != .retryScheduled { bad += "no wait; " }
                    attempts[place] = event.value
                case .attemptFinished: open.remove(place)
                default: break
                }
            }
            #expect(bad.isEmpty, "\(bad)\n\(story)")
        }
    }

    private struct Place: Hashable {
        var span: SpanID
        var layer: NameID
    }

    /// At most one copy of a pass succeeds.
    @Test func oneCopyWins() throws {
        try forEachScenario { trace, story in
            var won: Set<Place> = []
            for event in trace.events where event.kind == .copyFinished && event.outcome == .ok {
                let isFirst = won.insert(Place(span: event.parent, layer: event.component)).inserted
                #expect(isFirst, story)
            }
        }
    }

    /// What runs when a pass ends has ended with it, but for what a service does for a caller that has given up.
    @Test func aPassEndsAfterAllThatItHolds() throws {
        try forEachScenario { trace, story in
            var children: [SpanID: Int] = [:]
            var bad = ""
            for event in trace.events {
                if event.kind.opensSpan { children[event.parent, default: 0] += 1 }
                if event.kind.closesSpan {
                    children[event.parent, default: 0] -= 1
                    let isGivenUp = event.kind == .callAbandoned || event.kind == .callDetached
                    if !isGivenUp, (children[event.span] ?? 0) != 0 { bad += trace.line(event) + "; " }
                }
            }
            #expect(bad.isEmpty, "\(bad)\n\(story)")
        }
    }

    @Test func aPolicyThatNobodyUsesChangesNothing() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var random = RandomScenario(seed: seed, hasPolicies: true)
            let yaml = random.yaml()
            let idle = "  idle: [ { timeout: 1s }, { bulkhead: { concurrent: 2, queue: 3 } } ]"
            let more = yaml.replacing("policies:\n", with: "policies:\n\(idle)\n")
            let (base, other) = (try rehearse(yaml), try rehearse(more))
            #expect(base.story() == other.story().filter { !$0.contains("layerConfigured idle.") })
            #expect(base.events.count > 100)
        }
    }

    @Test func sameInputsGiveTheSameBytes() throws {
        for item in try InvariantTests.cases.get().suffix(20) {
            let run = Run(
                try ScenarioDocument(yaml: item.yaml, file: "seed-\(item.seed).yaml"), seed: item.seed,
                interventions: item.interventions)
            #expect(try run.trace().digest == item.trace.digest)
        }
    }
}
