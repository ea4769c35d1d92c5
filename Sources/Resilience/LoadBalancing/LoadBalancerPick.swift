/// Whom a load balancer chose.
public struct LoadBalancerPick: Hashable, Sendable {
    public let server: Int
    /// The candidates that were compared, in that order: those drawn; of an algorithm that looks at everyone the
    /// winner alone, for ``LoadBalancerCore/score(_:at:)`` tells of the others; empty where nothing is compared.
    public let considered: LoadBalancerCandidates

    init(_ server: Int, considered: LoadBalancerCandidates = LoadBalancerCandidates()) {
        self.server = server
        self.considered = considered
    }
}

/// A server that was compared with others.
public struct LoadBalancerCandidate: Hashable, Sendable {
    public let server: Int
    /// The lower one wins: requests for each unit of weight, or an estimated cost in ns.
    public let score: Double
}

/// Candidates in the order in which they were drawn. Up to two need no allocation.
public struct LoadBalancerCandidates: RandomAccessCollection, Hashable, Sendable {
    private var first: LoadBalancerCandidate?
    private var second: LoadBalancerCandidate?
    private var rest: [LoadBalancerCandidate] = []

    init() {}

    init(_ only: LoadBalancerCandidate) { first = only }

    public var startIndex: Int { 0 }
    public var endIndex: Int { first == nil ? 0 : second == nil ? 1 : 2 + rest.count }

    public subscript(position: Int) -> LoadBalancerCandidate {
        if position == 0, let first { return first }
        if position == 1, let second { return second }
        return rest[position - 2]
    }

    mutating func append(_ candidate: LoadBalancerCandidate) {
        if first == nil {
            first = candidate
        } else if second == nil {
            second = candidate
        } else {
            rest.append(candidate)
        }
    }

    /// The lowest score; of equal ones the first.
    var best: LoadBalancerCandidate? {
        guard var best = first else { return nil }
        if let second, second.score < best.score { best = second }
        for candidate in rest where candidate.score < best.score { best = candidate }
        return best
    }
}
