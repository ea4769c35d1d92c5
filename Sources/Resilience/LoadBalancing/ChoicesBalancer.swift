/// The power of d choices: fewest requests for each unit of weight among d that are drawn; of equal ones the first
/// drawn. O(d²).
struct ChoicesBalancer: Balancer {
    private let count: Int
    private let withReplacement: Bool

    init(count: Int, withReplacement: Bool) {
        self.count = count
        self.withReplacement = withReplacement
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        let candidates = pool.draw(count, withReplacement: withReplacement, draw) { $1[$0].load }
        return candidates.best.map { LoadBalancerPick($0.server, considered: candidates) }
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { pool[server].load }
}

extension ServerPool {
    /// Draws that many of those that may be picked, each as likely. One drawn twice is a candidate once.
    func draw(
        _ count: Int, withReplacement: Bool, _ draw: () -> Double, score: (Int, ServerPool) -> Double
    ) -> LoadBalancerCandidates {
        var candidates = LoadBalancerCandidates()
        // Places that were drawn, in ascending order.
        var first = -1
        var others: [Int] = []
        for index in 0..<(withReplacement ? count : min(count, eligible.count)) {
            var place = place(draw(), below: withReplacement ? eligible.count : eligible.count - index)
            if withReplacement {
                if place == first || others.contains(place) { continue }
            } else if index > 0 {
                // The place is one among those that are left.
                if place >= first { place += 1 }
                for other in others where place >= other { place += 1 }
            }
            if first < 0 {
                first = place
            } else if count > 2 {
                let (low, high) = (min(first, place), max(first, place))
                first = low
                others.insert(high, at: others.firstIndex { $0 > high } ?? others.count)
            }
            let server = eligible[place]
            candidates.append(LoadBalancerCandidate(server: server, score: score(server, self)))
        }
        return candidates
    }
}
