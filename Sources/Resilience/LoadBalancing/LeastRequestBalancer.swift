/// Envoy's least request. Equal weights: the power of d choices, with replacement (also gRPC A48). Different weights:
/// the earliest of deadlines that move on by (requests + 1)^bias / weight with each pick.
///
/// With bias 0 requests do not count: plain weighted round robin. Of Envoy's start at a random point of the schedule
/// nothing is kept. O(d), or O(n) with different weights.
struct LeastRequestBalancer: Balancer {
    private var choices: ChoicesBalancer
    private let bias: Double
    private var areWeightsEqual = true
    /// By server; `nil`: not in the schedule.
    private var deadlines: [Double?] = []
    private var latest = 0.0

    init(choices: Int, bias: Double) {
        self.choices = ChoicesBalancer(count: choices, withReplacement: true)
        self.bias = bias
    }

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        let weights = pool.eligible.lazy.map { pool[$0].weight }
        areWeightsEqual = weights.allSatisfy { $0 == weights.first }
        deadlines += Array(repeating: nil, count: pool.servers.count - deadlines.count)
        for server in pool.servers.indices {
            if areWeightsEqual || !pool.isEligible(server) {
                deadlines[server] = nil
            } else if deadlines[server] == nil {
                deadlines[server] = latest + cost(server, in: pool)
            }
        }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        if areWeightsEqual { return choices.pick(key: key, from: &pool, at: now, draw: draw) }
        var best: (server: Int, deadline: Double)?
        for server in pool.eligible {
            guard let deadline = deadlines[server] else { continue }
            if let leader = best, deadline >= leader.deadline { continue }
            best = (server, deadline)
        }
        guard let (server, deadline) = best else { return nil }
        latest = deadline
        let cost = cost(server, in: pool)
        deadlines[server] = deadline + cost
        return LoadBalancerPick(
            server, considered: LoadBalancerCandidates(LoadBalancerCandidate(server: server, score: cost)))
    }

    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? {
        areWeightsEqual ? pool[server].load : cost(server, in: pool)
    }

    /// One over Envoy's weight of the moment.
    private func cost(_ server: Int, in pool: ServerPool) -> Double {
        Curves.power(Double(pool[server].pending + 1), bias) / pool[server].weight
    }
}
