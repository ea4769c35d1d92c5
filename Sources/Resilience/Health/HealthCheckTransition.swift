/// Whether a server takes calls, as its checks have it.
public enum HealthState: String, Hashable, Sendable, CaseIterable {
    case up, down
}

/// A server comes up or goes down. Only changes in ``table`` exist: there is no value for another one.
public struct HealthCheckTransition: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A check has passed or failed.
        case check
        /// Calls have failed.
        case errors
    }

    /// A line of the table.
    public struct Rule: Hashable, Sendable {
        public var from: HealthState
        public var to: HealthState
        public var reasons: [Reason]
    }

    /// Every legal change.
    public static let table: [Rule] = [
        Rule(from: .up, to: .down, reasons: [.check, .errors]),
        Rule(from: .down, to: .up, reasons: [.check]),
    ]

    public let from: HealthState
    public let to: HealthState
    public let reason: Reason

    /// `nil` when the table does not have it.
    public init?(from: HealthState, to: HealthState, reason: Reason) {
        let isLegal = Self.table.contains { $0.from == from && $0.to == to && $0.reasons.contains(reason) }
        guard isLegal else { return nil }
        self.from = from
        self.to = to
        self.reason = reason
    }
}
