/// Whose rules decide a circuit breaker's boundary cases.
///
/// The trip test and the window are chosen apart, in ``CircuitBreakerRules``. Where a profile meets a trip or a window
/// that its library does not have, it still decides everything below.
public enum CircuitBreakerProfile: String, Hashable, Sendable, CaseIterable {
    case pollyV7, pollyV8, resilience4j, hystrix, gobreaker, pybreaker, envoy

    /// When the trip test runs.
    public enum Evaluation: Hashable, Sendable {
        /// After a failure. Slow successes count as one for this.
        case onFailure
        case onEveryResult
        /// At fixed times only, whatever happens between them.
        case onTick
    }

    public var evaluation: Evaluation {
        switch self {
        case .pollyV7, .pollyV8, .gobreaker, .pybreaker: .onFailure
        case .resilience4j, .envoy: .onEveryResult
        case .hystrix: .onTick
        }
    }

    /// What ends the open state.
    public enum HalfOpening: Hashable, Sendable {
        /// The next call after the time is over.
        case nextCall
        /// That, or somebody asking for the state.
        case nextCallOrReading
        /// Nobody tries: a sweep closes it.
        case sweep
    }

    public var halfOpening: HalfOpening {
        switch self {
        case .pollyV7, .gobreaker: .nextCallOrReading
        case .pollyV8, .resilience4j, .hystrix, .pybreaker: .nextCall
        case .envoy: .sweep
        }
    }

    /// Whether the open time is over at its last instant exactly, or strictly after it.
    public var isOverAtTheInstant: Bool {
        switch self {
        case .pollyV7, .pollyV8, .pybreaker, .envoy: true
        case .resilience4j, .hystrix, .gobreaker: false
        }
    }

    /// Which calls a half-open breaker lets through.
    public enum Trials: Hashable, Sendable {
        /// One, and another each time a further break has passed without an answer.
        case onePerBreak
        /// One, however long its answer takes.
        case one
        /// So many, given back by calls that do not count. All of them together decide.
        case permits
        /// So many. As many successes in a row close it, the first failure opens it.
        case successes
        /// One after the other. So many successes close it, the first failure opens it.
        case serial
        /// There is no half-open state.
        case none
    }

    public var trials: Trials {
        switch self {
        case .pollyV7: .onePerBreak
        case .pollyV8, .hystrix: .one
        case .resilience4j: .permits
        case .gobreaker: .successes
        case .pybreaker: .serial
        case .envoy: .none
        }
    }

    /// What becomes of a result that arrives after the state in which its call was let through.
    public enum LateResults: Hashable, Sendable {
        /// Treated like any other: it can close a half-open breaker, or open it again.
        case actOnCurrentState
        /// Counted in the window of the state that it finds.
        case countInCurrentState
        /// Nothing: it belongs to another generation.
        case dropped
    }

    public var lateResults: LateResults {
        switch self {
        case .pollyV7, .pollyV8, .hystrix, .envoy: .actOnCurrentState
        case .resilience4j: .countInCurrentState
        case .gobreaker, .pybreaker: .dropped
        }
    }

    /// What a call counts as that ended in an error which is not a failure.
    public enum IgnoredResults: Hashable, Sendable {
        case success
        /// Nothing; a trial gives its permit back.
        case nothing
        /// Nothing, but a trial has failed.
        case failedTrial
    }

    public var ignoredResults: IgnoredResults {
        switch self {
        case .pollyV8, .pybreaker, .envoy: .success
        case .pollyV7, .resilience4j, .gobreaker: .nothing
        case .hystrix: .failedTrial
        }
    }

    /// Whether the caller whose failure trips the breaker is told that the breaker is open, and not why its call
    /// failed.
    public var hidesTrippingFailure: Bool { self == .pybreaker }

    /// Whether counts begin anew at every change of state, and not only when the breaker closes.
    var clearsAtEveryChange: Bool { self == .gobreaker }
}
