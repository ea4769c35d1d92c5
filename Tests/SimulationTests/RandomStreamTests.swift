import Simulation
import Testing
import Trace

@Suite struct RandomStreamTests {
    /// Draws are part of every trace: these must never change.
    @Test func knownAnswers() {
        let stream = RandomStream(seed: 42, component: "sql", purpose: "latency")
        #expect(stream.bits(at: 0) == 4_760_425_419_214_750_560)
        #expect(stream.bits(at: 1) == 956_398_128_322_432_745)
        let entity = RandomStream(seed: 42, component: "sql", purpose: "latency", entity: 7)
        #expect(entity.bits(at: 1 << 40) == 6_762_704_903_104_407_808)
        let other = RandomStream(seed: 43, component: "ñ", purpose: "")
        #expect(other.draw(at: .max) == Draw(bits: 17_354_647_047_353_051_836, choice: 15_222_610_338_585_309_164))
    }

    @Test func aDrawDependsOnItsNameAlone() {
        var used = RandomStream(seed: 1, component: "sql", purpose: "latency")
        let sequence = (0..<100).map { _ in used.next() }
        let fresh = RandomStream(seed: 1, component: "sql", purpose: "latency")
        #expect((0..<100).reversed().map { fresh.draw(at: $0) } == sequence.reversed())
        #expect(used.index == 100)
    }

    @Test func eachPartOfTheNameCounts() {
        let streams = [
            RandomStream(seed: 1, component: "a", purpose: "b"), RandomStream(seed: 2, component: "a", purpose: "b"),
            RandomStream(seed: 1, component: "b", purpose: "a"), RandomStream(seed: 1, component: "ab", purpose: ""),
            RandomStream(seed: 1, component: "", purpose: "ab"),
            RandomStream(seed: 1, component: "a", purpose: "b", entity: 1),
        ]
        #expect(Set(streams.map { $0.bits(at: 0) }).count == streams.count)
    }

    @Test func addingAComponentLeavesTheDrawsOfTheOthersAlone() throws {
        func run(backends: [String]) throws -> [String: [String]] {
            let simulation = Simulation(seed: 5)
            let logs = backends.map { _ in Log(simulation) }
            for (backend, log) in zip(backends, logs) {
                simulation.spawn {
                    var latency = simulation.stream(backend, "latency")
                    while !Task.isCancelled {
                        let time = Distribution.exponential(mean: 1e6).nanoseconds(&latency)
                        try? await simulation.sleep(forNanoseconds: time)
                        log.note("\(time)")
                    }
                }
            }
            try simulation.run(until: .seconds(0.2))
            return Dictionary(uniqueKeysWithValues: zip(backends, logs.map(\.lines)))
        }
        let two = try run(backends: ["sql", "cosmos"])
        let three = try run(backends: ["rest", "cosmos", "sql"])
        #expect(two["sql"] == three["sql"])
        #expect(two["cosmos"] == three["cosmos"])
        #expect(two["sql"] != two["cosmos"])
        #expect(two["sql"]?.count ?? 0 > 100)
    }

    @Test func unitDrawsStayInTheirIntervals() {
        let lowest = Draw(bits: 0)
        let highest = Draw(bits: .max, choice: .max)
        #expect(lowest.uniform == 0)
        #expect(highest.uniform < 1)
        #expect(lowest.openUniform > 0)
        #expect(highest.openUniform < 1)
        #expect(lowest.openUniform == 1 - highest.openUniform)
        #expect(highest.integer(below: 6) == 5)
        #expect(lowest.integer(below: 0) == 0)
        #expect(!highest.happens(0.999) && highest.happens(1) && !lowest.happens(0) && lowest.happens(0.001))
    }

    /// Chi-square over 256 cells, for the top and the bottom bits of both words.
    @Test func bitsAreUniform() {
        let stream = RandomStream(seed: 9, component: "test", purpose: "uniform")
        let draws = 256 * 200
        for shift: UInt64 in [0, 56] {
            for word in [\Draw.bits, \Draw.choice] {
                var cells = [Int](repeating: 0, count: 256)
                for index in 0..<UInt64(draws) {
                    cells[Int(stream.draw(at: index)[keyPath: word] >> shift & 0xff)] += 1
                }
                let chi = cells.reduce(0.0) { $0 + (Double($1) - 200) * (Double($1) - 200) / 200 }
                // 255 degrees of freedom: mean 255, deviation 22.6.
                #expect(abs(chi - 255) < 4 * 22.6)
            }
        }
    }

    @Test func neighbouringStreamsAreNotCorrelated() {
        let draws: UInt64 = 10_000
        let first = RandomStream(seed: 1, component: "a", purpose: "b", entity: 1)
        for other in [
            RandomStream(seed: 1, component: "a", purpose: "b", entity: 2),
            RandomStream(seed: 2, component: "a", purpose: "b", entity: 1),
            RandomStream(seed: 1, component: "a", purpose: "c", entity: 1),
        ] {
            let sum = (0..<draws).reduce(0.0) { sum, index in
                sum + (first.uniform(at: index) - 0.5) * (other.uniform(at: index) - 0.5)
            }
            // The product has deviation 1/12 for independent ones.
            #expect(abs(sum * 12 / Double(draws).squareRoot()) < 4)
        }
    }
}
