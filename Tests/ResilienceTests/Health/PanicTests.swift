import Resilience
import Testing

/// Envoy's panic threshold and levels of priority, each test named after its rule.
@Suite struct PanicTests {
    @Test(arguments: [(4, true), (5, false), (6, false), (0, true)])
    func envoy_panicIsStrictlyBelowHalf(available: Int, isPanic: Bool) {
        #expect(PanicThreshold.envoy.isPanic(available: available, of: 10) == isPanic)
    }

    @Test func envoy_zeroDisablesPanic() throws {
        for threshold in [try PanicThreshold(0), .istio] {
            #expect(!threshold.isPanic(available: 0, of: 10) && !threshold.isPanic(available: 0, of: 0))
        }
        #expect(PanicThreshold.envoy.isPanic(available: 0, of: 0))
        #expect(throws: PolicyError.self) { try PanicThreshold(1.01) }
    }

    static func percents(_ levels: [Int]) throws -> (loads: [Int], isPanic: [Bool], availability: Int) {
        let loads = try PriorityLevels().loads(levels.map { PriorityLevel(available: $0, of: 100) })
        func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
        return (loads.shares.map(percent), loads.isPanic, percent(loads.availability))
    }

    /// A factor of 1.4: from 72 % on the first level keeps everything.
    @Test(arguments: [(100, 100), (72, 100), (71, 99), (50, 70), (25, 35), (0, 0)])
    func envoy_overprovisioning(healthy: Int, load: Int) throws {
        let loads = try Self.percents([healthy, 100])
        #expect(loads.loads == [load, 100 - load] && loads.isPanic == [false, false] && loads.availability == 100)
    }

    /// The tables of Envoy's documentation.
    @Test(arguments: [
        ([72, 72], [100, 0], [false, false], 100), ([71, 71], [99, 1], [false, false], 100),
        ([50, 60], [70, 30], [false, false], 100), ([25, 100], [35, 65], [false, false], 100),
        ([25, 25], [50, 50], [true, true], 70), ([5, 65], [7, 93], [true, false], 98),
    ])
    func envoy_loadsAndPanic(healthy: [Int], loads: [Int], isPanic: [Bool], availability: Int) throws {
        let result = try Self.percents(healthy)
        #expect(result.loads == loads && result.isPanic == isPanic && result.availability == availability)
    }

    @Test func envoy_totalPanicGoesByTheNumberOfHosts() throws {
        let levels = [PriorityLevel(available: 1, of: 10), PriorityLevel(available: 0, of: 30)]
        #expect(try PriorityLevels().loads(levels).shares == [0.25, 0.75])
    }

    /// Nobody is there and panic is off: everything fails at the first level.
    @Test func envoy_withoutPanicNobodyAvailableIsTheFirstLevel() throws {
        let levels = [PriorityLevel(available: 0, of: 10), PriorityLevel(available: 0, of: 10)]
        let loads = try PriorityLevels(panic: .istio).loads(levels)
        #expect(loads.shares == [1, 0] && loads.isPanic == [false, false])
        #expect(try PriorityLevels().loads([]).shares == [])
    }

    @Test func loadsAddUpToEverything() throws {
        var dice = Dice(seed: 1)
        let rules = try PriorityLevels()
        for _ in 0..<2000 {
            let levels = (0..<dice.within(1...5)).map { _ in
                let hosts = dice.within(0...20)
                return PriorityLevel(available: dice.within(0...hosts), of: hosts)
            }
            let loads = rules.loads(levels)
            #expect(abs(loads.shares.reduce(0, +) - 1) < 1e-9 && loads.shares.allSatisfy { $0 >= 0 }, "\(levels)")
            #expect(loads.availability < 1 || !loads.isPanic.contains(true), "\(levels)")
        }
        #expect(throws: PolicyError.self) { try PriorityLevels(overprovisioning: 0.9) }
    }
}
