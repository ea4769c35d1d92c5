/// The expanded list: each server in its turn so many times in a row as it has weight.
///
/// What a turn leaves of a weight that is not whole is added to the next one, so shares are exact. Where all weights
/// are below 1 they count as parts of the largest. O(log n), plus one step for each server whose turn brings nothing.
struct WeightedBalancer: Balancer {
    /// Whose turn it is.
    private var turn = -1
    /// Picks left, by server.
    private var credit: [Double] = []
    private var scale = 1.0

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        let heaviest = pool.eligible.reduce(0) { max($0, pool[$1].weight) }
        scale = heaviest > 0 && heaviest < 1 ? 1 / heaviest : 1
        credit += Array(repeating: 0, count: pool.servers.count - credit.count)
        for server in pool.servers.indices where server == turn || !pool.isEligible(server) {
            credit[server] = pool.isEligible(server) ? min(credit[server], pool[server].weight * scale) : 0
        }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        // What adding up fractions may lose.
        let whole = 1 - 1e-9
        // The heaviest has a pick in every round, so that one round is enough.
        for _ in 0...pool.eligible.count {
            if turn >= 0, pool.isEligible(turn), credit[turn] >= whole {
                credit[turn] -= 1
                return LoadBalancerPick(turn)
            }
            turn = pool.next(after: turn)
            credit[turn] += pool[turn].weight * scale
        }
        return LoadBalancerPick(turn)
    }
}
