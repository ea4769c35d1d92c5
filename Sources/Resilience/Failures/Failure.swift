/// A failure as policies see it.
public struct Failure: Error, Hashable, Sendable {
    public var kind: FailureKind
    /// What the other side said about trying again.
    public var retryAfter: RetryAfter?

    public init(_ kind: FailureKind, retryAfter: RetryAfter? = nil) {
        self.kind = kind
        self.retryAfter = retryAfter
    }
}

/// An error that says itself what kind of failure it is. Make the errors of your client conform to it.
public protocol ClassifiedError: Error {
    var failure: Failure { get }
}

extension Failure: ClassifiedError {
    public var failure: Failure { self }

    /// How policies classify errors unless told otherwise: a ``ClassifiedError`` by its own word, a
    /// `CancellationError` as cancelled, all others as ``FailureKind/other``.
    public init(_ error: any Error) {
        self =
            switch error {
            case let error as any ClassifiedError: error.failure
            case is CancellationError: Failure(.cancelled)
            default: Failure(.other)
            }
    }
}
