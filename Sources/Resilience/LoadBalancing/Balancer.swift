/// An algorithm: whom to pick from a pool, and what it has to remember for that.
///
/// The pool counts requests and knows who is there; an algorithm keeps the rest. Times are nanoseconds since the
/// balancer's first moment.
protocol Balancer: Sendable {
    /// Something about the pool has changed.
    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64)

    /// Called only when the pool has someone to pick.
    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick?

    /// A request is on its way; the pool has counted it.
    mutating func started(_ server: Int, in pool: ServerPool, at now: Int64)

    /// A request has ended; the pool has counted it. took: `nil` when it says nothing about latency.
    mutating func finished(_ server: Int, took: Int64?, in pool: ServerPool, at now: Int64)

    /// What it would compare now; `nil` when it compares nothing.
    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double?

    /// The latency that it expects, in ns; `nil` when it keeps no estimate.
    func estimate(_ server: Int, at now: Int64) -> Double?

    /// Who owns a point of the key space, 0..<1.
    func owner(of position: Double, in pool: ServerPool) -> Int?

    /// To whom a key goes, where the key alone decides.
    func server(for key: LoadBalancerKey, in pool: ServerPool) -> Int?
}

// What most algorithms do not need.
extension Balancer {
    mutating func changed(_ change: ServerPool.Change, in pool: ServerPool, at now: Int64) {}
    mutating func started(_ server: Int, in pool: ServerPool, at now: Int64) {}
    mutating func finished(_ server: Int, took: Int64?, in pool: ServerPool, at now: Int64) {}
    func score(_ server: Int, in pool: ServerPool, at now: Int64) -> Double? { nil }
    func estimate(_ server: Int, at now: Int64) -> Double? { nil }
    func owner(of position: Double, in pool: ServerPool) -> Int? { nil }
    func server(for key: LoadBalancerKey, in pool: ServerPool) -> Int? { nil }
}

/// An algorithm in which the key alone decides. Who has no key goes anywhere, as in Envoy.
protocol KeyedBalancer: Balancer {
    /// Called only when the pool has someone.
    func place(_ key: LoadBalancerKey, in pool: ServerPool) -> Int?
    func place(position: Double, in pool: ServerPool) -> Int?
}

extension KeyedBalancer {
    mutating func pick(
        key: LoadBalancerKey?, from pool: inout ServerPool, at now: Int64, draw: () -> Double
    ) -> LoadBalancerPick? {
        guard let key else { return LoadBalancerPick(pool.drawn(draw())) }
        return place(key, in: pool).map { LoadBalancerPick($0) }
    }

    func owner(of position: Double, in pool: ServerPool) -> Int? {
        pool.eligible.isEmpty ? nil : place(position: min(max(0, position), 1.0.nextDown), in: pool)
    }

    func server(for key: LoadBalancerKey, in pool: ServerPool) -> Int? {
        pool.eligible.isEmpty ? nil : place(key, in: pool)
    }
}
