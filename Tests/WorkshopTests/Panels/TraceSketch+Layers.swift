import Trace

/// Breakers, bulkheads and limits at work, by hand.
extension TraceSketch {
    /// The settings of a layer, in the units of the trace.
    mutating func configure(_ layer: String, at time: Double = 0, _ settings: (String, Int64)...) {
        for (name, value) in settings { event(.layerConfigured, at: time, layer, name, value: value) }
    }

    static let seconds: Int64 = 1_000_000_000
    static let millionths: Int64 = 1_000_000

    /// A request a second, of which those from 6 s to 50 s fail; the breaker opens at 5 failures for 30 s. A second
    /// policy has a breaker that counts a share of failures and slow calls, and only ever sees slow ones.
    static func breaking(failures: Int64 = 5) -> Trace {
        var sketch = TraceSketch(backends: ["pay", "reports"])
        sketch.policy("guarded", ("timeout", .timeout), ("breaker", .breaker))
        sketch.policy("reading", ("breaker", .breaker))
        sketch.configure("guarded.timeout", ("total", 2 * seconds))
        sketch.configure("guarded.breaker", ("failures", failures), ("open", 30 * seconds), ("trials", 1))
        sketch.configure(
            "reading.breaker", ("ratio", 500_000), ("minimum", 20), ("window", 60 * seconds), ("slow", 2 * seconds),
            ("slowRatio", 600_000), ("open", 10 * seconds), ("trials", 3))
        var breaker = HandBreaker(failures: failures)
        for second in 0..<80 {
            let time = Double(second) * 1000
            breaker.pass(at: time, fails: (6..<50).contains(second), in: &sketch)
            guard second % 4 == 3 else { continue }
            let request = sketch.request(at: time + 10)
            let inner = sketch.open(.guardStarted, at: time + 10, "reading", in: request)
            let end = sketch.call("reports", "list", at: time + 10, in: inner, service: 100)
            sketch.event(
                .breakerRecorded, at: end, "reading.breaker", second % 12 == 3 ? "slow" : "", outcome: .ok, in: inner,
                span: inner.span, value: second < 79 ? -1 : 0)
            sketch.close(.guardFinished, at: end, "reading", .ok, inner)
            sketch.end(request, at: end)
        }
        return sketch.finished(end: 90_000)
    }

    /// A consecutive breaker by hand: half-open after 30 s, one trial.
    private struct HandBreaker {
        let failures: Int64
        var row: Int64 = 0
        var openUntil: Double?
        var opened = 0

        init(failures: Int64) { self.failures = failures }

        mutating func pass(at time: Double, fails: Bool, in sketch: inout TraceSketch) {
            let request = sketch.request(at: time)
            let inner = sketch.open(.guardStarted, at: time, "guarded", in: request)
            let layer = "guarded.breaker"
            var isTrial = false
            if let until = openUntil {
                guard time >= until else {
                    sketch.event(
                        .breakerRejected, at: time, layer, outcome: .shortCircuited, in: inner, span: inner.span,
                        cause: opened, value: TraceSketch.nanoseconds(until - time))
                    sketch.close(.guardFinished, at: time, "guarded", .shortCircuited, inner)
                    return sketch.end(request, at: time, .failed)
                }
                opened = sketch.event(.breakerHalfOpened, at: time, layer, "elapsed", cause: opened, value: 1)
                isTrial = true
            }
            let end = sketch.call(
                "pay", "charge", at: time, in: inner, service: 200, outcome: fails ? .failed : .ok)
            row = fails ? row + 1 : 0
            let recorded = sketch.event(
                .breakerRecorded, at: end, layer, outcome: fails ? .failed : .ok, in: inner, span: inner.span,
                value: row)
            if fails && (isTrial || row >= failures) {
                opened = sketch.event(
                    .breakerOpened, at: end, layer, isTrial ? "trial" : "consecutive", cause: recorded,
                    value: 30 * TraceSketch.seconds)
                openUntil = end + 30_000
                row = 0
            } else if isTrial {
                opened = sketch.event(.breakerClosed, at: end, layer, "trial", cause: recorded)
                openUntil = nil
            }
            sketch.close(.guardFinished, at: end, "guarded", fails ? .failed : .ok, inner)
            sketch.end(request, at: end, fails ? .failed : .ok)
        }
    }

    /// Two bulkheads: sql with 20 slots and 40 places answers in 250 ms, cosmos with 50 and 100 in 10 s.
    static func bulkheads(adaptive: Bool = false, every interval: Double = 40) -> Trace {
        var sketch = TraceSketch(backends: ["sql", "cosmos"])
        sketch.policy("reads", ("bulkhead", .bulkhead))
        sketch.policy("ranks", ("bulkhead", .bulkhead))
        sketch.configure("reads.bulkhead", ("concurrent", 20), ("queue", 40))
        sketch.configure("ranks.bulkhead", ("concurrent", 50), ("queue", 100))
        var sql = HandBulkhead(policy: "reads", slots: 20, places: 40)
        var cosmos = HandBulkhead(policy: "ranks", slots: 50, places: 100)
        for number in 0..<Int(10_000 / interval) {
            let time = Double(number) * interval
            sql.pass(at: time, service: 250, in: &sketch)
            cosmos.pass(at: time, service: 10_000, in: &sketch)
            guard adaptive, number > 0, number % 10 == 0 else { continue }
            let limit = 20 + (number / 10) % 7 * 5
            sketch.event(.limitChanged, at: time, "reads.bulkhead", value: Int64(limit))
        }
        return sketch.finished(end: 12_000)
    }

    /// A first-in-first-out bulkhead by hand, in which all calls take equally long.
    private struct HandBulkhead {
        let policy: String
        let slots: Int
        let places: Int
        /// When each of those inside and in the queue leaves; when those in the queue enter.
        var ends: [Double] = []
        var starts: [Double] = []

        init(policy: String, slots: Int, places: Int) {
            (self.policy, self.slots, self.places) = (policy, slots, places)
        }

        mutating func pass(at time: Double, service: Double, in sketch: inout TraceSketch) {
            ends.removeAll { $0 <= time }
            starts.removeAll { $0 <= time }
            let layer = "\(policy).bulkhead"
            let request = sketch.request(at: time)
            let inner = sketch.open(.guardStarted, at: time, policy, in: request)
            guard starts.count < places || ends.count < slots else {
                sketch.event(
                    .bulkheadRejected, at: time, layer, outcome: .shed, in: inner, span: inner.span,
                    value: Int64(starts.count))
                sketch.close(.guardFinished, at: time, policy, .shed, inner)
                return sketch.end(request, at: time, .failed)
            }
            var start = time
            if ends.count >= slots {
                start = ends.sorted()[ends.count - slots]
                starts.append(start)
                sketch.event(
                    .bulkheadQueued, at: time, layer, in: inner, span: inner.span, value: Int64(starts.count))
            }
            ends.append(start + service)
            guard start + service < 12_000 else {
                if start < 12_000 {
                    sketch.event(.bulkheadEntered, at: start, layer, in: inner, span: inner.span)
                }
                return
            }
            sketch.event(.bulkheadEntered, at: start, layer, in: inner, span: inner.span)
            sketch.event(.bulkheadLeft, at: start + service, layer, in: inner, span: inner.span)
            sketch.close(.guardFinished, at: start + service, policy, .ok, inner)
            sketch.end(request, at: start + service)
        }
    }

    /// A bucket of 10 permits that fills at 2 a second, asked in bursts; a window; and a retry with a budget.
    static func limits(rate: Int64 = 2) -> Trace {
        var sketch = TraceSketch(backends: ["api"])
        sketch.policy("calls", ("rateLimit", .limiter), ("retry", .retry))
        sketch.policy("mails", ("rateLimit", .limiter))
        sketch.configure("calls.rateLimit", ("burst", 10 * millionths), ("rate", rate * millionths))
        sketch.configure("calls.retry", ("attempts", 4), ("budget", 10 * millionths), ("budgetFloor", 5 * millionths))
        sketch.configure("mails.rateLimit", ("limit", 100), ("window", seconds))
        var permits = 10.0
        var last = 0.0
        var tokens: Int64 = 10_000
        for number in 0..<40 {
            let time = Double(number / 8) * 1500 + Double(number % 8) * 20
            permits = min(10, permits + (time - last) / 1000 * Double(rate))
            last = time
            let request = sketch.request(at: time)
            let inner = sketch.open(.guardStarted, at: time, "calls", in: request)
            let isAdmitted = permits >= 1
            if isAdmitted { permits -= 1 }
            sketch.event(
                isAdmitted ? .limiterAdmitted : .limiterRejected, at: time, "calls.rateLimit",
                outcome: isAdmitted ? .none : .limited, in: inner, span: inner.span, value: Int64(permits * 1e6))
            if isAdmitted {
                let isGood = number % 3 == 0
                tokens = isGood ? min(10_000, tokens + 100) : max(0, tokens - 1000)
                let end = sketch.call("api", "get", at: time, in: inner, service: 10, outcome: isGood ? .ok : .failed)
                sketch.event(
                    .budgetChanged, at: end, "calls.retry",
                    isGood ? "deposit" : tokens <= 5000 ? "refusal" : "withdrawal", in: inner, span: inner.span,
                    value: tokens * 1000)
            }
            let outcome: Outcome = isAdmitted ? .ok : .limited
            sketch.close(.guardFinished, at: time + 10, "calls", outcome, inner)
            sketch.end(request, at: time + 10, isAdmitted ? .ok : .failed)
        }
        return sketch.finished(end: 10_000)
    }
}
