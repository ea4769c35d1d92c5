import Resilience
import Simulation
import Trace

/// Servers that take one job at a time, in order, behind a load balancer: arrivals by chance (Poisson), services that
/// take 1 s in the mean (exponential).
struct PoolRun {
    /// How long each job took, from its arrival to its end, after the warm-up.
    private(set) var times: [Double] = []
    /// How long there were at least so many jobs, summed over servers, after the warm-up.
    private var busy: [Double] = []
    private let servers: Int
    private let span: Double

    /// - Parameters:
    ///   - load: arrivals a second for each server, below 1.
    ///   - arrivals: with those of the warm-up, the first fifth.
    init(_ algorithm: LoadBalancerAlgorithm, servers: Int, load: Double, arrivals: Int, seed: UInt64) throws {
        self.servers = servers
        let rules = try (0..<servers).map { try ServerRules("s\($0)") }
        var balancer = try LoadBalancerCore<VirtualTime>(algorithm, servers: rules)
        // Arrivals and services are the same whatever the balancer draws.
        var (events, choices) = (Dice(seed: seed), Dice(seed: seed &+ 1_000_000))
        func exponential() -> Double { -Maths.log(1 - events.draw()) }
        var ends = Agenda()
        var (freeAt, jobs) = ([Double](repeating: 0, count: servers), [Int](repeating: 0, count: servers))
        var levels = Levels()
        var (now, begins) = (0.0, 0.0)
        for arrival in 0..<arrivals {
            now += exponential() / (load * Double(servers))
            while ends.next <= now {
                let end = ends.next
                let server = ends.removeNext()
                balancer.finished(server, took: .zero, at: .seconds(end))
                levels.change(jobs[server], by: -1, at: end)
                jobs[server] -= 1
            }
            if arrival == arrivals / 5 {
                begins = now
                levels.restart(at: now)
            }
            let service = exponential()
            let pick = balancer.pick(at: .seconds(now)) { choices.draw() }
            guard let server = pick?.server else { continue }
            balancer.started(server, at: .seconds(now))
            freeAt[server] = max(now, freeAt[server]) + service
            ends.add(server, at: freeAt[server])
            jobs[server] += 1
            levels.change(jobs[server], by: 1, at: now)
            if arrival >= arrivals / 5 { times.append(freeAt[server] - now) }
        }
        span = now - begins
        busy = levels.areas(at: now)
    }

    var meanTime: Double { times.reduce(0, +) / Double(times.count) }
    /// Jobs in the system, over time.
    var meanJobs: Double { busy.reduce(0, +) / span }
    /// Jobs a second.
    var rate: Double { Double(times.count) / span }

    func quantile(_ share: Double) -> Double {
        times.sorted()[min(times.count - 1, Int(share * Double(times.count)))]
    }

    /// The share of servers with at least so many jobs, over time.
    func share(atLeast jobs: Int) -> Double {
        jobs <= busy.count ? busy[jobs - 1] / span / Double(servers) : 0
    }

    /// How many servers have at least so many jobs, integrated over time.
    private struct Levels {
        private var counts: [Int] = []
        private var sums: [Double] = []
        private var since: [Double] = []

        mutating func change(_ level: Int, by step: Int, at now: Double) {
            if level > counts.count {
                counts.append(0)
                sums.append(0)
                since.append(now)
            }
            settle(level - 1, at: now)
            counts[level - 1] += step
        }

        private mutating func settle(_ index: Int, at now: Double) {
            sums[index] += Double(counts[index]) * (now - since[index])
            since[index] = now
        }

        mutating func restart(at now: Double) {
            for index in counts.indices {
                settle(index, at: now)
                sums[index] = 0
            }
        }

        mutating func areas(at now: Double) -> [Double] {
            for index in counts.indices { settle(index, at: now) }
            return sums
        }
    }
}

/// Jobs that share one queue before so many places: a bulkhead whose queue has no end.
struct SharedQueueRun {
    private(set) var meanTime = 0.0
    /// The share of jobs that had to wait.
    private(set) var waiting = 0.0

    init(places: Int, load: Double, arrivals: Int, seed: UInt64) throws {
        let rules = try BulkheadRules(concurrent: places, whenFull: .wait)
        var queue = BulkheadCore<Int, VirtualTime>(rules, at: .zero)
        var events = Dice(seed: seed)
        func exponential() -> Double { -Maths.log(1 - events.draw()) }
        var ends = Agenda()
        var arrived: [Double] = []
        var services: [Double] = []
        var (now, counted) = (0.0, 0)
        func begin(_ job: Int, at time: Double) {
            ends.add(job, at: time + services[job])
            guard job >= arrivals / 5 else { return }
            counted += 1
            meanTime += time + services[job] - arrived[job]
            if time > arrived[job] { waiting += 1 }
        }
        for job in 0..<arrivals {
            now += exponential() / load
            while ends.next <= now {
                let end = ends.next
                _ = ends.removeNext()
                for case .start(let next) in queue.leave(at: .seconds(end)) { begin(next, at: end) }
            }
            arrived.append(now)
            services.append(exponential())
            if queue.enter(job, at: .seconds(now)) == .entered { begin(job, at: now) }
        }
        meanTime /= Double(counted)
        waiting /= Double(counted)
    }
}
