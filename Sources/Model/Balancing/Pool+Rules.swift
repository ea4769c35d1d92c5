import Resilience
import Scenario

// What a scenario says about a pool, as `Resilience` takes it.

extension LoadBalancerAlgorithm {
    init(_ algorithm: Pool.Algorithm) {
        self =
            switch algorithm {
            case .roundRobin: .roundRobin
            case .weighted: .weighted
            case .smoothWeighted: .smoothWeighted
            case .leastConnections: .leastConnections
            case .random: .random
            case .weightedRandom: .weightedRandom
            case .ipHash: .ipHash
            case .modulo: .modulo
            case .ring(let points): .ring(points: points)
            case .sizedRing(let least, let most): .sizedRing(least: least, most: most)
            case .rendezvous: .rendezvous
            case .maglev(let size): .maglev(size: size)
            case .choices(let count): .choices(count)
            case .leastRequest(let choices, let bias): .leastRequest(choices: choices, bias: bias)
            case .shortestQueue: .shortestQueue
            case .idleQueue: .idleQueue
            case .ewma(let decay): .ewma(decay: decay)
            case .peakEWMA(let decay, let initial): .peakEWMA(decay: decay, initial: initial)
            }
    }
}

extension Pool.Algorithm {
    /// The setting that says it, and its size: `algorithm=ring`, 160.
    var setting: (name: String, size: Int64) {
        switch self {
        case .roundRobin: ("roundRobin", 0)
        case .weighted: ("weighted", 0)
        case .smoothWeighted: ("smoothWeighted", 0)
        case .leastConnections: ("leastConnections", 0)
        case .random: ("random", 0)
        case .weightedRandom: ("weightedRandom", 0)
        case .ipHash: ("ipHash", 0)
        case .modulo: ("modulo", 0)
        case .ring(let points): ("ring", Int64(points))
        case .sizedRing(let least, _): ("sizedRing", Int64(least))
        case .rendezvous: ("rendezvous", 0)
        case .maglev(let size): ("maglev", Int64(size))
        case .choices(2): ("twoChoices", 2)
        case .choices(let count): ("choices", Int64(count))
        case .leastRequest(let choices, _): ("leastRequest", Int64(choices))
        case .shortestQueue: ("shortestQueue", 0)
        case .idleQueue: ("idleQueue", 0)
        case .ewma(let decay): ("ewma", decay.wholeNanoseconds)
        case .peakEWMA(let decay, _): ("peakEWMA", decay.wholeNanoseconds)
        }
    }
}

extension HealthCheckRules {
    init(_ check: Pool.HealthCheck, start: Start) throws(PolicyError) {
        try self.init(
            interval: check.every, fastInterval: check.fastEvery, downInterval: check.downEvery, timeout: check.timeout,
            rise: check.rise, fall: check.fall, start: start, observing: check.observe.map { Observing($0) })
    }
}

extension HealthCheckRules.Start {
    init(_ start: Pool.HealthCheck.Start) {
        self =
            switch start {
            case .fullyUp: .fullyUp
            case .up: .up
            case .down: .down
            case .fullyDown: .fullyDown
            }
    }
}

extension HealthCheckRules.Observing {
    fileprivate init(_ observing: Pool.HealthCheck.Observing) {
        let onError: OnError =
            switch observing.then {
            case .checkSoon: .fastInterval
            case .failCheck: .failCheck
            case .suddenDeath: .suddenDeath
            case .markDown: .markDown
            }
        self.init(errors: observing.errors, onError: onError)
    }
}

extension OutlierDetectionRules {
    init(_ rule: Pool.OutlierRule) throws(PolicyError) {
        let enforced = rule.enforced
        try self.init(
            profile: rule.profile == .envoy ? .envoy : .grpc,
            consecutive: rule.consecutive.map { Consecutive($0, enforcing: enforced.consecutive) },
            gateway: rule.gateway.map { Consecutive($0, enforcing: enforced.gateway) },
            successRate: rule.deviations.map {
                SuccessRate(
                    deviations: $0, hosts: rule.minHosts, requests: rule.minRequests ?? SuccessRate().requests,
                    enforcing: enforced.deviations)
            },
            failurePercentage: rule.failures.map {
                FailurePercentage(
                    threshold: $0, hosts: rule.minHosts, requests: rule.minRequests ?? FailurePercentage().requests,
                    enforcing: enforced.failures)
            },
            interval: rule.interval, base: rule.base, most: rule.most, jitter: rule.jitter, maxEjected: rule.maxEjected,
            alwaysEjectsOne: rule.atLeastOne)
    }
}

extension FailureAccrualRules {
    init(_ rule: Pool.AccrualRule) throws(PolicyError) {
        let penalty: Resilience.Backoff =
            switch rule.profile {
            case .linkerd: try .linkerd(min: rule.min, max: rule.max, jitter: rule.jitter)
            case .finagle: try .finagleEqual(start: rule.min, max: rule.max)
            }
        try self.init(
            profile: rule.profile == .linkerd ? .linkerd : .finagle, consecutive: rule.failures,
            successRate: rule.successRate.map {
                SuccessRate(required: $0, window: rule.window, requests: rule.requests)
            }, penalty: penalty)
    }
}

extension ServerRules {
    init(_ server: Pool.Server, of pool: Pool) throws(PolicyError) {
        try self.init(
            server.backend.name, weight: server.weight, maxFails: pool.passive?.maxFails ?? 0,
            failTimeout: pool.passive?.failTimeout ?? .zero)
    }
}

extension SlowStartRules {
    static func written(_ rule: Pool.SlowStart) throws(PolicyError) -> SlowStartRules {
        switch rule.profile {
        case .envoy: try .envoy(window: rule.window, aggression: rule.aggression, least: rule.least)
        case .haproxy: try .haproxy(window: rule.window)
        }
    }
}

extension Pool {
    /// What ``EventKind/balancerConfigured`` tells, in that order. -1: off.
    var settings: [(detail: String, value: Int64)] {
        let (name, size) = algorithm.setting
        var settings: [(String, Int64)] = [("algorithm=\(name)", size)]
        if case .peakEWMA(_, let initial?) = algorithm { settings.append(("initial", initial.wholeNanoseconds)) }
        if case .leastRequest(_, let bias) = algorithm { settings.append(("bias", Int64(millionths: bias))) }
        if panic > 0 { settings.append(("panic", Int64(millionths: panic))) }
        if let slowStart { settings.append(("slowStart", slowStart.window.wholeNanoseconds)) }
        if let subset { settings.append(("subset", Int64(subset))) }
        return settings + (health?.settings ?? []) + (outliers?.settings ?? []) + (passive?.settings ?? [])
            + (accrual?.settings ?? [])
    }
}

extension Pool.HealthCheck {
    fileprivate var settings: [(detail: String, value: Int64)] {
        var settings: [(String, Int64)] = [
            ("checkEvery", every.wholeNanoseconds), ("checkTimeout", timeout.wholeNanoseconds),
            ("rise", Int64(rise)), ("fall", Int64(fall)),
        ]
        if let fastEvery { settings.append(("fastEvery", fastEvery.wholeNanoseconds)) }
        if let downEvery { settings.append(("downEvery", downEvery.wholeNanoseconds)) }
        if let observe { settings.append(("observe", Int64(observe.errors))) }
        return settings
    }
}

extension Pool.OutlierRule {
    fileprivate var settings: [(detail: String, value: Int64)] {
        var settings: [(String, Int64)] = []
        if let consecutive { settings.append(("consecutive", Int64(consecutive))) }
        if let gateway { settings.append(("gateway", Int64(gateway))) }
        if let deviations { settings.append(("deviations", Int64(millionths: deviations))) }
        if let failures { settings.append(("failures", Int64(millionths: failures))) }
        return settings + [("ejectFor", base.wholeNanoseconds), ("maxEjected", Int64(millionths: maxEjected))]
    }
}

extension Pool.PassiveRule {
    fileprivate var settings: [(detail: String, value: Int64)] {
        [("maxFails", Int64(maxFails)), ("failTimeout", failTimeout.wholeNanoseconds)]
    }
}

extension Pool.AccrualRule {
    fileprivate var settings: [(detail: String, value: Int64)] {
        var settings: [(String, Int64)] = [("accrual=\(profile.rawValue)", 0)]
        if let failures { settings.append(("failuresInARow", Int64(failures))) }
        if let successRate { settings.append(("successRate", Int64(millionths: successRate))) }
        return settings + [("deadFor", min.wholeNanoseconds), ("deadAtMost", max.wholeNanoseconds)]
    }
}
