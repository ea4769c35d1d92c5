import Model
import Scenario
import Trace

/// Runs a scenario written in YAML.
func rehearse(
    _ yaml: String, seed: UInt64? = nil, interventions: [Intervention] = []
) throws -> Trace {
    try Run(ScenarioDocument(yaml: yaml, file: "test.yaml"), seed: seed, interventions: interventions).trace()
}

func at(_ milliseconds: Int, _ action: Intervention.Action) -> Intervention {
    Intervention(at: .milliseconds(milliseconds), action: action)
}

extension Trace {
    /// One line an event, for the cases where the picture is the point: `500 callFinished sql run ok`.
    func story(_ kinds: EventKind...) -> [String] {
        events.filter { kinds.isEmpty || kinds.contains($0.kind) }.map { line($0) }
    }

    func line(_ event: Event) -> String {
        let milliseconds = event.time.milliseconds
        var words = [
            milliseconds == milliseconds.rounded() ? "\(Int(milliseconds))" : "\(milliseconds)", "\(event.kind)",
        ]
        if event.component != .none { words.append(name(event.component)) }
        if event.detail != .none { words.append(name(event.detail)) }
        if event.outcome != .none { words.append("\(event.outcome)") }
        return words.joined(separator: " ")
    }

    func all(_ kind: EventKind, _ component: String? = nil) -> [Event] {
        events.filter { $0.kind == kind && (component == nil || name($0.component) == component) }
    }

    /// Latencies of finished requests in milliseconds, in the order of their starts.
    var latencies: [Double] {
        all(.requestFinished).sorted { $0.request < $1.request }.map { Double($0.value) / 1e6 }
    }

    /// The kinds and components from an event back to the one that nothing caused.
    func why(_ event: Event?) -> [String] {
        var chain: [String] = []
        var next = event
        while let event = next {
            chain.append(name(event.component) + " \(event.kind)")
            next = self[event.cause]
        }
        return chain
    }
}

/// A seeded generator for property tests: SplitMix64.
struct TestRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
