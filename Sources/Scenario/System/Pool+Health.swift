/// How a pool finds out which servers are well.
extension Pool {
    /// HAProxy's: so many failures in a row mark a server down, so many successes up again.
    public struct HealthCheck: Hashable, Sendable {
        /// What a server counts as before its first check: HAProxy's `init-state`.
        public enum Start: String, Hashable, Sendable, CaseIterable {
            /// Up until ``fall`` checks have failed.
            case fullyUp
            /// Up until the first check has failed: HAProxy's usual way.
            case up
            /// Down until the first check has passed.
            case down
            /// Down until ``rise`` checks have passed.
            case fullyDown
        }

        /// What calls that fail have to do with it: HAProxy's `observe`, `error-limit` and `on-error`.
        public struct Observing: Hashable, Sendable {
            public enum Then: String, Hashable, Sendable, CaseIterable {
                /// The next check comes soon.
                case checkSoon
                /// They count as a failed check.
                case failCheck
                /// They count as all failed checks but one.
                case suddenDeath
                /// The server is down at once.
                case markDown
            }

            /// So many in a row.
            public var errors: Int
            public var then: Then

            public init(errors: Int = 10, then: Then = .failCheck) {
                self.errors = errors
                self.then = then
            }
        }

        public var every: Duration
        /// While a server is on its way up or down; `nil`: as ever.
        public var fastEvery: Duration?
        /// While it is down; `nil`: as ever.
        public var downEvery: Duration?
        public var timeout: Duration
        public var rise: Int
        public var fall: Int
        public var start: Start
        /// `nil`: calls do not count.
        public var observe: Observing?

        public init(
            every: Duration = .seconds(2), fastEvery: Duration? = nil, downEvery: Duration? = nil,
            timeout: Duration = .seconds(1), rise: Int = 2, fall: Int = 3, start: Start = .up,
            observe: Observing? = nil
        ) {
            self.every = every
            self.fastEvery = fastEvery
            self.downEvery = downEvery
            self.timeout = timeout
            self.rise = rise
            self.fall = fall
            self.start = start
            self.observe = observe
        }
    }

    /// Envoy's, or as gRPC differs from it.
    public struct OutlierRule: Hashable, Sendable {
        public enum Profile: String, Hashable, Sendable, CaseIterable { case envoy, grpc }

        /// With which probability a server that stands out is ejected, 0...1.
        public struct Enforcing: Hashable, Sendable {
            public var consecutive = 1.0
            public var gateway = 1.0
            public var deviations = 1.0
            public var failures = 1.0

            public init() {}
        }

        public var profile: Profile
        /// Failures in a row; `nil`: not looked at.
        public var consecutive: Int?
        /// Failures of gateways in a row; `nil`: not looked at.
        public var gateway: Int?
        public var interval: Duration
        /// For how long, times how often it was ejected lately.
        public var base: Duration
        public var most: Duration
        /// Up to so much is added to each ejection.
        public var jitter: Duration
        /// Share of the pool that may be out, 0...1.
        public var maxEjected: Double
        /// Whether one server may always be out, however few there are.
        public var atLeastOne: Bool
        /// Servers whose success rate is so many standard deviations below the mean; `nil`: not looked at.
        public var deviations: Double?
        /// Servers with so large a share of failures, 0...1; `nil`: not looked at.
        public var failures: Double?
        /// Fewest servers for ``deviations`` and ``failures`` to mean anything.
        public var minHosts: Int
        /// And fewest requests of each; `nil`: Envoy's, 100 and 50.
        public var minRequests: Int?
        public var enforced: Enforcing

        public init(
            profile: Profile = .envoy, consecutive: Int? = 5, gateway: Int? = nil, interval: Duration = .seconds(10),
            base: Duration = .seconds(30), most: Duration = .seconds(300), jitter: Duration = .zero,
            maxEjected: Double = 0.1, atLeastOne: Bool = false, deviations: Double? = nil, failures: Double? = nil,
            minHosts: Int = 5, minRequests: Int? = nil, enforced: Enforcing = Enforcing()
        ) {
            self.profile = profile
            self.consecutive = consecutive
            self.gateway = gateway
            self.interval = interval
            self.base = base
            self.most = most
            self.jitter = jitter
            self.maxEjected = maxEjected
            self.atLeastOne = atLeastOne
            self.deviations = deviations
            self.failures = failures
            self.minHosts = minHosts
            self.minRequests = minRequests
            self.enforced = enforced
        }
    }

    /// nginx' `max_fails` and `fail_timeout`: a server that has failed so often gets nothing for a while.
    public struct PassiveRule: Hashable, Sendable {
        public var maxFails: Int
        /// In whole seconds.
        public var failTimeout: Duration

        public init(maxFails: Int = 1, failTimeout: Duration = .seconds(10)) {
            self.maxFails = maxFails
            self.failTimeout = failTimeout
        }
    }

    /// Linkerd's and Finagle's failure accrual: a server that fails is dead for longer each time, and is tried with one
    /// call before it is trusted again.
    public struct AccrualRule: Hashable, Sendable {
        public enum Profile: String, Hashable, Sendable, CaseIterable { case linkerd, finagle }

        public var profile: Profile
        /// So many in a row; `nil`: not looked at.
        public var failures: Int?
        /// A success rate below this, 0...1, over the window; `nil`: not looked at. Finagle's alone.
        public var successRate: Double?
        public var window: Duration
        /// Fewest calls in the window.
        public var requests: Int
        /// For how long it is dead the first time, and at most.
        public var min: Duration
        public var max: Duration
        /// Linkerd adds up to this share of it.
        public var jitter: Double

        public init(
            profile: Profile, failures: Int?, successRate: Double? = nil, window: Duration = .seconds(30),
            requests: Int = 5, min: Duration, max: Duration, jitter: Double = 0
        ) {
            self.profile = profile
            self.failures = failures
            self.successRate = successRate
            self.window = window
            self.requests = requests
            self.min = min
            self.max = max
            self.jitter = jitter
        }

        /// As it ships.
        public static func usual(_ profile: Profile) -> AccrualRule {
            switch profile {
            case .linkerd:
                AccrualRule(profile: profile, failures: 7, min: .seconds(1), max: .seconds(60), jitter: 0.5)
            case .finagle:
                AccrualRule(profile: profile, failures: 5, successRate: 0.8, min: .seconds(5), max: .seconds(300))
            }
        }
    }

    /// How the weight of a server grows that joins or comes back.
    public struct SlowStart: Hashable, Sendable {
        public enum Profile: String, Hashable, Sendable, CaseIterable {
            /// weight × max(``least``, (time / window)^(1 / aggression)).
            case envoy
            /// weight × time / window, set anew at each check.
            case haproxy
        }

        public var profile: Profile
        public var window: Duration
        public var aggression: Double
        /// 0...1
        public var least: Double

        public init(
            profile: Profile = .envoy, window: Duration, aggression: Double = 1, least: Double = 0.1
        ) {
            self.profile = profile
            self.window = window
            self.aggression = aggression
            self.least = least
        }
    }
}
