import Analysis
import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 11 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct LoadBalancingTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("load-balancing") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// Who was picked, in order.
    private func picks(_ scenario: String) throws -> String {
        let trace = try taught.index(scenario).trace
        return trace.events.filter { $0.kind == .balancerPicked }.map { trace.name($0.detail) }.joined(separator: " ")
    }

    @Test(arguments: [("six", "s1 s1 s1 s2 s2 s3"), ("six-smooth", "s1 s2 s1 s3 s2 s1")])
    func sixRequestsByWeight(scenario: String, order: String) throws {
        #expect(try picks(scenario) == order)
    }

    @Test func roundRobinTakesTurns() throws {
        #expect(try picks("even").hasPrefix("w1 w2 w3 w4 w5 w1 w2 w3 w4 w5 w1 "))
        #expect(try taught.figure("balancer.web.imbalance", in: "one-of-many").amount < 1.01)
    }

    @Test func turnsFeedASlowServerAndCountingAvoidsIt() throws {
        #expect(try taught.value("slow_p99").amount > 5 * taught.value("normal_p99").amount)
        #expect(try taught.value("slow_queue").amount > 100)
        #expect(try taught.value("least_p99").amount < 0.5 * taught.value("slow_p99").amount)
        #expect(try taught.value("least_share").amount < 0.1)
    }

    /// Random is no better than turns; whoever looks is.
    @Test func everyAlgorithmThatLooksAvoidsTheSlowServer() throws {
        func p99(_ algorithm: String) throws -> Double {
            let setting = "with backends.web.balancer.use = \(algorithm)"
            return try taught.figure("flow.busy.latency.p99 \(setting) after 10s until 25s", in: "algorithms").amount
        }
        let turns = try taught.value("slow_p99").amount
        #expect(try p99("random") > turns / 2)
        for algorithm in ["leastConnections", "twoChoices", "shortestQueue", "ewma", "peakEWMA"] {
            #expect(try p99(algorithm) < turns / 2, "\(algorithm)")
        }
    }

    @Test func whoFailsFastGetsTheMostUnlessSomebodyLooksAtAnswers() throws {
        let failed = try taught.value("hole_failed").amount
        #expect(try taught.value("hole_share").amount > 0.5)
        #expect(try taught.value("checked_failed").amount < 0.6 * failed)
        #expect(try taught.value("outliers_failed").amount < 0.2 * failed)
        #expect(try taught.value("outliers_failed").amount == 5 * taught.value("ejections").amount)
    }

    /// HAProxy's rise and fall, and Envoy's slow start: a tenth at first, all of it at the end of the window.
    @Test func aServerComesBackBitByBit() throws {
        let trace = try taught.index("coming-back").trace
        func times(_ kind: EventKind, _ server: String) -> [Double] {
            trace.events.filter { $0.kind == kind && trace.name($0.detail) == server }.map(\.time.seconds)
        }
        let (down, up) = (times(.serverDown, "w3"), times(.serverUp, "w3"))
        #expect(down.count == 1 && up.count == 1)
        // Checks at 5, 6 and 7 s fail, those at 12 and 13 s succeed.
        #expect(abs(down[0] - 7) < 0.5 && abs(up[0] - 13) < 0.5)
        for (server, start) in [("w3", up[0]), ("w5", 20)] {
            let weights = trace.events.filter { $0.kind == .serverWeighed && trace.name($0.detail) == server }
            #expect(weights.first?.value == 100_000)
            #expect(weights.last?.value == 1_000_000)
            #expect(weights.map(\.value) == weights.map(\.value).sorted())
            #expect(try abs(#require(weights.last).time.seconds - start - 6) < 0.01)
        }
    }

    /// A customer stays where hash mod 4 and hash mod 5 agree: one in five. A ring gives a newcomer its share.
    @Test func moduloMovesFourInFiveAndARingOneInFive() throws {
        #expect(try abs(taught.value("moved_modulo").amount - 800) < 40)
        #expect(try abs(taught.value("moved_ip").amount - 800) < 40)
        #expect(try abs(taught.value("moved_ring").amount - 200) < 50)
        for algorithm in ["rendezvous", "maglev"] {
            let moved = "balancer.carts.moved with backends.carts.balancer.use = \(algorithm)"
            #expect(try abs(taught.figure(moved, in: "ring").amount - 200) < 50, "\(algorithm)")
        }
    }

    @Test func onARingOnlyTheNewcomerTakes() throws {
        func taken(_ scenario: String) throws -> (parts: Int, owners: Set<String>) {
            let index = try taught.index(scenario)
            let carts = try #require(index.balancer("carts"))
            let state = try #require(BalancerState(index, carts.id, at: index.trace.lastCursor))
            return (state.takenSectors.count, Set(state.takenSectors.map { index.trace.name(state.owners[$0]) }))
        }
        let ring = try taken("sticky-ring")
        #expect(ring.owners == ["c5"])
        #expect((8...20).contains(ring.parts))
        let modulo = try taken("sticky-modulo")
        #expect(modulo.owners == ["c1", "c2", "c3", "c4", "c5"])
        // Of twenty hashes in a row four stay; of 64 that is 16.
        #expect(modulo.parts == 48)
    }

    /// M/M/1, E10/M/1, Mitzenmacher's two choices, and M/M/10 as the bound.
    @Test func tenServersAgreeWithTheory() throws {
        #expect(try abs(taught.value("random_mean").amount / 500 - 1) < 0.1)
        #expect(try abs(taught.value("robin_mean").amount / 292 - 1) < 0.05)
        #expect(try abs(taught.value("two_mean").amount / 195 - 1) < 0.1)
        #expect(try taught.value("shortest_mean").amount > 120)
    }

    @Test(arguments: [
        ("six-requests", "blocks", "turns"), ("slow-server", "fifth", "all"), ("black-hole", "more", "fifth"),
        ("two-choices", "half", "little"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// Turns do not avoid the slow server; slow checks do not find the wrong one in time.
    @Test(arguments: [
        ("leastConnections", "500ms", "2", true), ("roundRobin", "500ms", "2", false),
        ("leastConnections", "5s", "3", false), ("random", "500ms", "1", false),
    ])
    func mondayNeedsAnAlgorithmAndChecks(
        algorithm: String, every: String, fall: String, isPassed: Bool
    ) throws {
        let settings = [
            "backends.web.balancer.use": algorithm, "backends.web.balancer.health.every": every,
            "backends.web.balancer.health.fall": fall,
        ]
        #expect(try taught.grade(settings, in: "monday").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }
}
