/// Whether a host gets calls.
public enum OutlierState: String, Hashable, Sendable, CaseIterable {
    case inService, ejected
}

/// A host leaves the pool or comes back. Only changes in ``table`` exist: there is no value for another one.
public struct OutlierTransition: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// So many failures in a row.
        case consecutive
        /// So many failures of a gateway in a row.
        case gateway
        /// A success rate too far below those of the others.
        case successRate
        /// Too large a share of failures, whatever the others do.
        case failurePercentage
        /// A sweep has found its time over.
        case elapsed
        /// It has passed an active health check.
        case checked
        /// Nothing is detected any more.
        case disabled
    }

    /// A line of the table.
    public struct Rule: Hashable, Sendable {
        public var from: OutlierState
        public var to: OutlierState
        public var reasons: [Reason]
    }

    /// Every legal change.
    public static let table: [Rule] = [
        Rule(from: .inService, to: .ejected, reasons: [.consecutive, .gateway, .successRate, .failurePercentage]),
        Rule(from: .ejected, to: .inService, reasons: [.elapsed, .checked, .disabled]),
    ]

    public let host: Int
    public let from: OutlierState
    public let to: OutlierState
    public let reason: Reason
    /// For how long at least it is ejected: it comes back in the first sweep after that; `nil`: it comes back.
    public let ejectedFor: Duration?

    /// `nil` when the table does not have it.
    public init?(
        host: Int, from: OutlierState, to: OutlierState, reason: Reason, ejectedFor: Duration? = nil
    ) {
        let isLegal = Self.table.contains { $0.from == from && $0.to == to && $0.reasons.contains(reason) }
        guard isLegal else { return nil }
        self.host = host
        self.from = from
        self.to = to
        self.reason = reason
        self.ejectedFor = ejectedFor
    }
}
