import Analysis
import Scenario
import Trace

/// Computes metric expressions from runs.
struct MetricEvaluator {
    let runs: LessonRuns
    let seedOffset: UInt64
    let changes: ScenarioChanges?
    let shown: ShownRun?

    func value(_ expression: MetricExpression) throws(LessonRunError) -> MetricValue {
        switch expression {
        case .constant(let value): return value
        case .named(let name):
            guard let named = runs.lesson.values.first(where: { $0.name == name }) else { return .missing(.number) }
            return try value(named.expression)
        case .setting(let path, let selector):
            let document = try runs.document(selector.scenario, settings: settings(selector))
            return document.value(at: path).flatMap { MetricValue($0) } ?? .missing(.number)
        case .metric(let metric, let selector): return try figure(metric, selector)
        case .operation(let sign, let left, let right):
            return try combine(sign, value(left), value(right))
        case .function(let function, let arguments):
            var values: [MetricValue] = []
            for argument in arguments { values.append(try value(argument)) }
            return reduce(function, values)
        }
    }

    private func settings(_ selector: RunSelector) -> [Setting] {
        (additions(to: selector)?.settings ?? []) + selector.settings
    }

    /// Those of the selector's scenario.
    private func additions(to selector: RunSelector) -> ScenarioChanges? {
        changes?.scenario == selector.scenario ? changes : nil
    }

    private func combine(_ sign: MetricExpression.Operator, _ left: MetricValue, _ right: MetricValue) -> MetricValue {
        switch sign {
        case .plus: MetricValue(left.amount + right.amount, left.unit)
        case .minus: MetricValue(left.amount - right.amount, left.unit)
        case .times: MetricValue(left.amount * right.amount, left.unit.times(right.unit) ?? left.unit)
        case .over: MetricValue(left.amount / right.amount, left.unit.over(right.unit) ?? left.unit)
        }
    }

    private func reduce(_ function: MetricExpression.Function, _ values: [MetricValue]) -> MetricValue {
        let amounts = values.map(\.amount)
        let unit = values.first?.unit ?? .number
        // `max` passes over what is not a number, and a missing figure must show.
        if amounts.contains(where: \.isNaN) { return .missing(unit) }
        switch function {
        case .max: return MetricValue(amounts.max() ?? .nan, unit)
        case .min: return MetricValue(amounts.min() ?? .nan, unit)
        case .sum: return MetricValue(amounts.reduce(0, +), unit)
        }
    }

    // MARK: Figures of a run

    private func index(_ selector: RunSelector) throws(LessonRunError) -> TraceIndex {
        if let shown, shown.scenario == selector.scenario, selector.settings.isEmpty { return shown.index }
        return try runs.index(
            selector.scenario, settings(selector), seedOffset: seedOffset,
            interventions: additions(to: selector)?.interventions ?? [])
    }

    /// How far a run counts: to where the author says, and no further than it has been played.
    private func end(_ selector: RunSelector, _ index: TraceIndex) -> Cursor {
        let last = shown?.index === index ? shown?.played ?? index.trace.lastCursor : index.trace.lastCursor
        let ends = [selector.until.map { VirtualTime.zero.advanced(by: $0) }, additions(to: selector)?.until]
        return ends.compactMap(\.self).reduce(last) { min($0, index.trace.cursor(at: $1)) }
    }

    private func figure(_ metric: Metric, _ selector: RunSelector) throws(LessonRunError) -> MetricValue {
        let index = try index(selector)
        let end = end(selector, index)
        let window = Window(
            index.trace, from: selector.after.map { VirtualTime.zero.advanced(by: $0) }, through: end)
        let amount: Double?
        switch metric.kind {
        case .flow: amount = flow(metric, index, window)
        case .client: amount = requests(metric, index, window) { $0.client }
        case .backend: amount = backend(metric, RunMetrics.over(index, window).backend(metric.name))
        case .cache: amount = cache(metric, RunMetrics.over(index, window).cache(metric.name))
        case .policy: amount = policy(metric, RunMetrics.over(index, window).policy(metric.name))
        case .balancer: amount = balancer(metric, RunMetrics.over(index, window).balancer(metric.name))
        case .server: amount = server(metric, RunMetrics.over(index, window).server(metric.name))
        case .request: amount = request(metric, index, end)
        }
        return MetricValue(amount ?? .nan, metric.unit)
    }

    private func flow(_ metric: Metric, _ index: TraceIndex, _ window: Window) -> Double? {
        switch metric.measure {
        case .latency(.first), .latency(.last): requests(metric, index, window) { $0.flow }
        default: flow(metric, RunMetrics.over(index, window).flow(metric.name))
        }
    }

    private func flow(_ metric: Metric, _ flow: FlowMetrics?) -> Double? {
        guard let flow else { return nil }
        switch metric.measure {
        case .count(.requests): return Double(flow.requests)
        case .count(.ok): return Double(flow.ok)
        case .count(.failed): return Double(flow.failed)
        case .count(.degraded): return Double(flow.degraded)
        case .count(.maxInFlight): return Double(flow.maxInFlight)
        case .latency(let latency): return flow.latency?.milliseconds(latency)
        case .success: return flow.errorRatio.map { 1 - $0 }
        default: return nil
        }
    }

    private func backend(_ metric: Metric, _ backend: BackendMetrics?) -> Double? {
        guard let backend else { return nil }
        switch metric.measure {
        case .count(.calls): return Double(backend.calls)
        case .count(.ok): return Double(backend.ok)
        case .count(.failed): return Double(backend.failed)
        case .count(.rejected): return Double(backend.rejected)
        case .count(.timedOut): return Double(backend.timedOut)
        case .count(.maxInFlight): return Double(backend.maxInFlight)
        case .count(.maxQueued): return Double(backend.maxQueued)
        case .count(.arrivalsPeak): return Double(backend.arrivalsPeak)
        case .lastArrival: return backend.lastArrival?.milliseconds
        case .latency(let latency): return backend.latency?.milliseconds(latency)
        case .success: return backend.errorRatio.map { 1 - $0 }
        default: return nil
        }
    }

    private func cache(_ metric: Metric, _ cache: CacheMetrics?) -> Double? {
        guard let cache else { return nil }
        switch metric.measure {
        case .cache(let count): return Double(cache[count])
        case .hitRatio: return cache.hitRatio
        default: return nil
        }
    }

    private func balancer(_ metric: Metric, _ balancer: BalancerMetrics?) -> Double? {
        guard let balancer else { return nil }
        switch metric.measure {
        case .balancer(let count): return Double(balancer[count])
        case .imbalance: return balancer.imbalance
        default: return nil
        }
    }

    private func server(_ metric: Metric, _ server: ServerMetrics?) -> Double? {
        guard let server else { return nil }
        switch metric.measure {
        case .server(let count): return count.isTime ? Double(server[count]) / 1e6 : Double(server[count])
        case .share: return server.share
        default: return nil
        }
    }

    private func request(_ metric: Metric, _ index: TraceIndex, _ cursor: Cursor) -> Double? {
        guard case .request(let measure) = metric.measure, let number = UInt32(metric.name) else { return nil }
        return measure.value(of: RequestID(number), in: index, at: cursor)
    }

    private func policy(_ metric: Metric, _ policy: PolicyMetrics?) -> Double? {
        guard case .layer(let name, let count) = metric.measure, let value = policy?.layer(name)?[count] else {
            return nil
        }
        return count.isTime ? Double(value) / 1e6 : Double(value)
    }

    /// Figures of single requests: of a client, or the first and the last of a flow.
    private func requests(
        _ metric: Metric, _ index: TraceIndex, _ window: Window, of owner: (RequestInfo) -> NameID
    ) -> Double? {
        let name = index.trace.names.find(metric.name)
        let all = index.requests.filter { owner($0) == name }
        let started = all.filter { window.events.contains(Int($0.startEvent.rawValue) - 1) }
        let ended = all.filter { $0.end != nil && window.events.contains(Int($0.endEvent.rawValue) - 1) }
        let ok = ended.count { $0.outcome.isSuccess }
        switch metric.measure {
        case .count(.requests): return Double(started.count)
        case .count(.ok): return Double(ok)
        case .count(.failed): return Double(ended.count - ok)
        case .success: return ended.isEmpty ? nil : Double(ok) / Double(ended.count)
        case .latency(let latency):
            return Self.milliseconds(latency, ended.compactMap(\.latency).map { Double($0) / 1e6 })
        default: return nil
        }
    }

    /// Percentiles by nearest rank, from every latency.
    private static func milliseconds(_ latency: Metric.Latency, _ latencies: [Double]) -> Double? {
        guard !latencies.isEmpty else { return nil }
        let sorted = latencies.sorted()
        func rank(_ share: Double) -> Double { sorted[max(0, Int((Double(sorted.count) * share).rounded(.up)) - 1)] }
        switch latency {
        case .first: return latencies.first
        case .last: return latencies.last
        case .min: return sorted.first
        case .max: return sorted.last
        case .mean: return latencies.reduce(0, +) / Double(latencies.count)
        case .p50: return rank(0.5)
        case .p95: return rank(0.95)
        case .p99: return rank(0.99)
        }
    }
}

extension MetricValue {
    /// The run has no such figure.
    static func missing(_ unit: MetricUnit) -> MetricValue { MetricValue(.nan, unit) }
}

extension LatencySummary {
    func milliseconds(_ latency: Metric.Latency) -> Double? {
        switch latency {
        case .min: Double(min) / 1e6
        case .mean: mean / 1e6
        case .p50: Double(p50) / 1e6
        case .p95: Double(p95) / 1e6
        case .p99: Double(p99) / 1e6
        case .max: Double(max) / 1e6
        case .first, .last: nil
        }
    }
}
