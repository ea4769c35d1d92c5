import Model
import Scenario
import Testing
import Trace

/// What must hold in every run with a pool, whatever happens to it.
@Suite struct PoolInvariantTests {
    /// A random pool, what is done to it, and the run.
    struct Case {
        var random: TestRandom
        var yaml = ""
        var interventions: [Intervention] = []
        var trace: Trace

        static let algorithms = [
            "roundRobin", "weighted", "smoothWeighted", "leastConnections", "random", "weightedRandom", "ipHash",
            "modulo", "{ ring: 40 }", "rendezvous", "{ maglev: 251 }", "twoChoices", "{ choices: 3 }", "shortestQueue",
            "idleQueue", "ewma", "peakEWMA",
        ]

        init(seed: UInt64) throws {
            random = TestRandom(state: seed)
            trace = Trace(scenario: "", seed: 0)
            yaml = written(algorithm: Self.algorithms[Int(seed) % Self.algorithms.count])
            interventions = (0..<number(0...8)).map { _ in at(number(0...30_000), change()) }
            trace = try rehearse(yaml, seed: seed, interventions: interventions)
        }

        /// Whether a server that comes back gets one call at first, and is not ejected meanwhile.
        var hasTrials: Bool { yaml.contains("passive") || yaml.contains("accrual") }

        private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        private mutating func pick(_ choices: String...) -> String { choices[number(0...choices.count - 1)] }

        /// Whether the algorithm looks at weights, so that servers may have different ones.
        private var hasWeights = false

        private mutating func written(algorithm: String) -> String {
            hasWeights = !["roundRobin", "random", "modulo", "idleQueue", "ewma", "peakEWMA"].contains(algorithm)
            let servers = (1...number(1...6)).map { number -> String in
                let weight = hasWeights ? self.number(number == 1 ? 1...4 : 0...4) : 1
                let plan = pick("", "", "", ", joins: 9s", ", leaves: 20s", ", member: false", ", errors: 60%")
                return "s\(number): { weight: \(weight)\(plan) }"
            }
            let parts = [
                "use: \(algorithm)", pick("", "health: { every: 1s, timeout: 300ms, rise: 2, fall: 2 }"),
                pick(
                    "", "outliers: { consecutive: 3, interval: 2s, base: 4s, maxEjected: 50% }",
                    "passive: { maxFails: 2, failTimeout: 2s }", "accrual: { failures: 3, max: 8s }"),
                pick("", "panic: 50%"), hasWeights ? pick("", "slowStart: 5s") : "", pick("", "subset: 1"),
            ]
            return """
                duration: 30s
                keys: { user: { zipf: 0.9, count: 40 } }
                backends:
                  shop:
                    latency: { exponential: 60ms }
                    concurrency: 3
                    queue: 8
                    balancer: { \(parts.filter { !$0.isEmpty }.joined(separator: ", ")) }
                    servers: { \(servers.joined(separator: ", ")) }
                policies: { guarded: [ { timeout: 400ms }, { retry: { attempts: 3, base: 20ms } }, { hedge: 150ms } ] }
                flows: { page: [ call: { to: shop.get, with: guarded }, parallel: [ call: shop.a, call: shop.b ] ] }
                clients: { web: { flow: page, keys: user, arrivals: { poisson: 12/s } } }
                """
        }

        private func set(_ path: String, _ value: String) -> Intervention.Action {
            .set(path: "backends.shop.\(path)", value: value)
        }

        private mutating func change() -> Intervention.Action {
            switch number(0...9) {
            case 0: .kill(backend: "s1")
            case 1: .restore(backend: "s1")
            case 2: .inject(.hang, backend: "s1", duration: .milliseconds(number(1...5000)))
            case 3: .join(server: "s1")
            case 4: .leave(server: "s1")
            case 5: set("servers.s1.weight", hasWeights ? pick("1", "2", "9", "0.5") : "1")
            case 6:
                set(
                    "balancer.use",
                    hasWeights
                        ? pick("weighted", "{ ring: 20 }", "twoChoices", "rendezvous")
                        : pick("random", "{ ring: 20 }", "twoChoices", "ewma"))
            case 7: set("balancer.health", pick("none", "{ every: 700ms, timeout: 500ms }"))
            case 9: set("servers.s1.member", pick("true", "false"))
            default: set("balancer.outliers", hasTrials ? "none" : pick("none", "{ consecutive: 2 }"))
            }
        }
    }

    @Test(arguments: UInt64(1)...34) func picksFollowWhatTheTraceSays(seed: UInt64) throws {
        let item = try Case(seed: seed)
        let trace = item.trace
        var members: Set<NameID> = []
        var down: Set<NameID> = []
        var ejected: Set<NameID> = []
        var isPanic = false
        var weights: [NameID: Int64] = [:]
        var problems: [String] = []
        var picked = Event?.none
        for event in trace.events {
            // A pick is at once followed by its call.
            if let pick = picked, ![.keyMoved, .sectorOwned, .panicStarted, .panicEnded].contains(event.kind) {
                if event.kind != .callSent || event.component != pick.detail { problems.append("no call") }
                picked = nil
            }
            switch event.kind {
            case .serverJoined:
                if !members.insert(event.detail).inserted { problems.append("joined twice") }
                weights[event.detail] = event.value
            case .serverLeft:
                if members.remove(event.detail) == nil { problems.append("left twice") }
                down.remove(event.detail)
                ejected.remove(event.detail)
            case .serverDown: if !down.insert(event.detail).inserted { problems.append("down twice") }
            case .serverUp: if down.remove(event.detail) == nil { problems.append("up twice") }
            case .serverEjected: if !ejected.insert(event.detail).inserted { problems.append("ejected twice") }
            case .serverReturned: if ejected.remove(event.detail) == nil { problems.append("returned twice") }
            case .panicStarted: isPanic = true
            case .panicEnded: isPanic = false
            case .balancerPicked:
                picked = event
                let server = event.detail
                if !members.contains(server) { problems.append("picked a stranger") }
                if !isPanic, down.contains(server) || ejected.contains(server) { problems.append("picked an ill one") }
                if event.value < 1 { problems.append("counted wrong") }
            case .balancerCompared: if !members.contains(event.detail) { problems.append("compared a stranger") }
            case .balancerRefused:
                let healthy = members.subtracting(down).subtracting(ejected)
                let isAbleToServe = healthy.contains { weights[$0] != 0 }
                if !item.hasTrials, isAbleToServe { problems.append("refused for nothing") }
            case .serverWeighed: weights[event.detail] = event.value
            default: break
            }
        }
        #expect(problems.isEmpty, "\(problems.prefix(3)) seed \(seed)\n\(item.yaml)\n\(item.interventions)")
        #expect(trace.events.count > 300)
    }

    /// Requests on their way, counted from sends and ends, are what the balancer says.
    @Test(arguments: UInt64(1)...17) func pendingRequestsAreThoseThatHaveNotEnded(seed: UInt64) throws {
        let trace = try Case(seed: seed).trace
        var pending: [NameID: Int64] = [:]
        let joined = Dictionary(grouping: trace.all(.serverJoined), by: \.detail)
        let rejoined = Set(joined.filter { $0.value.count > 1 }.keys)
        var bad = 0
        for event in trace.events {
            switch event.kind {
            case .callSent: pending[event.component, default: 0] += 1
            case .callFinished, .callAbandoned: pending[event.component, default: 0] -= 1
            case .balancerPicked:
                // One that has left and come back is counted anew.
                let exact = pending[event.detail, default: 0] + 1
                if rejoined.contains(event.detail) ? event.value > exact : event.value != exact { bad += 1 }
            default: break
            }
        }
        #expect(bad == 0, "seed \(seed)")
    }

    @Test(arguments: UInt64(1)...6) func theSameRunGivesTheSameTrace(seed: UInt64) throws {
        #expect(try Case(seed: seed).trace.digest == Case(seed: seed).trace.digest)
    }
}
