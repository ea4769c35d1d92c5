import Trace

/// One request through a policy, written by hand: a call that fails, a wait of 20 ms for which jitter could have chosen
/// 16 to 24, and another call for which there is no time. A fixed answer ends it.
enum GuardedTrace {
    static func make() -> Trace {
        var builder = TraceBuilder(scenario: "guarded")
        builder.declare("web", .client)
        builder.declare("page", .flow)
        builder.declare("sql", .backend)
        builder.declare("guarded", .policy)
        let layers: KeyValuePairs<String, Component.Kind> = [
            "fallback": .fallback, "timeout": .timeout, "retry": .retry, "bulkhead": .bulkhead,
        ]
        for (name, kind) in layers { builder.declare("guarded.\(name)", kind) }
        builder.decide(0, .layerConfigured, "guarded.timeout", "total", value: 60_000_000)
        let root = builder.open(0, .requestStarted, "web", "page")
        let pass = builder.open(0, .guardStarted, "guarded", "", in: root)
        let first = builder.open(0, .attemptStarted, "guarded.retry", "", in: pass, value: 1)
        builder.decide(0, .bulkheadQueued, "guarded.bulkhead", in: first, value: 1)
        builder.decide(5, .bulkheadEntered, "guarded.bulkhead", in: first, value: 1)
        builder.call(5, 15, "sql", "get", in: first, outcome: .unavailable)
        builder.decide(15, .bulkheadLeft, "guarded.bulkhead", in: first)
        builder.close(15, first, .unavailable)
        builder.decide(15, .backoffFloor, "guarded.retry", in: pass, value: 16_000_000)
        builder.decide(15, .backoffCeiling, "guarded.retry", in: pass, value: 24_000_000)
        builder.decide(15, .retryScheduled, "guarded.retry", "backoff", in: pass, value: 20_000_000)
        let second = builder.open(35, .attemptStarted, "guarded.retry", "", in: pass, value: 2)
        builder.decide(35, .bulkheadEntered, "guarded.bulkhead", in: second, value: 1)
        let call = builder.open(35, .callSent, "sql", "get", in: second)
        builder.happen(35, .callArrived, call)
        builder.happen(35, .callQueued, call, value: 1)
        builder.decide(60, .timeoutFired, "guarded.timeout", "total", in: pass, outcome: .timedOut, value: 60_000_000)
        builder.happen(60, .callAbandoned, call, outcome: .timedOut)
        builder.decide(60, .bulkheadLeft, "guarded.bulkhead", in: second)
        builder.close(60, second, .timedOut)
        builder.decide(60, .fallbackUsed, "guarded.fallback", "default", in: pass, outcome: .timedOut)
        builder.close(60, pass)
        builder.close(60, root)
        builder.happen(70, .callExpired, call, value: 10_000_000)
        builder.end(100)
        return builder.trace
    }
}
