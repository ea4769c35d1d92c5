import Trace

/// Load balancers, by hand.
extension TraceSketch {
    /// Declares a pool and its servers, all of them members with a weight and so many slots.
    init(pool: String, servers: [(name: String, weight: Double)], slots: Int64 = 4, algorithm: String) {
        self.init(flows: ["page"])
        declare(pool, .balancer)
        for server in servers { declare(server.name, .backend) }
        event(.balancerConfigured, at: 0, pool, "algorithm=\(algorithm)", value: 0)
        for server in servers {
            event(.capacityChanged, at: 0, server.name, value: slots)
            event(.serverJoined, at: 0, pool, server.name, value: Int64(server.weight * 1e6))
        }
    }

    /// A request that the balancer sends to a server, after a look at some.
    mutating func picked(
        _ server: String, of pool: String, at time: Double, service: Double, queue: Double = 0, pending: Int64 = 1,
        compared: [(String, Double)] = [], outcome: Outcome = .ok
    ) {
        let request = self.request(at: time, flow: "page")
        for (name, load) in compared {
            event(
                .balancerCompared, at: time, pool, name, in: request, span: request.span,
                value: Int64(load * 1e6))
        }
        event(
            .balancerPicked, at: time, pool, server, in: request, span: request.span, cause: request.event,
            value: pending)
        let end = call(server, "get_page", at: time, in: request, service: service, queue: queue, outcome: outcome)
        self.end(request, at: end, outcome)
    }


    /// Five servers: w3 is slow and queues, w4 is ejected, w5 is outside, w2 fails its checks.
    static func pool(algorithm: String = "leastConnections") -> Trace {
        var sketch = TraceSketch(
            pool: "web", servers: [("w1", 1), ("w2", 1), ("w3", 1), ("w4", 1), ("w5", 1)], algorithm: algorithm)
        sketch.event(.serverLeft, at: 0, "web", "w5")
        for number in 0..<10 { sketch.picked("w1", of: "web", at: Double(number) * 90, service: 80) }
        for number in 0..<9 {
            sketch.picked(
                "w3", of: "web", at: 100 + Double(number), service: 2000, queue: number < 4 ? 0 : 2000,
                pending: Int64(number + 1))
        }
        sketch.picked("w4", of: "web", at: 200, service: 5, outcome: .unavailable)
        let found = sketch.event(.outlierFound, at: 205, "w4", "consecutive", value: 5)
        sketch.event(.serverEjected, at: 205, "web", "w4", cause: found, value: nanoseconds(30_000))
        sketch.event(.healthChecked, at: 300, "web", "w2", outcome: .timedOut, value: 3)
        sketch.event(.serverDown, at: 300, "web", "w2")
        sketch.picked("w1", of: "web", at: 950, service: 80, compared: [("w1", 0), ("w3", 9)])
        return sketch.finished(end: 3000)
    }

    /// A ring of four; at 500 ms a fifth takes every fifth sector, and a key moves to it.
    static func ring(algorithm: String = "ring") -> Trace {
        let names = ["c1", "c2", "c3", "c4", "c5"]
        var sketch = TraceSketch(pool: "carts", servers: names.map { ($0, 1) }, algorithm: algorithm)
        sketch.event(.serverLeft, at: 0, "carts", "c5")
        for sector in 0..<EventKind.sectors {
            sketch.event(.sectorOwned, at: 0, "carts", names[sector / 3 % 4], value: Int64(sector))
        }
        sketch.event(.serverJoined, at: 500, "carts", "c5", value: 1_000_000)
        for sector in stride(from: 0, to: EventKind.sectors, by: 5) {
            sketch.event(.sectorOwned, at: 500, "carts", "c5", value: Int64(sector))
        }
        sketch.picked("c5", of: "carts", at: 600, service: 20)
        let pick = sketch.events(.balancerPicked).last
        sketch.event(.keyMoved, at: 600, "carts", "customers-17", cause: pick)
        return sketch.finished(end: 1000)
    }
}
