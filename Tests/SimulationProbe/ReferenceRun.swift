public import Simulation
public import Trace

/// A run that uses everything the kernel has: its digest is known, so any change of order, time or number shows.
///
/// Clients arrive at random and call three backends with limited slots through `async let`, task groups with a
/// time-out, an actor and an `AsyncStream`; each distribution is drawn from.
public final class ReferenceRun: @unchecked Sendable {
    private let simulation: Simulation
    private let recorder: TraceRecorder
    private let client: NameID
    private let arrivals: RandomStream
    private let sql: ProbeBackend
    private let rest: ProbeBackend
    private let cosmos: ProbeBackend
    private let ledger = Ledger()
    private let (answers, answered) = AsyncStream.makeStream(of: UInt32.self)

    private init(seed: UInt64) {
        simulation = Simulation(seed: seed)
        recorder = TraceRecorder(scenario: "reference", seed: seed)
        client = recorder.declare("web", .client)
        arrivals = simulation.stream("web", "arrivals")
        sql = ProbeBackend("sql", .lognormal(p50: 30e6, p99: 200e6), slots: 3, simulation, recorder)
        rest = ProbeBackend(
            "rest",
            .bimodal(fast: .weibull(scale: 20e6, shape: 1.5), slow: .pareto(minimum: 90e6, shape: 2), oneIn: 10),
            slots: 1, simulation, recorder)
        cosmos = ProbeBackend("cosmos", .normal(mean: 50e6, deviation: 30e6), slots: 2, simulation, recorder)
    }

    /// The trace of ten seconds of it.
    public static func trace(seed: UInt64) throws(SimulationError) -> Trace {
        let run = ReferenceRun(seed: seed)
        run.simulation.spawn { await run.arrive() }
        run.simulation.spawn { await run.listen() }
        run.simulation.schedule(at: .seconds(4)) { run.note(.mark, value: 4) }
        let end = VirtualTime.seconds(10)
        try run.simulation.run(until: end)
        run.recorder.finish(at: end)
        return run.recorder.trace
    }

    private func arrive() async {
        var gaps = arrivals
        let gap = Distribution.exponential(mean: 40e6)
        var number: UInt32 = 0
        while !Task.isCancelled {
            try? await simulation.sleep(forNanoseconds: gap.nanoseconds(&gaps))
            number += 1
            let request = number
            simulation.spawn { await self.serve(request) }
        }
    }

    private func serve(_ request: UInt32) async {
        note(.requestStarted, request: request)
        async let first = sql.call(request)
        async let second = rest.call(request)
        let inTime = await withTimeout(120_000_000) { await self.cosmos.call(request) }
        let sum = await first + second
        let total = await ledger.add(sum)
        note(.requestFinished, outcome: inTime ? .ok : .timedOut, request: request, value: total)
        answered.yield(request)
    }

    private func listen() async {
        for await request in answers { note(.merged, request: request) }
    }

    /// Whether the work ended before the time was up; if not, it is cancelled.
    private func withTimeout(_ limit: Int64, _ work: @escaping @Sendable () async -> Int64) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await work() >= 0 }
            group.addTask {
                try? await self.simulation.clock.sleep(for: .nanoseconds(limit))
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }

    private func note(_ kind: EventKind, outcome: Outcome = .none, request: UInt32 = 0, value: Int64 = 0) {
        if simulation.isFinished { return }
        recorder.record(
            Event(
                time: simulation.now, kind: kind, outcome: outcome, component: client, request: RequestID(request),
                value: value))
    }
}

/// What the requests add up to.
actor Ledger {
    private var total: Int64 = 0

    func add(_ amount: Int64) -> Int64 {
        total += amount
        return total
    }
}
