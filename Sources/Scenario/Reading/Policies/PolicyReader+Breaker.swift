/// Circuit breakers.
extension PolicyReader {
    private static let mostTrials = 1000
    private static let longestWindow = Duration.seconds(12 * 3600)

    func breaker(_ node: YAMLNode) -> BreakerRule? {
        reader.mapping(node, "breaker", example: "{ failures: 5, open: 30s }") { map in
            let chosen = map.one(of: ["failures", "ratio"])
            let countsInARow = chosen?.key == "failures"
            if countsInARow { refuseWindow(map) }
            let slow = countsInARow ? nil : part(map.optional("slow"), read: self.slow)
            let usual: BreakerRule.Profile = countsInARow ? .pollyV7 : slow == nil ? .pollyV8 : .resilience4j
            let written = map.optional("like").map { reader.word($0, "a breaker that is known") } ?? usual
            let profile = written ?? usual
            let trip = countsInARow ? chosen.flatMap { failures($0.value) } : ratio(chosen?.value, map, profile)
            let common = self.common(map, profile)
            guard let trip, let common, written != nil else { return nil }
            return BreakerRule(
                trip: trip, slow: slow, open: common.open, growth: common.growth, maxOpen: common.maxOpen,
                trials: common.trials, profile: profile, sweep: common.sweep, mode: common.mode, on: common.on)
        }
    }

    // MARK: What every breaker has

    private struct Common {
        var open: Duration
        var growth: Double
        var maxOpen: Duration?
        var trials: Int
        var sweep: Duration?
        var mode: BreakerRule.Mode
        var on: [FailureKind]?
    }

    private func common(_ map: YAMLMapping, _ profile: BreakerRule.Profile) -> Common? {
        let open = map.required("open").flatMap { self.open($0, profile) }
        let growth = map.optional("growth").map { self.growth($0, profile) } ?? 1
        let maxNode = map.optional("maxOpen")
        let maxOpen = maxNode.map(limit) ?? .some(nil)
        let trials = map.optional("trials").map { self.trials($0, profile) } ?? profile.trials
        let sweep = map.optional("sweep").map { self.sweep($0, profile) } ?? profile.sweep
        let mode = map.optional("state").map { reader.word($0, "a state") } ?? BreakerRule.Mode.auto
        let on = map.optional("on").flatMap(failureKinds)
        guard let open, let growth, let maxOpen, let trials, let sweep, let mode else { return nil }
        if let maxNode, let maxOpen, maxOpen < open {
            reader.report("maxOpen (\(maxOpen.written)) is less than open (\(open.written))", at: maxNode.mark)
        }
        return Common(
            open: open, growth: growth, maxOpen: maxOpen, trials: trials, sweep: sweep, mode: mode, on: on)
    }

    private func open(_ node: YAMLNode, _ profile: BreakerRule.Profile) -> Duration? {
        guard let open = system.positive(node) else { return nil }
        if profile != .pollyV8 || open >= BreakerRule.Profile.shortestInPolly { return open }
        reader.report("a pollyV8 breaker stays open for at least 500ms", at: node.mark, suggestion: "write 500ms")
        return nil
    }

    private func growth(_ node: YAMLNode, _ profile: BreakerRule.Profile) -> Double? {
        guard let growth = reader.factor(node, in: 1...1000) else { return nil }
        if growth == 1 || profile != .envoy { return growth }
        reader.report(
            "an envoy breaker stays open for once, twice, three times open", at: node.mark, suggestion: "remove growth")
        return nil
    }

    private func sweep(_ node: YAMLNode, _ profile: BreakerRule.Profile) -> Duration?? {
        guard let sweep = system.positive(node) else { return nil }
        if profile == .envoy { return sweep }
        reader.report(
            "a \(profile.rawValue) breaker is not brought back by sweeps", at: node.mark,
            suggestion: "remove sweep, or write like: envoy")
        return nil
    }

    private func trials(_ node: YAMLNode, _ profile: BreakerRule.Profile) -> Int? {
        guard let trials = reader.count(node, in: 1...Self.mostTrials) else { return nil }
        if trials == 1 || profile.hasSeveralTrials { return trials }
        let others = BreakerRule.Profile.allCases.filter(\.hasSeveralTrials).map(\.rawValue).joined(separator: ", ")
        reader.report(
            "a \(profile.rawValue) breaker lets 1 trial through", at: node.mark,
            suggestion: "several trials are like: \(others)")
        return nil
    }

    // MARK: When it opens

    /// Failures in a row need no window, and slow calls are a share of one.
    private func refuseWindow(_ map: YAMLMapping) {
        for key in ["window", "minimum", "slow"] where map.optional(key) != nil {
            let mark = map.entries.first { $0.key == key }?.keyMark ?? map.node.mark
            reader.report(
                "\(key) goes with ratio, and this breaker has failures", at: mark, suggestion: "use ratio: 50%")
        }
    }

    private func failures(_ node: YAMLNode) -> BreakerRule.Trip? {
        reader.count(node, in: 1...Self.most).map(BreakerRule.Trip.consecutive)
    }

    private func ratio(_ node: YAMLNode?, _ map: YAMLMapping, _ profile: BreakerRule.Profile) -> BreakerRule.Trip? {
        let ratio = node.flatMap(threshold)
        let window = map.optional("window").map { self.window($0, profile) } ?? profile.window
        let minimumNode = map.optional("minimum")
        let calls = profile.leastMinimum...Self.most
        let minimum = minimumNode.map { reader.count($0, in: calls) } ?? profile.minimum
        guard let ratio, let window, let minimum else { return nil }
        guard case .count(let calls) = window, minimum > calls else {
            return .ratio(ratio, minimum: minimum, window: window)
        }
        if let minimumNode {
            reader.report("minimum (\(minimum)) is more than the \(calls) calls of the window", at: minimumNode.mark)
        }
        return .ratio(ratio, minimum: calls, window: window)
    }

    /// So many calls, or a time.
    private func window(_ node: YAMLNode, _ profile: BreakerRule.Profile) -> BreakerRule.Window? {
        if let text = node.text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return reader.count(node, in: profile.leastMinimum...Self.most).map(BreakerRule.Window.count)
        }
        guard let length = system.positive(node) else { return nil }
        if length > Self.longestWindow {
            reader.report("\(length.written) is too long for a window", at: node.mark, suggestion: "at most 12h")
        } else if profile == .pollyV8, length < BreakerRule.Profile.shortestInPolly {
            reader.report("a pollyV8 window is at least 500ms long", at: node.mark, suggestion: "write 500ms")
        } else if let bucket = profile.bucket, length < bucket {
            reader.report(
                "this window is shorter than its bucket: \(profile.rawValue) counts in buckets of \(bucket.written)",
                at: node.mark, suggestion: "write \(bucket.written)")
        } else if let bucket = profile.bucket, !length.isMultiple(of: bucket) {
            reader.report(
                "this window is no whole number of buckets: \(profile.rawValue) counts in buckets of \(bucket.written)",
                at: node.mark, suggestion: "write \(length.rounded(upTo: bucket).written)")
        } else {
            return .time(length)
        }
        return nil
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

/// What is left out is as in the library: Polly 8, resilience4j and Hystrix have a window and a minimum. The others
/// count no ratio by themselves and take Polly's.
extension BreakerRule.Profile {
    fileprivate static let shortestInPolly = Duration.milliseconds(500)

    fileprivate var window: BreakerRule.Window {
        switch self {
        case .resilience4j: .count(100)
        case .hystrix: .time(.seconds(10))
        default: .time(.seconds(30))
        }
    }

    fileprivate var minimum: Int { self == .hystrix ? 20 : 100 }

    /// Polly 8 decides nothing on a single call.
    fileprivate var leastMinimum: Int { self == .pollyV8 ? 2 : 1 }

    fileprivate var trials: Int { self == .resilience4j ? 10 : 1 }

    fileprivate var hasSeveralTrials: Bool { [.resilience4j, .gobreaker, .pybreaker].contains(self) }

    fileprivate var sweep: Duration? { self == .envoy ? .seconds(10) : nil }

    /// What its windows of time are made of; `nil`: it divides any window.
    fileprivate var bucket: Duration? {
        switch self {
        case .resilience4j: .seconds(1)
        case .hystrix: .milliseconds(500)
        default: nil
        }
    }
}

extension Duration {
    fileprivate func isMultiple(of other: Duration) -> Bool { rounded(upTo: other) == self }

    fileprivate func rounded(upTo other: Duration) -> Duration { other * Int((self / other).rounded(.up)) }
}
