/// The power of d choices: fewest requests for each unit of weight among d that are drawn; of equal ones the first
/// drawn. O(d).
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
        var candidates = LoadBalancerCandidates()
        if min(count, withReplacement ? count : pool.eligible.count) <= 2 {
            candidates = pool.drawPair(count, withReplacement: withReplacement, draw) { $1[$0].load }
        } else {
            for server in pool.drawMany(count, withReplacement: withReplacement, draw) {
                candidates.append(pool.candidate(server))
            }
        }
        return candidates.best.map { LoadBalancerPick($0.server, considered: candidates) }
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { pool[server].load }
}
