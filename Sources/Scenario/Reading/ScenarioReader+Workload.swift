/// Clients and when they send.
extension ScenarioReader {
    private static let mostUsers = 100_000
    private static let mostTimes = 1_000_000
    private static let fastestRate = 1_000_000.0
    /// Each way to send: the key that chooses it, and those that go with it.
    static let workloadKeys = [["arrivals"], ["users", "think"], ["at", "times"]]

    func client(_ entry: YAMLEntry) -> Client? {
        let what = "client \(SafeText.quoted(entry.key))"
        return reader.mapping(entry.value, what, example: "{ flow: NAME, at: 0s }") { map in
            let flow = map.required("flow").flatMap(flowName)
            let keys = map.optional("keys").flatMap(keySourceName)
            let chosen = map.one(of: Self.workloadKeys.map { $0[0] })
            let think = chosen?.key == "users" ? map.optional("think").flatMap(latency) : nil
            let times = chosen?.key == "at" ? map.optional("times") : nil
            let workload = chosen.flatMap { chosen in
                chosen.key == "at"
                    ? once(chosen.value, times: times, client: what)
                    : self.workload(chosen.key, chosen.value, think: think, client: what)
            }
            if let flow, let workload { return Client(name: entry.key, flow: flow, workload: workload, keys: keys) }
            return nil
        }
    }

    private func flowName(_ node: YAMLNode) -> String? {
        guard let name = reader.text(node, "the name of a flow") else { return nil }
        guard let declared, !declared.hasFlow(name) else { return name }
        reader.report(
            .missing("flow", "ningún flujo", name), at: node.mark,
            hint: Suggestion.text(for: name, in: declared.flows))
        return nil
    }

    private func workload(_ key: String, _ node: YAMLNode, think: Latency?, client: String) -> Workload? {
        switch key {
        case "users":
            return reader.count(node, in: 1...Self.mostUsers).map { .users(count: $0, think: think ?? .fixed(.zero)) }
        default:
            guard let arrivals = self.arrivals(node) else { return nil }
            let expected = arrivals.expectedCount(within: duration)
            guard !isDurationKnown || expected <= Double(limits.maxEvents) else {
                let count = Quantity.text(expected.rounded())
                reader.report(
                    LocalizedText(
                        en: "about \(count) requests would come from \(client), "
                            + "and limits.maxEvents is \(limits.maxEvents)",
                        es: "llegarían unas \(count) peticiones, y limits.maxEvents es \(limits.maxEvents)"),
                    at: node.mark,
                    hint: LocalizedText(
                        en: "lower the rate or the duration, or raise limits.maxEvents",
                        es: "baja el ritmo o la duración, o sube limits.maxEvents"))
                return nil
            }
            return .arrivals(arrivals)
        }
    }

    private func once(_ node: YAMLNode, times timesNode: YAMLNode?, client: String) -> Workload? {
        let moments = self.times(node)
        let times = timesNode.map { reader.count($0, in: 1...Self.mostTimes) } ?? 1
        guard let moments, let times else { return nil }
        if moments.count * times > limits.maxEvents {
            let count = moments.count * times
            reader.report(
                LocalizedText(
                    en: "\(count) requests would come from \(client), and limits.maxEvents is \(limits.maxEvents)",
                    es: "llegarían \(count) peticiones, y limits.maxEvents es \(limits.maxEvents)"),
                at: (timesNode ?? node).mark,
                hint: LocalizedText(
                    en: "send fewer, or raise limits.maxEvents", es: "envía menos, o sube limits.maxEvents"))
        }
        return .once(at: moments, times: times)
    }

    private func times(_ node: YAMLNode) -> [Duration]? {
        guard let items = node.items else { return moment(node).map { [$0] } }
        guard (1...Self.mostItems).contains(items.count) else {
            reader.report("at needs 1 to \(Self.mostItems) times, found \(items.count)", at: node.mark)
            return nil
        }
        let times = items.compactMap(moment)
        return times.count == items.count ? times : nil
    }

    private func arrivals(_ node: YAMLNode) -> Arrivals? {
        reader.mapping(node, "arrivals", example: "{ poisson: 20/s }") { map in
            let base = map.one(of: Arrivals.Spacing.allCases.map(\.rawValue))
            let rate = base.flatMap { self.rate($0.value) }
            let ramps = changes(map.optional("ramps"), "ramps").map { Ramp(from: $0.from, to: $0.to, rate: $0.rate) }
            let spikes = changes(map.optional("spikes"), "spikes").map {
                Spike(from: $0.from, to: $0.to, rate: $0.rate)
            }
            guard let base, let rate, let spacing = Arrivals.Spacing(rawValue: base.key) else { return nil }
            if rate == 0, !ramps.contains(where: { $0.rate > 0 }), !spikes.contains(where: { $0.rate > 0 }) {
                reader.report("no request would ever come", at: base.value.mark, suggestion: "write a rate above 0/s")
                return nil
            }
            return Arrivals(spacing: spacing, rate: rate, ramps: ramps, spikes: spikes)
        }
    }

    private func rate(_ node: YAMLNode) -> Double? { reader.rate(node, in: 0...Self.fastestRate) }

    /// Ramps or spikes: one after another.
    private func changes(_ node: YAMLNode?, _ what: String) -> [(from: Duration, to: Duration, rate: Double)] {
        var previous: Duration = .zero
        return list(node, what) { item in
            let change: (from: Duration, to: Duration, rate: Double)? = reader.mapping(item, "an item of \(what)") {
                map in
                let window = self.window(map)
                let rate = map.required("rate").flatMap { self.rate($0) }
                if let window, let rate { return (window.from, window.to, rate) }
                return nil
            }
            guard let change else { return nil }
            if change.from < previous {
                reader.report(
                    "begins at \(change.from.written), before the one above ends at \(previous.written)", at: item.mark,
                    suggestion: "write \(what) in order, one after another")
            }
            previous = change.to
            return change
        }
    }
}

extension Arrivals {
    /// How many requests come on average within a time from the start.
    func expectedCount(within duration: Duration) -> Double {
        let end = duration / .seconds(1)
        return spikes.reduce(baseCount(from: 0, to: end)) { count, spike in
            let (from, to) = (min(spike.from / .seconds(1), end), min(spike.to / .seconds(1), end))
            return count - baseCount(from: from, to: to) + (to - from) * spike.rate
        }
    }

    /// The area under the rate and its ramps, between two moments in seconds.
    private func baseCount(from: Double, to: Double) -> Double {
        var count = 0.0
        var reached = 0.0
        var current = rate
        func add(until end: Double, ratePerSecond slope: Double) {
            let (start, stop) = (max(reached, from), min(end, to))
            if start < stop { count += (stop - start) * (current + slope * ((start + stop) / 2 - reached)) }
            reached = max(reached, end)
        }
        for ramp in ramps {
            let (start, stop) = (ramp.from / .seconds(1), ramp.to / .seconds(1))
            add(until: start, ratePerSecond: 0)
            add(until: stop, ratePerSecond: (ramp.rate - current) / (stop - start))
            current = ramp.rate
        }
        add(until: .infinity, ratePerSecond: 0)
        return count
    }
}
