/// A setting that no policy can have: jitter above 100 %, a cap below the base, no attempts at all.
///
/// Thrown when rules are made, so that what runs later has nothing left to check.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting's name, as in the initialiser that refused it.
    public var setting: String
    /// What it has to be: `must be at least 1`.
    public var reason: String

    public init(_ setting: String, _ reason: String) {
        self.setting = setting
        self.reason = reason
    }

    public var description: String { "\(setting) \(reason)" }
}

// What the rules of every policy check their settings with.
extension PolicyError {
    static func require(_ condition: Bool, _ setting: String, _ reason: String) throws(PolicyError) {
        if !condition { throw PolicyError(setting, reason) }
    }

    static func requirePositive(_ duration: Duration, _ setting: String) throws(PolicyError) {
        try require(duration > .zero, setting, "must be longer than 0")
    }

    static func requireNotNegative(_ duration: Duration, _ setting: String) throws(PolicyError) {
        try require(duration >= .zero, setting, "must not be negative")
    }

    static func requireAtLeast(_ least: Int, _ value: Int, _ setting: String) throws(PolicyError) {
        try require(value >= least, setting, "must be at least \(least)")
    }

    /// A number that is there (no NaN) and finite, at least `least`.
    static func requireAtLeast(_ least: Double, _ value: Double, _ setting: String) throws(PolicyError) {
        try require(value.isFinite && value >= least, setting, "must be a number of at least \(least)")
    }

    static func requirePositive(_ value: Double, _ setting: String) throws(PolicyError) {
        try require(value.isFinite && value > 0, setting, "must be a number above 0")
    }

    /// 0...1, so never NaN.
    static func requireShare(_ value: Double, _ setting: String) throws(PolicyError) {
        try require(value >= 0 && value <= 1, setting, "must be between 0 and 1")
    }
}
