/// Which failures a policy cares about: those worth another attempt, those that count against a breaker.
public struct FailureSet: Hashable, Sendable {
    private var kinds: Set<FailureKind>
    private var statuses: [ClosedRange<Int>]
    private var isComplement: Bool

    /// These kinds, and every status in one of the ranges.
    public init(_ kinds: Set<FailureKind> = [], statuses: [ClosedRange<Int>] = []) {
        self.kinds = kinds
        self.statuses = statuses
        isComplement = false
    }

    /// Everything that is not in `set`.
    public static func all(except set: FailureSet = []) -> FailureSet {
        var result = set
        result.isComplement.toggle()
        return result
    }

    public func contains(_ kind: FailureKind) -> Bool {
        var isListed = kinds.contains(kind)
        if case .status(let status) = kind, !isListed { isListed = statuses.contains { $0.contains(status) } }
        return isListed != isComplement
    }

    /// What may pass by itself: time-outs, refused and reset connections, full queues, 408, 429 and 5xx.
    public static let transient = FailureSet(
        [.timeout, .refused, .reset, .rejected, .status(408), .status(429)], statuses: [500...599])

    /// What says that the other side is unwell: everything but a caller's own mistakes (4xx other than 408 and 429)
    /// and cancellation.
    public static let unhealthy = FailureSet.all(
        except: FailureSet([.cancelled], statuses: [400...407, 409...428, 430...499]))
}

extension FailureSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral kinds: FailureKind...) { self.init(Set(kinds)) }
}
