/// What a host counts as.
public enum FailureAccrualState: String, Hashable, Sendable, CaseIterable {
    /// It gets calls.
    case alive
    /// It gets none for a time.
    case dead
    /// It may get one call, on probation.
    case probing
    /// It has got that call; its answer decides.
    case onTrial
}

/// A change of what a host counts as. Only those in ``table`` exist: there is no value for another one.
public struct FailureAccrualTransition: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// So many failures in a row.
        case consecutive
        /// Too low a success rate.
        case successRate
        /// Its time is over.
        case elapsed
        /// A call has been sent.
        case sent
        /// An answer while on probation.
        case trial
        /// The trial has decided nothing.
        case undecided
    }

    /// A line of the table.
    public struct Rule: Hashable, Sendable {
        public var from: FailureAccrualState
        public var to: FailureAccrualState
        public var reasons: [Reason]
    }

    /// Every legal change: Finagle's state diagram, and Linkerd's, in which a late answer may decide before the trial.
    public static let table: [Rule] = [
        Rule(from: .alive, to: .dead, reasons: [.consecutive, .successRate]),
        Rule(from: .dead, to: .probing, reasons: [.elapsed]),
        Rule(from: .probing, to: .onTrial, reasons: [.sent]),
        Rule(from: .probing, to: .alive, reasons: [.trial]),
        Rule(from: .probing, to: .dead, reasons: [.trial]),
        Rule(from: .onTrial, to: .alive, reasons: [.trial]),
        Rule(from: .onTrial, to: .dead, reasons: [.trial]),
        Rule(from: .onTrial, to: .probing, reasons: [.undecided]),
    ]

    public let from: FailureAccrualState
    public let to: FailureAccrualState
    public let reason: Reason
    /// For how long it is dead; `nil`: it is not.
    public let deadFor: Duration?

    /// `nil` when the table does not have it.
    public init?(
        from: FailureAccrualState, to: FailureAccrualState, reason: Reason, deadFor: Duration? = nil
    ) {
        let isLegal = Self.table.contains { $0.from == from && $0.to == to && $0.reasons.contains(reason) }
        guard isLegal else { return nil }
        self.from = from
        self.to = to
        self.reason = reason
        self.deadFor = deadFor
    }
}
