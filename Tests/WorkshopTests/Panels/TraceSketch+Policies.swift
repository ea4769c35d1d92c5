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
