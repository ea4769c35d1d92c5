import Trace

extension TraceSketch {
    /// A call to a service that calls others before it answers: what it holds belongs to the result.
    mutating func service(
        _ name: String, _ operation: String, at time: Double, in holder: Holder, hop: Double = 0
    ) -> Holder {
        let span = newSpan()
        var service = holder
        service.span = span
        service.client = name
        service.flow = operation
        service.start = time
        let parent = holder.span
        let sent = event(
            .callSent, at: time, name, operation, in: holder, span: span, parent: parent, cause: holder.event,
            value: Self.nanoseconds(hop))
        let arrived = event(
            .callArrived, at: time + hop, name, operation, in: holder, span: span, parent: parent, cause: sent)
        service.event = event(
            .serviceStarted, at: time + hop, name, operation, in: holder, span: span, parent: parent, cause: arrived,
            value: 1)
        return service
    }

    /// The service answers; the answer is there a hop later.
    mutating func answer(_ service: Holder, at time: Double, hop: Double = 0, outcome: Outcome = .ok) {
        let done = event(
            .serviceFinished, at: time, service.client, service.flow, outcome: outcome, in: service,
            span: service.span, cause: last)
        event(
            .callFinished, at: time + hop, service.client, service.flow, outcome: outcome, in: service,
            span: service.span, cause: done, value: Self.nanoseconds(time + hop - service.start))
    }

    /// A page of 340 ms: insights asks sql and rest at once, and cosmos after them. The clock of insights is so many ms
    /// ahead. A second page fails in cosmos, a third is slow.
    static func services(ahead: Double = 0) -> Trace {
        var sketch = TraceSketch(flows: ["page"], backends: ["insights", "sql", "rest", "cosmos"])
        if ahead != 0 { sketch.event(.clockSet, at: 0, "insights", value: nanoseconds(ahead)) }
        for (start, slow, outcome) in [(0.0, 0.0, Outcome.ok), (500, 0, .unavailable), (1000, 200, .ok)] {
            let request = sketch.request(at: start, flow: "page")
            let insights = sketch.service("insights", "get_dashboard", at: start + 5, in: request, hop: 5)
            let step = sketch.step("parallel", at: start + 20, in: insights)
            sketch.call("sql", "read_sales", at: start + 20, in: step, service: 120)
            sketch.call("rest", "check_stock", at: start + 20, in: step, service: 180 + slow)
            let joined = start + 200 + slow
            sketch.end(step: step, at: joined)
            sketch.call("cosmos", "rank", at: joined + 10, in: insights, service: 80, outcome: outcome)
            sketch.answer(insights, at: joined + 100, hop: 5, outcome: outcome == .ok ? .ok : .failed)
            sketch.end(request, at: joined + 110, outcome == .ok ? .ok : .failed)
        }
        return sketch.finished(end: 2000)
    }
}
