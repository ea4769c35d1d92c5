import Collections

/// Join the idle queue (Lu and others, 2011), with one dispatcher: servers that become idle queue up here, and a
/// request takes the first; when none is idle it goes anywhere. O(1), as long as those in the queue may be picked.
struct IdleQueueBalancer: Balancer {
    /// Everyone without a request, those that may not be picked included.
    private var idle: Deque<Int> = []

    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {
        switch change {
        case .everything: idle = Deque(pool.servers.indices.filter { pool[$0].isMember && pool[$0].pending == 0 })
        case .member(let server):
            let place = idle.firstIndex(of: server)
            if !pool[server].isMember {
                if let place { idle.remove(at: place) }
            } else if place == nil, pool[server].pending == 0 {
                idle.append(server)
            }
        case .availability: break
        }
    }

    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        let first = idle.first { pool.isEligible($0) }
        return LoadBalancerPick(first ?? pool.drawn(draw()))
    }

    mutating func started(_ server: Int, in pool: ServerPool, at now: Int64) {
        guard pool[server].pending == 1, let place = idle.firstIndex(of: server) else { return }
        idle.remove(at: place)
    }

    mutating func finished(_ server: Int, took: Int64?, in pool: ServerPool, at now: Int64) {
        if pool[server].pending == 0, pool[server].isMember { idle.append(server) }
    }
}
