import Resilience
import Testing

/// Subsets of Site Reliability Engineering, chapter 20, and their figures.
@Suite struct SubsettingTests {
    /// How many clients each backend has.
    static func counts(
        clients: Int, backends: Int, _ subset: (Int) throws -> [Int]
    ) rethrows -> [Int] {
        var counts = [Int](repeating: 0, count: backends)
        for client in 0..<clients {
            for backend in try subset(client) { counts[backend] += 1 }
        }
        return counts
    }

    /// 300 clients, 300 backends, 10 each.
    @Test func sre_deterministicIsExactlyEqual() throws {
        let counts = try Self.counts(clients: 300, backends: 300) {
            try Subsetting.deterministic(client: $0, backends: 300, size: 10)
        }
        #expect(counts == [Int](repeating: 10, count: 300))
    }

    @Test func sre_deterministicDiffersByAtMostOne() throws {
        var dice = Dice(seed: 20)
        for _ in 0..<60 {
            let size = dice.within(1...12)
            let (clients, backends) = (dice.within(1...90), size * dice.within(1...9))
            let counts = try Self.counts(clients: clients, backends: backends) {
                try Subsetting.deterministic(client: $0, backends: backends, size: size)
            }
            let (least, most) = (try #require(counts.min()), try #require(counts.max()))
            #expect(most - least <= 1, "\(clients) clients, \(backends) backends, \(size) each")
        }
    }

    /// Rounds are shuffled apart: clients of different rounds do not share all their backends.
    @Test func sre_everyRoundIsShuffledAnew() throws {
        let first = try Subsetting.deterministic(client: 0, backends: 300, size: 10)
        let second = try Subsetting.deterministic(client: 30, backends: 300, size: 10)
        #expect(Set(first).intersection(second).count < 5)
        #expect(try Subsetting.deterministic(client: 0, backends: 300, size: 10) == first)
    }

    /// Of the mean load, over trials. Published: 63 and 121 %, 50 and 150 %, each from one trial.
    @Test(arguments: [(90, 0.75, 1.26), (30, 0.54, 1.53)])
    func sre_randomIsUneven(size: Int, least: Double, most: Double) throws {
        var dice = Dice(seed: 21)
        var (leasts, mosts) = (0.0, 0.0)
        let trials = 12
        for _ in 0..<trials {
            let counts = try Self.counts(clients: 300, backends: 300) { _ in
                try Subsetting.random(backends: 300, size: size) { dice.draw() }
            }
            leasts += Double(try #require(counts.min())) / Double(size)
            mosts += Double(try #require(counts.max())) / Double(size)
        }
        // One trial's extremes have a standard deviation of 0.03 to 0.05.
        #expect(abs(leasts / Double(trials) - least) < 0.04 && abs(mosts / Double(trials) - most) < 0.05)
    }

    @Test func subsetsHaveDifferentBackends() throws {
        var dice = Dice(seed: 22)
        for _ in 0..<300 {
            let (backends, size) = (dice.within(0...30), dice.within(1...12))
            let ours = try Subsetting.deterministic(client: dice.below(1000), backends: backends, size: size)
            let any = try Subsetting.random(backends: backends, size: size) { dice.draw() }
            for subset in [ours, any] {
                #expect(subset.count == min(size, backends) && Set(subset).count == subset.count)
                #expect(subset.allSatisfy { (0..<backends).contains($0) })
            }
        }
        #expect(throws: PolicyError.self) { try Subsetting.deterministic(client: -1, backends: 3, size: 1) }
        #expect(throws: PolicyError.self) { try Subsetting.deterministic(client: 0, backends: 3, size: 0) }
        #expect(throws: PolicyError.self) { try Subsetting.random(backends: -1, size: 1) { 0 } }
    }
}
