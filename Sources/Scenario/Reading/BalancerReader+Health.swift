/// How a balancer finds out which servers are well, and how they come back.
extension BalancerReader {
    private static let mostChecks = 1000

    func health(_ node: YAMLNode) -> Pool.HealthCheck? {
        reader.mapping(node, "health", example: "{ every: 2s, timeout: 1s, rise: 2, fall: 3 }") { map in
            let usual = Pool.HealthCheck()
            let every = map.optional("every").map(system.positive) ?? usual.every
            let timeoutNode = map.optional("timeout")
            let timeout = timeoutNode.map(system.positive) ?? min(usual.timeout, every ?? usual.timeout)
            let rise = map.optional("rise").map { reader.count($0, in: 1...Self.mostChecks) } ?? usual.rise
            let fall = map.optional("fall").map { reader.count($0, in: 1...Self.mostChecks) } ?? usual.fall
            let start = map.optional("start").map { reader.word($0, "a state to begin with") } ?? usual.start
            let fastEvery = system.part(map.optional("fastEvery"), read: system.positive)
            let downEvery = system.part(map.optional("downEvery"), read: system.positive)
            let observe = system.part(map.optional("observe"), read: observing)
            guard let every, let timeout, let rise, let fall, let start else { return nil }
            if let timeoutNode, timeout > every {
                reader.report(
                    "a check of \(timeout.written) would not be over when the next one begins, after \(every.written)",
                    at: timeoutNode.mark, suggestion: "write \(every.written) or less")
            }
            return Pool.HealthCheck(
                every: every, fastEvery: fastEvery, downEvery: downEvery, timeout: timeout, rise: rise, fall: fall,
                start: start, observe: observe)
        }
    }

    private func observing(_ node: YAMLNode) -> Pool.HealthCheck.Observing? {
        let usual = Pool.HealthCheck.Observing()
        let counts = 1...PolicyReader.most
        if node.entries == nil { return reader.count(node, in: counts).map { .init(errors: $0) } }
        return reader.mapping(node, "observe", example: "{ errors: 10, then: failCheck }") { map in
            let errors = map.optional("errors").map { reader.count($0, in: counts) } ?? usual.errors
            let then = map.optional("then").map { reader.word($0, "what errors lead to") } ?? usual.then
            guard let errors, let then else { return nil }
            return Pool.HealthCheck.Observing(errors: errors, then: then)
        }
    }

    // MARK: Who watches the answers

    /// Two that leave servers out for what they answer would not know of each other.
    func checkWatchers(_ pool: Pool, _ map: YAMLMapping) {
        let watchers = [("outliers", pool.outliers != nil), ("passive", pool.passive != nil),
            ("accrual", pool.accrual != nil)].filter(\.1).map(\.0)
        guard watchers.count > 1, let node = map.node[watchers[1]] else { return }
        reader.report(
            "\(watchers[0]) and \(watchers[1]) both leave servers out for what they answer", at: node.mark,
            suggestion: "write \(watchers[0]): none, or \(watchers[1]): none")
    }

    func passive(_ node: YAMLNode) -> Pool.PassiveRule? {
        reader.mapping(node, "passive", example: "{ maxFails: 1, failTimeout: 10s }") { map in
            let usual = Pool.PassiveRule()
            let maxFails = map.optional("maxFails").map { reader.count($0, in: 1...PolicyReader.most) }
                ?? usual.maxFails
            let failTimeout = map.optional("failTimeout").map(wholeSeconds) ?? usual.failTimeout
            guard let maxFails, let failTimeout else { return nil }
            return Pool.PassiveRule(maxFails: maxFails, failTimeout: failTimeout)
        }
    }

    /// nginx counts no others.
    private func wholeSeconds(_ node: YAMLNode) -> Duration? {
        guard let duration = system.positive(node) else { return nil }
        if duration.components.attoseconds == 0 { return duration }
        let next = Duration.seconds(duration.components.seconds + 1)
        reader.report(
            "nginx counts in whole seconds, and \(duration.written) is not one", at: node.mark,
            suggestion: "write \(next.written)")
        return nil
    }

    func accrual(_ node: YAMLNode) -> Pool.AccrualRule? {
        reader.mapping(node, "accrual", example: "{ like: linkerd, failures: 7 }") { map in
            let profile: Pool.AccrualRule.Profile? =
                map.optional("like").map { reader.word($0, "a kind of failure accrual") } ?? .linkerd
            var rule = Pool.AccrualRule.usual(profile ?? .linkerd)
            let usual = rule
            if let node = map.optional("failures") {
                rule.failures = system.part(node) { reader.count($0, in: 1...PolicyReader.most) }
            }
            if let node = map.optional("successRate") {
                rule.successRate = system.part(node, read: somethingOf)
            }
            rule.window = map.optional("window").flatMap { milliseconds($0, "a window") } ?? usual.window
            rule.requests = map.optional("requests").flatMap { reader.count($0, in: 1...PolicyReader.most) }
                ?? usual.requests
            rule.min = map.optional("min").flatMap(system.positive) ?? usual.min
            let max = map.optional("max")
            rule.max = max.flatMap(system.positive) ?? Swift.max(usual.max, rule.min)
            rule.jitter = map.optional("jitter").flatMap { reader.share($0) } ?? usual.jitter
            guard profile != nil else { return nil }
            check(rule, map, max: max)
            return rule
        }
    }

    private func check(_ rule: Pool.AccrualRule, _ map: YAMLMapping, max: YAMLNode?) {
        if let max, rule.max < rule.min {
            reader.report(
                "max (\(rule.max.written)) is less than min (\(rule.min.written))", at: max.mark,
                suggestion: "write \(rule.min.written) or more")
        }
        let (foreign, why, other) =
            switch rule.profile {
            case .linkerd:
                (["successRate", "window", "requests"], "Linkerd looks at failures in a row only", "finagle")
            case .finagle: (["jitter"], "Finagle has a jitter of its own", "linkerd")
            }
        for key in foreign {
            guard let node = map.node[key], node.text != "none" else { continue }
            reader.report(why, at: node.mark, suggestion: "remove \(key), or write like: \(other)")
        }
        guard rule.failures == nil, rule.successRate == nil, map.node["failures"]?.text == "none" else { return }
        reader.report(
            "nothing makes a server dead here", at: map.node.mark,
            suggestion: rule.profile == .linkerd ? "write failures: 7" : "write failures: 5 or successRate: 80%")
    }

    func outliers(_ node: YAMLNode) -> Pool.OutlierRule? {
        reader.mapping(node, "outliers", example: "{ consecutive: 5, base: 30s }") { map in
            let profile: Pool.OutlierRule.Profile? =
                map.optional("like").map { reader.word($0, "a kind of outlier detection") } ?? .envoy
            var rule = Pool.OutlierRule.usual(profile ?? .envoy)
            let usual = rule
            rule.interval = map.optional("interval").flatMap(system.positive) ?? usual.interval
            rule.base = map.optional("base").flatMap(system.positive) ?? usual.base
            let most = map.optional("most")
            rule.most = most.flatMap(system.positive) ?? max(usual.most, rule.base)
            rule.jitter = map.optional("jitter").flatMap { reader.duration($0) } ?? usual.jitter
            rule.maxEjected = map.optional("maxEjected").flatMap(somethingOf) ?? usual.maxEjected
            rule.atLeastOne = map.optional("atLeastOne").flatMap { reader.flag($0) } ?? usual.atLeastOne
            if let node = map.optional("consecutive") {
                rule.consecutive = system.part(node) { reader.count($0, in: 1...PolicyReader.most) }
            }
            rule.gateway = system.part(map.optional("gateway")) { reader.count($0, in: 1...PolicyReader.most) }
            rule.deviations = system.part(map.optional("deviations")) { reader.number($0, in: 0.001...100) }
            rule.failures = system.part(map.optional("failures"), read: somethingOf)
            rule.minHosts = map.optional("minHosts").flatMap { reader.count($0, in: 1...ScenarioReader.mostServers) }
                ?? usual.minHosts
            rule.minRequests = map.optional("minRequests").flatMap { reader.count($0, in: 1...PolicyReader.most) }
            rule.enforced = map.optional("enforced").flatMap(enforced) ?? usual.enforced
            guard profile != nil else { return nil }
            check(rule, map, most: most)
            return rule
        }
    }

    private func enforced(_ node: YAMLNode) -> Pool.OutlierRule.Enforcing? {
        reader.mapping(node, "enforced", example: "{ gateway: 0%, failures: 50% }") { map in
            var enforced = Pool.OutlierRule.Enforcing()
            enforced.consecutive = map.optional("consecutive").flatMap { reader.share($0) } ?? 1
            enforced.gateway = map.optional("gateway").flatMap { reader.share($0) } ?? 1
            enforced.deviations = map.optional("deviations").flatMap { reader.share($0) } ?? 1
            enforced.failures = map.optional("failures").flatMap { reader.share($0) } ?? 1
            return enforced
        }
    }

    private func check(_ rule: Pool.OutlierRule, _ map: YAMLMapping, most: YAMLNode?) {
        if let most, rule.most < rule.base {
            reader.report(
                "most (\(rule.most.written)) is less than base (\(rule.base.written))", at: most.mark,
                suggestion: "write \(rule.base.written) or more")
        }
        if rule.profile == .grpc { checkGRPC(rule, map) }
        let kinds = ["consecutive", "gateway", "deviations", "failures"]
        // A setting that could not be read has been spoken of.
        guard rule.consecutive == nil, rule.gateway == nil, rule.deviations == nil, rule.failures == nil,
            kinds.compactMap({ map.node[$0] }).allSatisfy({ $0.text == "none" })
        else { return }
        reader.report(
            "these outliers eject nobody", at: map.node.mark,
            suggestion: rule.profile == .grpc
                ? "write deviations: 1.9 or failures: 85%" : "write consecutive: 5, deviations: 1.9 or failures: 85%")
    }

    private func checkGRPC(_ rule: Pool.OutlierRule, _ map: YAMLMapping) {
        for (key, isThere) in [("consecutive", rule.consecutive != nil), ("gateway", rule.gateway != nil)] {
            guard isThere, let node = map.node[key] else { continue }
            reader.report(
                "gRPC does not count failures in a row", at: node.mark,
                suggestion: "use deviations or failures, or like: envoy")
        }
        if rule.atLeastOne, let node = map.node["atLeastOne"] {
            reader.report(
                "in gRPC one server may always be out", at: node.mark, suggestion: "remove it, or write like: envoy")
        }
        if rule.jitter > .zero, let node = map.node["jitter"] {
            reader.report(
                "gRPC's ejections have no jitter", at: node.mark, suggestion: "remove it, or write like: envoy")
        }
    }

    /// A share above zero.
    private func somethingOf(_ node: YAMLNode) -> Double? {
        guard let share = reader.share(node) else { return nil }
        if share > 0 { return share }
        reader.report("must be more than 0%", at: node.mark, suggestion: "write 10%, or remove it")
        return nil
    }

    // MARK: Slow start

    func slowStart(_ node: YAMLNode) -> Pool.SlowStart? {
        if node.entries == nil { return milliseconds(node, "a slow start").map { Pool.SlowStart(window: $0) } }
        return reader.mapping(node, "slowStart", example: "{ window: 30s, aggression: 1 }") { map in
            let profile: Pool.SlowStart.Profile? =
                map.optional("like").map { reader.word($0, "a kind of slow start") } ?? .envoy
            let window = map.required("window").flatMap { milliseconds($0, "a slow start") }
            let aggression = map.optional("aggression").map { reader.number($0, in: 0.1...10) } ?? 1
            let least = map.optional("least").map { reader.share($0) } ?? 0.1
            guard let profile, let window, let aggression, let least else { return nil }
            if profile == .haproxy, let node = map.node["aggression"] ?? map.node["least"] {
                reader.report(
                    "HAProxy's slow start goes along a line, from nothing to everything", at: node.mark,
                    suggestion: "remove it, or write like: envoy")
            }
            return Pool.SlowStart(
                profile: profile, window: window, aggression: aggression, least: profile == .envoy ? least : 0)
        }
    }

    /// Envoy and Finagle count them.
    private func milliseconds(_ node: YAMLNode, _ what: String) -> Duration? {
        guard let window = system.positive(node) else { return nil }
        if window >= .milliseconds(1) { return window }
        reader.report("\(what) takes at least 1ms", at: node.mark, suggestion: "write 1ms")
        return nil
    }
}

extension Pool.OutlierRule {
    /// gRPC (A50) counts no failures in a row.
    static func usual(_ profile: Profile) -> Self {
        Self(profile: profile, consecutive: profile == .grpc ? nil : 5)
    }
}
