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
            case .rendezvous: .rendezvous
            case .maglev(let size): .maglev(size: size)
            case .choices(let count): .choices(count)
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
        case .rendezvous: ("rendezvous", 0)
        case .maglev(let size): ("maglev", Int64(size))
        case .choices(2): ("twoChoices", 2)
        case .choices(let count): ("choices", Int64(count))
        case .shortestQueue: ("shortestQueue", 0)
        case .idleQueue: ("idleQueue", 0)
        case .ewma(let decay): ("ewma", decay.wholeNanoseconds)
        case .peakEWMA(let decay, _): ("peakEWMA", decay.wholeNanoseconds)
        }
    }
}

extension HealthCheckRules {
    init(_ check: Pool.HealthCheck, start: Start = .up) throws(PolicyError) {
        try self.init(
            interval: check.every, timeout: check.timeout, rise: check.rise, fall: check.fall, start: start)
    }
}

extension OutlierDetectionRules {
    init(_ rule: Pool.OutlierRule) throws(PolicyError) {
        try self.init(
            profile: rule.profile == .envoy ? .envoy : .grpc,
            consecutive: rule.profile == .envoy ? rule.consecutive.map { Consecutive($0) } : nil,
            successRate: rule.deviations.map {
                SuccessRate(deviations: $0, hosts: rule.minHosts, requests: rule.minRequests)
            },
            failurePercentage: rule.failures.map {
                FailurePercentage(threshold: $0, hosts: rule.minHosts, requests: rule.minRequests)
            },
            interval: rule.interval, base: rule.base, most: rule.most, maxEjected: rule.maxEjected)
    }
}

extension SlowStartRules {
    static func written(_ rule: Pool.SlowStart) throws(PolicyError) -> SlowStartRules {
        try .envoy(window: rule.window, aggression: rule.aggression)
    }
}

extension Pool {
    /// What ``EventKind/balancerConfigured`` tells, in that order. -1: off.
    var settings: [(detail: String, value: Int64)] {
        let (name, size) = algorithm.setting
        var settings: [(String, Int64)] = [("algorithm=\(name)", size)]
        if case .peakEWMA(_, let initial) = algorithm { settings.append(("initial", initial.wholeNanoseconds)) }
        if panic > 0 { settings.append(("panic", Int64(millionths: panic))) }
        if let slowStart { settings.append(("slowStart", slowStart.window.wholeNanoseconds)) }
        if let subset { settings.append(("subset", Int64(subset))) }
        if let health {
            settings += [
                ("checkEvery", health.every.wholeNanoseconds), ("checkTimeout", health.timeout.wholeNanoseconds),
                ("rise", Int64(health.rise)), ("fall", Int64(health.fall)),
            ]
        }
        guard let outliers else { return settings }
        if let consecutive = outliers.consecutive { settings.append(("consecutive", Int64(consecutive))) }
        if let deviations = outliers.deviations { settings.append(("deviations", Int64(millionths: deviations))) }
        if let failures = outliers.failures { settings.append(("failures", Int64(millionths: failures))) }
        return settings + [
            ("ejectFor", outliers.base.wholeNanoseconds), ("maxEjected", Int64(millionths: outliers.maxEjected)),
        ]
    }
}
