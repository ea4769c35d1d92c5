import Model
import Scenario
import Testing
import Trace

/// What must hold whatever services call each other.
@Suite struct ServiceInvariantTests {
    static let cases = Result { try (1...120).map { try InvariantTests.Case(services: $0) } }

    func forEachScenario(_ check: (InvariantTests.Case) throws -> Void) throws {
        for item in try Self.cases.get() { try check(item) }
    }

    @Test func everythingThatBeginsEnds() throws {
        var kinds: Set<EventKind> = []
        try forEachScenario { item in
            var open: Set<SpanID> = []
            var serving = 0
            for event in item.trace.events {
                kinds.insert(event.kind)
                if event.kind.opensSpan { open.insert(event.span) }
                if event.kind.closesSpan { open.remove(event.span) }
                if event.kind == .serviceStarted { serving += 1 }
                if event.kind == .serviceFinished { serving -= 1 }
            }
            #expect(open.isEmpty && serving == 0, item.story)
            #expect(item.trace.all(.requestStarted).count == 6, item.story)
        }
        // The graphs are no good if nothing happens in them.
        let met: [EventKind] = [
            .callDetached, .branchChosen, .cacheHit, .timeoutFired, .callAbandoned, .retryScheduled, .bulkheadQueued,
            .breakerOpened, .fallbackUsed, .copyStarted, .faultStarted, .callExpired, .balancerPicked, .clockSet,
        ]
        #expect(met.filter { !kinds.contains($0) } == [])
    }

    @Test func whatServicesDoIsInsideTheirCallsAndInTheirNames() throws {
        try forEachScenario { item in
            var openings: [SpanID: Event] = [:]
            for event in item.trace.events where event.kind.opensSpan {
                openings[event.span] = event
                guard event.kind == .stepStarted || event.kind == .waitStarted else { continue }
                var parent = openings[event.parent]
                while let next = parent, ![.callSent, .requestStarted, .stepStarted].contains(next.kind) {
                    parent = openings[next.parent]
                }
                if let parent { #expect(parent.component == event.component, item.story) }
            }
        }
    }

    /// Each change of a run gives the same run when it is made again.
    @Test func sameInputsGiveTheSameTrace() throws {
        for item in try Self.cases.get().prefix(30) {
            let document = try ScenarioDocument(yaml: item.yaml, file: "again.yaml")
            let again = try Run(document, seed: item.seed, interventions: item.interventions).trace()
            #expect(again.events == item.trace.events, item.story)
        }
    }
}
