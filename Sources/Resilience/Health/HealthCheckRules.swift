/// How often a server is checked, and how many checks in a row change its state.
public struct HealthCheckRules: Hashable, Sendable {
    /// What a server counts as before its first check: HAProxy's `init-state`, which is `up` unless told otherwise.
    public enum Start: String, Hashable, Sendable, CaseIterable {
        /// Up until all of `fall` checks have failed.
        case fullyUp
        /// Up until the first check has failed.
        case up
        /// Down until the first check has passed.
        case down
        /// Down until all of `rise` checks have passed.
        case fullyDown
    }

    /// What errors of ordinary calls do.
    public struct Observing: Hashable, Sendable {
        public enum OnError: String, Hashable, Sendable, CaseIterable {
            /// The next check comes soon.
            case fastInterval
            /// They count as a failed check.
            case failCheck
            /// They count as all failed checks but one: the next that fails takes the server down.
            case suddenDeath
            /// The server is down at once.
            case markDown
        }

        /// So many in a row.
        public var errors: Int
        public var onError: OnError

        public init(errors: Int = 10, onError: OnError = .failCheck) {
            self.errors = errors
            self.onError = onError
        }
    }

    /// Between two checks of a server whose state is settled.
    public let interval: Duration
    /// While a server is on its way up or down; `nil`: as ever.
    public let fastInterval: Duration?
    /// While it is down and no check has passed; `nil`: as ever.
    public let downInterval: Duration?
    /// How long a check may take.
    public let timeout: Duration
    /// So many checks in a row bring a server up.
    public let rise: Int
    /// So many checks in a row take it down.
    public let fall: Int
    public let start: Start
    /// `nil`: ordinary calls say nothing.
    public let observing: Observing?

    /// HAProxy's: every 2 s, 2 to rise, 3 to fall.
    ///
    /// - Parameter timeout: `nil`: the interval.
    /// - Throws: ``PolicyError`` when a duration is not positive or a count is below 1.
    public init(
        interval: Duration = .seconds(2), fastInterval: Duration? = nil, downInterval: Duration? = nil,
        timeout: Duration? = nil, rise: Int = 2, fall: Int = 3, start: Start = .up, observing: Observing? = nil
    ) throws(PolicyError) {
        self.interval = interval
        self.fastInterval = fastInterval
        self.downInterval = downInterval
        self.timeout = timeout ?? interval
        self.rise = rise
        self.fall = fall
        self.start = start
        self.observing = observing
        try PolicyError.requirePositive(interval, "interval")
        try PolicyError.requirePositive(self.timeout, "timeout")
        if let fastInterval { try PolicyError.requirePositive(fastInterval, "fastInterval") }
        if let downInterval { try PolicyError.requirePositive(downInterval, "downInterval") }
        try PolicyError.requireAtLeast(1, rise, "rise")
        try PolicyError.requireAtLeast(1, fall, "fall")
        let isCountable = rise.addingReportingOverflow(fall).overflow == false
        try PolicyError.require(isCountable, "fall", "must be a smaller number")
        if let observing { try PolicyError.requireAtLeast(1, observing.errors, "errors") }
    }

    /// The counter's highest value.
    var top: Int { rise + (fall - 1) }
}
