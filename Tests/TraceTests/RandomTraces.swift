import Trace

/// A small generator for tests: xorshift64*.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_f491_4f6c_dd1d
    }
}

extension Trace {
    /// Any legal trace: odd names, every kind of event, numbers near the ends of their ranges.
    static func random(_ random: inout TestRandom) -> Trace {
        let alphabet = ["a", "sql", "ñ", "🦊", "\u{1b}[2J", "", " ", "x\0y", "日本"]
        var trace = Trace(scenario: alphabet.randomElement(using: &random) ?? "", seed: random.next())
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            _ = trace.names.intern((0..<3).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined())
        }
        let names = UInt32(trace.names.names.count)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            trace.components.append(
                Component(
                    name: NameID(.random(in: 0..<names, using: &random)),
                    kind: Component.Kind.allCases.randomElement(using: &random) ?? .client))
        }
        var time = VirtualTime.zero
        for number in 1...UInt32.random(in: 1...60, using: &random) {
            time = time.advanced(byNanoseconds: Int64(extreme(&random) >> 1))
            trace.events.append(
                Event(
                    time: time, kind: EventKind.allCases.randomElement(using: &random) ?? .mark,
                    outcome: Outcome.allCases.randomElement(using: &random) ?? .none,
                    component: NameID(.random(in: 0..<names, using: &random)),
                    detail: NameID(.random(in: 0..<names, using: &random)),
                    request: RequestID(UInt32(truncatingIfNeeded: extreme(&random))),
                    span: SpanID(UInt32(truncatingIfNeeded: extreme(&random))),
                    parent: SpanID(UInt32(truncatingIfNeeded: extreme(&random))),
                    cause: EventID(.random(in: 0..<number, using: &random)),
                    value: Int64(bitPattern: extreme(&random))))
        }
        trace.end = time
        return trace
    }

    /// Small, large and middling numbers alike.
    private static func extreme(_ random: inout TestRandom) -> UInt64 {
        switch random.next() % 8 {
        case 0: 0
        case 1: .max
        case 2: .max - 1
        case let choice: random.next() >> (choice * 8 - 8)
        }
    }
}
