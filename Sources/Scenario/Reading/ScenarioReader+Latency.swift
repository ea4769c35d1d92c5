/// Distributions of durations: `80ms`, or `{ lognormal: { p50: 80ms, p99: 300ms } }`.
extension ScenarioReader {
    static let latencyKeys = [
        "fixed", "uniform", "normal", "exponential", "lognormal", "pareto", "weibull", "empirical", "bimodal",
    ]
    private static let shapes = 0.05...1000.0
    private static let mostValues = 10_000

    func latency(_ node: YAMLNode) -> Latency? {
        // A list is not a latency either way; the message for durations is the shorter one.
        if node.entries == nil { return reader.duration(node).map(Latency.fixed) }
        return reader.mapping(node, "a latency") { map in
            map.one(of: Self.latencyKeys).flatMap { distribution($0.key, $0.value) }
        }
    }

    private func distribution(_ kind: String, _ node: YAMLNode) -> Latency? {
        switch kind {
        case "fixed": reader.duration(node).map(Latency.fixed)
        case "exponential": reader.duration(node).map { .exponential(mean: $0) }
        case "uniform": uniform(node)
        case "empirical": empirical(node)
        case "bimodal": bimodal(node)
        default: reader.mapping(node, kind) { map in parameters(kind, map) }
        }
    }

    private func parameters(_ kind: String, _ map: YAMLMapping) -> Latency? {
        switch kind {
        case "normal":
            let mean = map.required("mean").flatMap { reader.duration($0) }
            let deviation = map.required("deviation").flatMap { reader.duration($0) }
            if let mean, let deviation { return .normal(mean: mean, deviation: deviation) }
        case "lognormal":
            let p50 = map.required("p50").flatMap(positive)
            let node = map.required("p99")
            guard let p50, let node, let p99 = reader.duration(node) else { return nil }
            if p50 <= p99 { return .lognormal(p50: p50, p99: p99) }
            reader.report(
                LocalizedText(
                    en: "p99 (\(p99.written)) is less than p50 (\(p50.written))",
                    es: "p99 (\(p99.written)) es menor que p50 (\(p50.written))"),
                at: node.mark,
                hint: LocalizedText(
                    en: "half of all are below p50, and 99 of 100 below p99",
                    es: "la mitad queda por debajo de p50, y 99 de cada 100 por debajo de p99"))
        default:
            let scale = map.required(kind == "pareto" ? "min" : "scale").flatMap(positive)
            let shape = map.required("shape").flatMap { reader.number($0, in: Self.shapes) }
            guard let scale, let shape else { return nil }
            return kind == "pareto" ? .pareto(minimum: scale, shape: shape) : .weibull(scale: scale, shape: shape)
        }
        return nil
    }

    private func uniform(_ node: YAMLNode) -> Latency? {
        guard let items = reader.sequence(node, "uniform") else { return nil }
        guard items.count == 2 else {
            reader.report(
                "uniform needs two durations, found \(items.count)", at: node.mark, suggestion: "write [50ms, 150ms]")
            return nil
        }
        guard let from = reader.duration(items[0]), let to = reader.duration(items[1]) else { return nil }
        if from <= to { return .uniform(from: from, to: to) }
        reader.report(
            LocalizedText(
                en: "\(to.written) is less than \(from.written)", es: "\(to.written) es menos que \(from.written)"),
            at: items[1].mark, hint: .write("[\(to.written), \(from.written)]"))
        return nil
    }

    private func empirical(_ node: YAMLNode) -> Latency? {
        guard let items = reader.sequence(node, "empirical") else { return nil }
        guard (1...Self.mostValues).contains(items.count) else {
            reader.report("empirical needs 1 to \(Self.mostValues) durations, found \(items.count)", at: node.mark)
            return nil
        }
        let values = items.compactMap { reader.duration($0) }
        return values.count == items.count ? .empirical(values) : nil
    }

    private func bimodal(_ node: YAMLNode) -> Latency? {
        reader.mapping(node, "bimodal") { map in
            let fast = map.required("fast").flatMap(latency)
            let slow = map.required("slow").flatMap(latency)
            let oneIn = map.required("oneIn").flatMap { reader.number($0, in: 1...1_000_000_000) }
            if let fast, let slow, let oneIn { return .bimodal(fast: fast, slow: slow, oneIn: oneIn) }
            return nil
        }
    }
}
