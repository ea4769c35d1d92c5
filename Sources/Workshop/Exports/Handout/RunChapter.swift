import Analysis
import Scenario
import Trace

/// What a handout says of one run: where it comes from, its figures, its charts.
struct RunChapter {
    var run: RunView
    var title: String
    var language: Language
    /// What runs it again.
    var command: String

    /// Fewer requests than this make no chart.
    private static let fewestRequests = 20

    /// One of several runs.
    var blocks: [Handout.Block] { [.heading(title), .line(facts)] + content }

    /// `seed 42 · 1234 events · 60.000 s · digest e6ac109e8e23f6eb`.
    var facts: String {
        let trace = run.trace
        return [
            "\(HandoutWords.seed(language)) \(trace.seed)",
            "\(numbers.count(trace.events.count)) \(HandoutWords.events(language))", numbers.moment(trace.end),
            "\(HandoutWords.digest(language)) \(run.digest)",
        ].joined(separator: " · ")
    }

    var content: [Handout.Block] {
        let metrics = RunMetrics.over(run.index)
        var blocks: [Handout.Block] = [.code([command]), flows(metrics)]
        if !metrics.backends.isEmpty { blocks.append(backends(metrics)) }
        for flow in metrics.flows where flow.requests >= Self.fewestRequests {
            blocks.append(.chart(FlowChart(flow, in: run, language)))
        }
        return blocks
    }

    private var numbers: NumberText { NumberText(language) }

    private func flows(_ metrics: RunMetrics) -> Handout.Block {
        let header = [HandoutWords.flow, HandoutWords.requests, HandoutWords.ok, HandoutWords.failed]
            .map { $0(language) }
        let rows = metrics.flows.map { flow in
            [flow.name] + [flow.requests, flow.ok, flow.failed].map(numbers.count) + latencies(flow.latency)
        }
        let hasFailures = metrics.flows.contains { $0.failed > 0 }
        return .table(header: header + latencyHeader(hasFailures: hasFailures), rows: rows)
    }

    private func backends(_ metrics: RunMetrics) -> Handout.Block {
        let header = [HandoutWords.backend, HandoutWords.calls, HandoutWords.ok, HandoutWords.longestQueue]
            .map { $0(language) }
        let rows = metrics.backends.map { backend in
            [backend.name] + [backend.calls, backend.ok, backend.maxQueued].map(numbers.count)
                + latencies(backend.latency)
        }
        let hasFailures = metrics.backends.contains { $0.failed > 0 }
        return .table(header: header + latencyHeader(hasFailures: hasFailures), rows: rows)
    }

    /// What fails at once is fast: that failures are among what was measured is said.
    private func latencyHeader(hasFailures: Bool) -> [String] {
        let percentiles = ["p50", "p99"].map { hasFailures ? "\($0) \(Words.withFailures(language))" : $0 }
        return percentiles + [HandoutWords.slowest(language)]
    }

    private func latencies(_ latency: LatencySummary?) -> [String] {
        guard let latency else { return ["–", "–", "–"] }
        return [latency.p50, latency.p99, latency.max].map { numbers.duration($0) }
    }
}
