/// Circuit breakers.
extension PolicyReader {
    private static let mostTrials = 1000

    func breaker(_ node: YAMLNode) -> BreakerRule? {
        reader.mapping(node, "breaker", example: "{ failures: 5, open: 30s }") { map in
            let chosen = map.one(of: ["failures", "ratio"])
            let countsInARow = chosen?.key == "failures"
            let slow = countsInARow ? nil : part(map.optional("slow"), read: self.slow)
            let usual: BreakerRule.Profile = countsInARow ? .pollyV7 : slow == nil ? .pollyV8 : .resilience4j
            let profile = map.optional("like").map { reader.word($0, "a breaker that is known") } ?? usual
            let trip =
                countsInARow ? chosen.flatMap { failures($0.value) } : ratio(chosen?.value, map, profile ?? usual)
            let common = self.common(map)
            guard let trip, let common, let profile else { return nil }
            return BreakerRule(
                trip: trip, slow: slow, open: common.open, growth: common.growth, maxOpen: common.maxOpen,
                trials: common.trials ?? profile.trials, profile: profile, mode: common.mode, on: common.on)
        }
    }

    private struct Common {
        var open: Duration
        var growth: Double
        var maxOpen: Duration?
        /// `nil`: as its profile has it.
        var trials: Int?
        var mode: BreakerRule.Mode
        var on: [FailureKind]?
    }

    private func common(_ map: YAMLMapping) -> Common? {
        let open = map.required("open").flatMap(system.positive)
        let growth = map.optional("growth").map { reader.factor($0, in: 1...1000) } ?? 1
        let maxNode = map.optional("maxOpen")
        let maxOpen = maxNode.map(limit) ?? .some(nil)
        let trials = map.optional("trials").flatMap { reader.count($0, in: 1...Self.mostTrials) }
        let mode = map.optional("state").map { reader.word($0, "a state", of: BreakerRule.Mode.self) } ?? .auto
        let on = map.optional("on").flatMap(failureKinds)
        guard let open, let growth, let maxOpen, let mode else { return nil }
        if let maxNode, let maxOpen, maxOpen < open {
            reader.report("maxOpen (\(maxOpen.written)) is less than open (\(open.written))", at: maxNode.mark)
        }
        return Common(open: open, growth: growth, maxOpen: maxOpen, trials: trials, mode: mode, on: on)
    }

    private func failures(_ node: YAMLNode) -> BreakerRule.Trip? {
        reader.count(node, in: 1...Self.most).map(BreakerRule.Trip.consecutive)
    }

    private func ratio(_ node: YAMLNode?, _ map: YAMLMapping, _ profile: BreakerRule.Profile) -> BreakerRule.Trip? {
        let ratio = node.flatMap(threshold)
        let windowNode = map.optional("window")
        let window = windowNode.map(self.window) ?? profile.window
        let minimumNode = map.optional("minimum")
        let written = minimumNode.flatMap { reader.count($0, in: 1...Self.most) }
        guard let ratio, let window, minimumNode == nil || written != nil else { return nil }
        var minimum = written ?? profile.minimum
        switch window {
        case .count(let calls):
            if let minimumNode, minimum > calls {
                reader.report(
                    "minimum (\(minimum)) is more than the \(calls) calls of the window", at: minimumNode.mark)
            }
            minimum = min(minimum, calls)
        case .time(let length):
            if let windowNode, length < profile.bucket {
                reader.report(
                    "a window of \(length.written) is shorter than its bucket: \(profile.rawValue) counts in buckets "
                        + "of \(profile.bucket.written)",
                    at: windowNode.mark)
            }
        }
        return .ratio(ratio, minimum: minimum, window: window)
    }

    /// So many calls, or a time.
    private func window(_ node: YAMLNode) -> BreakerRule.Window? {
        if let text = node.text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return reader.count(node, in: 1...Self.most).map(BreakerRule.Window.count)
        }
        return system.positive(node).map(BreakerRule.Window.time)
    }

    private func slow(_ node: YAMLNode) -> BreakerRule.Slow? {
        reader.mapping(node, "slow", example: "{ after: 2s, ratio: 50% }") { map in
            let after = map.required("after").flatMap(system.positive)
            let ratio = map.optional("ratio").map(threshold) ?? 1
            if let after, let ratio { return BreakerRule.Slow(after: after, ratio: ratio) }
            return nil
        }
    }

    /// A share above zero.
    private func threshold(_ node: YAMLNode) -> Double? {
        guard let share = reader.share(node) else { return nil }
        if share > 0 { return share }
        reader.report("a threshold of 0% would always be met", at: node.mark)
        return nil
    }
}

extension BreakerRule.Profile {
    /// What a breaker like this one counts when the file does not say: Polly 8, resilience4j and Hystrix have their
    /// own; the others have no ratio by default, and take Polly's.
    fileprivate var window: BreakerRule.Window {
        switch self {
        case .resilience4j: .count(100)
        case .hystrix: .time(.seconds(10))
        default: .time(.seconds(30))
        }
    }

    fileprivate var minimum: Int { self == .hystrix ? 20 : 100 }

    fileprivate var trials: Int { self == .resilience4j ? 10 : 1 }

    /// Polly and the others count in tenths of any window.
    fileprivate var bucket: Duration {
        switch self {
        case .resilience4j: .seconds(1)
        case .hystrix: .milliseconds(500)
        default: .zero
        }
    }
}
