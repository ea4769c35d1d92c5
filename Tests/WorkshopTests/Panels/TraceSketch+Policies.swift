import Trace

/// Work under policies, by hand.
extension TraceSketch {
    /// Declares a policy and its layers, outermost first.
    mutating func policy(_ name: String, _ layers: (String, Component.Kind)...) {
        declare(name, .policy)
        for (layer, kind) in layers { declare("\(name).\(layer)", kind) }
    }

    /// Opens a span of a policy: the whole of it, an attempt or a copy.
    mutating func open(
        _ kind: EventKind, at time: Double, _ component: String, number: Int64 = 0, in holder: Holder,
        cause: Int? = nil
    ) -> Holder {
        var inner = holder
        inner.span = newSpan()
        inner.start = time
        inner.event = event(
            kind, at: time, component, in: inner, span: inner.span, parent: holder.span, cause: cause ?? holder.event,
            value: number)
        return inner
    }

    @discardableResult
    mutating func close(_ kind: EventKind, at time: Double, _ component: String, _ outcome: Outcome, _ inner: Holder)
        -> Int
    {
        event(
            kind, at: time, component, outcome: outcome, in: inner, span: inner.span,
            value: Self.nanoseconds(time - inner.start))
    }

    /// One attempt with its call: from `time`, `service` ms long.
    @discardableResult
    mutating func attempt(
        _ number: Int64, at time: Double, of call: (backend: String, operation: String), in holder: Holder,
        layer: String = "guarded.retry", service: Double, outcome: Outcome = .ok, cause: Int? = nil
    ) -> Int {
        let inner = open(.attemptStarted, at: time, layer, number: number, in: holder, cause: cause)
        let end = self.call(call.backend, call.operation, at: time, in: inner, service: service, outcome: outcome)
        return close(.attemptFinished, at: end, layer, outcome, inner)
    }

    /// The wait for the next attempt, in ms, and between what jitter chose it.
    @discardableResult
    mutating func backoff(
        at time: Double, _ wait: Double, of window: ClosedRange<Double>? = nil, in holder: Holder,
        layer: String = "guarded.retry", cause: Int
    ) -> Int {
        for (kind, bound) in [(EventKind.backoffFloor, window?.lowerBound), (.backoffCeiling, window?.upperBound)] {
            guard let bound else { continue }
            event(kind, at: time, layer, in: holder, span: holder.span, cause: cause, value: Self.nanoseconds(bound))
        }
        return event(
            .retryScheduled, at: time, layer, "backoff", in: holder, span: holder.span, cause: cause,
            value: Self.nanoseconds(wait))
    }

    /// A payment that fails twice and succeeds with its third attempt.
    static var payment: Trace {
        var sketch = TraceSketch(flows: ["checkout"], backends: ["pay"])
        sketch.policy("guarded", ("timeout", .timeout), ("retry", .retry))
        let request = sketch.request(at: 0, flow: "checkout")
        let guarded = sketch.open(.guardStarted, at: 0, "guarded", in: request)
        let call = (backend: "pay", operation: "charge")
        let first = sketch.attempt(1, at: 0, of: call, in: guarded, service: 80, outcome: .unavailable)
        let wait = sketch.backoff(at: 80, 1820, of: 1600...2400, in: guarded, cause: first)
        let second = sketch.attempt(2, at: 1900, of: call, in: guarded, service: 80, outcome: .failed, cause: wait)
        let longer = sketch.backoff(at: 1980, 3700, of: 3200...4800, in: guarded, cause: second)
        sketch.attempt(3, at: 5680, of: call, in: guarded, service: 120, cause: longer)
        sketch.close(.guardFinished, at: 5800, "guarded", .ok, guarded)
        sketch.end(request, at: 5800)
        return sketch.finished(end: 10_000)
    }
}

extension TraceSketch {
    /// So many requests that fail together at the start and come back after 2, 4 and 8 s, or anywhere before (full
    /// jitter), until one attempt goes well.
    static func herd(_ size: Int, jitter: Bool = false) -> Trace {
        var random = SeededGenerator(7)
        var sketch = TraceSketch(clients: ["herd"], flows: ["update"], backends: ["rows"])
        sketch.event(.capacityChanged, at: 0, "rows", value: 10)
        sketch.policy("guarded", ("retry", .retry))
        for number in 0..<size {
            let request = sketch.request(at: 0, client: "herd", flow: "update")
            let guarded = sketch.open(.guardStarted, at: 0, "guarded", in: request)
            let attempts = 2 + number % 3
            var time = 0.0
            var cause = guarded.event
            for attempt in 1...attempts {
                let isLast = attempt == attempts
                cause = sketch.attempt(
                    Int64(attempt), at: time, of: ("rows", "write"), in: guarded, service: 50,
                    outcome: isLast ? .ok : .unavailable, cause: cause)
                if isLast { break }
                let longest = 1000.0 * Double(1 << attempt)
                let wait = jitter ? Double.random(in: 0..<longest, using: &random).rounded() : longest
                cause = sketch.backoff(
                    at: time + 50, wait, of: jitter ? 0...longest : nil, in: guarded, cause: cause)
                time += 50 + wait
            }
            sketch.close(.guardFinished, at: time + 50, "guarded", .ok, guarded)
            sketch.end(request, at: time + 50)
        }
        return sketch.finished(end: 30_000)
    }

    /// A page of four parts, each answered in another way.
    static var shopPage: Trace {
        var sketch = TraceSketch(flows: ["page"], backends: ["orders", "behaviour", "stock", "tips"])
        sketch.policy("kept", ("fallback", .fallback))
        for (number, start) in [0.0, 1000].enumerated() {
            let request = sketch.request(at: start, flow: "page")
            let step = sketch.step("parallel", at: start, in: request)
            sketch.call("orders", "list", at: start, in: step, service: 80)
            let isDown = number == 1
            for (backend, how, age) in [
                ("behaviour", "default", 0.0), ("stock", "stale", 86_400_000), ("tips", "partial", 0),
            ] {
                let guarded = sketch.open(.guardStarted, at: start, "kept", in: step)
                let outcome: Outcome = isDown ? .unavailable : .ok
                sketch.call(backend, "read", at: start, in: guarded, service: 40, outcome: outcome)
                if isDown {
                    sketch.event(
                        .fallbackUsed, at: start + 40, "kept.fallback", how, outcome: outcome, in: guarded,
                        span: guarded.span, cause: sketch.last, value: Self.nanoseconds(age))
                }
                sketch.close(.guardFinished, at: start + 40, "kept", .ok, guarded)
            }
            sketch.end(step: step, at: start + 80)
            sketch.end(request, at: start + 80)
        }
        let last = sketch.request(at: 2000, flow: "page")
        sketch.call("orders", "list", at: 2000, in: last, service: 300, outcome: .unavailable)
        sketch.end(last, at: 2300, .unavailable)
        return sketch.finished(end: 4000)
    }
}

extension TraceSketch {
    /// Three payments that are given up, each for another reason, and one that a time-out cuts off.
    static var givenUp: Trace {
        var sketch = TraceSketch(flows: ["checkout"], backends: ["pay"])
        sketch.policy("guarded", ("timeout", .timeout), ("retry", .retry))
        let call = (backend: "pay", operation: "charge")
        for (number, reason) in ["attempts", "budget", "permanent"].enumerated() {
            let start = 500.0 * Double(number)
            let request = sketch.request(at: start, flow: "checkout")
            let guarded = sketch.open(.guardStarted, at: start, "guarded", in: request)
            let first = sketch.attempt(1, at: start, of: call, in: guarded, service: 80, outcome: .unavailable)
            let wait = sketch.backoff(at: start + 80, 1000, in: guarded, cause: first)
            let outcome: Outcome = number == 2 ? .badRequest : .unavailable
            let second = sketch.attempt(
                2, at: start + 1080, of: call, in: guarded, service: 80, outcome: outcome, cause: wait)
            sketch.event(
                .retryGivenUp, at: start + 1160, "guarded.retry", reason, in: guarded, span: guarded.span,
                cause: second, value: 2)
            sketch.close(.guardFinished, at: start + 1160, "guarded", outcome, guarded)
            sketch.end(request, at: start + 1160, outcome)
        }
        let request = sketch.request(at: 2000, flow: "checkout")
        let guarded = sketch.open(.guardStarted, at: 2000, "guarded", in: request)
        let first = sketch.attempt(1, at: 2000, of: call, in: guarded, service: 80, outcome: .unavailable)
        sketch.backoff(at: 2080, 4000, in: guarded, cause: first)
        sketch.event(
            .timeoutFired, at: 4000, "guarded.timeout", "total", in: guarded, span: guarded.span,
            cause: guarded.event, value: nanoseconds(2000))
        sketch.close(.guardFinished, at: 4000, "guarded", .timedOut, guarded)
        sketch.end(request, at: 4000, .timedOut)
        return sketch.finished(end: 10_000)
    }
}
