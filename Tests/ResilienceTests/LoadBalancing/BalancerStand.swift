import Testing

@testable import Resilience

/// A load balancer under test: times are milliseconds since it was made.
final class BalancerStand {
    private static let start = ContinuousClock.now
    private(set) var core: LoadBalancerCore<ContinuousClock.Instant>
    private var dice: Dice
    /// What the next draws are; afterwards they come from the dice.
    var draws: [Double] = []
    private(set) var drawn = 0

    init(_ algorithm: LoadBalancerAlgorithm, _ servers: [ServerRules], seed: UInt64 = 1) throws {
        core = try LoadBalancerCore(algorithm, servers: servers)
        dice = Dice(seed: seed)
    }

    /// Servers `s1`, `s2`, ... with these weights.
    convenience init(_ algorithm: LoadBalancerAlgorithm, weights: [Double], seed: UInt64 = 1) throws {
        try self.init(algorithm, Self.servers(weights), seed: seed)
    }

    convenience init(_ algorithm: LoadBalancerAlgorithm, count: Int, seed: UInt64 = 1) throws {
        try self.init(algorithm, weights: Array(repeating: 1, count: count), seed: seed)
    }

    static func servers(_ weights: [Double]) throws -> [ServerRules] {
        try weights.enumerated().map { try ServerRules("s\($0 + 1)", weight: $1) }
    }

    static func instant(_ milliseconds: Double) -> ContinuousClock.Instant {
        start.advanced(by: .exact(milliseconds: milliseconds))
    }

    private func draw() -> Double {
        drawn += 1
        return draws.isEmpty ? dice.draw() : draws.removeFirst()
    }

    func choose(_ key: String? = nil, at time: Double = 0) -> LoadBalancerPick? {
        core.pick(key: key.map { LoadBalancerKey($0) }, at: Self.instant(time)) { draw() }
    }

    func pick(_ key: String? = nil, at time: Double = 0) -> Int? { choose(key, at: time)?.server }

    /// Picks that are not started: nothing is on its way.
    func picks(_ count: Int, at time: Double = 0) -> [Int] { (0..<count).compactMap { _ in pick(at: time) } }

    /// The same by name: `s1 s2 s1`.
    func names(_ count: Int, at time: Double = 0) -> String {
        picks(count, at: time).map { core.name($0) ?? "?" }.joined(separator: " ")
    }

    /// Picks by server, of so many.
    func shares(_ count: Int) -> [Int] {
        picks(count).reduce(into: Array(repeating: 0, count: core.count)) { $0[$1] += 1 }
    }

    /// Who gets each of so many keys.
    func owners(_ keys: Int) -> [Int?] { (0..<keys).map { core.server(for: LoadBalancerKey("user:\($0)")) } }

    func start(_ server: Int, times: Int = 1, at time: Double = 0) {
        for _ in 0..<times { core.started(server, at: Self.instant(time)) }
    }

    func finish(_ server: Int, took: Double? = 1, failed: Bool = false, at time: Double = 0) {
        core.finished(
            server, took: took.map { .exact(milliseconds: $0) }, failed: failed, at: Self.instant(time))
    }

    /// A request that begins and ends.
    func serve(_ server: Int, took: Double, at end: Double) {
        start(server, at: end - took)
        finish(server, took: took, at: end)
    }

    func score(_ server: Int, at time: Double = 0) -> Double? { core.score(server, at: Self.instant(time)) }

    @discardableResult func add(_ name: String, weight: Double = 1, at time: Double = 0) throws -> Int {
        core.add(try ServerRules(name, weight: weight), at: Self.instant(time))
    }

    func remove(_ server: Int) { core.remove(server) }
    func setWeight(_ server: Int, _ weight: Double) { core.setWeight(server, weight) }
    func setAvailable(_ server: Int, _ isAvailable: Bool) { core.setAvailable(server, isAvailable) }
    func change(_ algorithm: LoadBalancerAlgorithm) throws { try core.change(algorithm) }
}

extension LoadBalancerAlgorithm {
    /// One of each kind.
    static let everyKind: [LoadBalancerAlgorithm] = [
        .roundRobin, .weighted, .smoothWeighted, .leastConnections, .random, .weightedRandom, .ipHash, .modulo,
        .ring(points: 40), .sizedRing(least: 256, most: 1024), .rendezvous, .maglev(size: 251), .choices(2),
        .choices(3, withReplacement: true), .envoyLeastRequest, .shortestQueue, .idleQueue,
        .ewma(decay: .seconds(1)), .finaglePeakEWMA, .linkerdPeakEWMA,
    ]
}
