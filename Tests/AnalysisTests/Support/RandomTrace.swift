import Trace

/// Traces of a made-up system with every kind of call: served, queued, rejected, abandoned, dropped, failed in many
/// ways, never answered.
///
/// They keep the vocabulary's rules, not those of a real queue: enough to check what is counted.
enum RandomTrace {
    static let backends = ["sql", "cosmos"]

    static func make(seed: UInt64, requests: Int, spanMilliseconds: Int64 = 400) -> Trace {
        var maker = Maker(seed: seed)
        for _ in 0..<requests { maker.addRequest(within: spanMilliseconds) }
        return maker.finished()
    }

    private struct Maker {
        var generator: SeededGenerator
        var trace: Trace
        /// With the place in which they were made, which orders those of one moment.
        var events: [Event] = []
        var spans: UInt32 = 0
        var requests: UInt32 = 0

        init(seed: UInt64) {
            generator = SeededGenerator(seed: seed)
            trace = Trace(scenario: "random", seed: seed)
            declare("web", .client)
            declare("shop", .flow)
            for name in RandomTrace.backends {
                declare(name, .backend)
                add(0, .capacityChanged, name, value: Int64.random(in: 1...9, using: &generator))
            }
            declare("memory", .cache)
        }

        mutating func declare(_ name: String, _ kind: Component.Kind) {
            trace.components.append(Component(name: trace.names.intern(name), kind: kind))
        }

        /// Times are whole milliseconds, so that many events share a moment.
        mutating func add(
            _ time: Int64, _ kind: EventKind, _ component: String, _ detail: String = "", _ outcome: Outcome = .none,
            span: UInt32 = 0, parent: UInt32 = 0, value: Int64 = 0
        ) {
            events.append(
                Event(
                    time: VirtualTime(nanoseconds: time * 1_000_000), kind: kind, outcome: outcome,
                    component: trace.names.intern(component), detail: trace.names.intern(detail),
                    request: span == 0 ? .none : RequestID(requests), span: SpanID(span), parent: SpanID(parent),
                    value: value))
        }

        func pick(_ range: ClosedRange<Int64>, _ generator: inout SeededGenerator) -> Int64 {
            Int64.random(in: range, using: &generator)
        }

        mutating func addRequest(within limit: Int64) {
            requests += 1
            spans += 1
            let root = spans
            let start = pick(0...limit, &generator)
            add(start, .requestStarted, "web", "shop", span: root)
            var end = start
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let from = Bool.random(using: &generator) ? start : end
                if pick(1...4, &generator) == 1 {
                    end = max(end, addLookup(from, in: root))
                } else {
                    end = max(end, addCall(from, in: root))
                }
            }
            if pick(1...8, &generator) > 1 {
                let outcome: Outcome = pick(1...5, &generator) == 1 ? .failed : .ok
                add(end, .requestFinished, "web", "shop", outcome, span: root, value: (end - start) * 1_000_000)
            }
        }

        mutating func addLookup(_ from: Int64, in parent: UInt32) -> Int64 {
            spans += 1
            let key = "key \(pick(1...3, &generator))"
            let end = from + pick(0...3, &generator)
            add(from, .cacheLookup, "memory", key, span: spans, parent: parent)
            if Bool.random(using: &generator) {
                add(end, .cacheHit, "memory", key, span: spans, parent: parent)
            } else {
                add(end, .cacheMiss, "memory", key, span: spans, parent: parent, value: pick(0...1, &generator))
                add(end, .cacheStored, "memory", key, span: spans, parent: parent, value: 50_000_000)
            }
            return end
        }

        mutating func addCall(_ from: Int64, in parent: UInt32) -> Int64 {
            spans += 1
            let span = spans
            let backend = RandomTrace.backends[Int.random(in: 0...1, using: &generator)]
            func add(_ maker: inout Maker, _ time: Int64, _ kind: EventKind, _ outcome: Outcome = .none) {
                maker.add(time, kind, backend, "get", outcome, span: span, parent: parent)
            }
            let hop = pick(0...2, &generator)
            var now = from
            add(&self, now, .callSent)
            let abandoned = pick(1...6, &generator) == 1 ? from + pick(0...60, &generator) : nil
            if let abandoned { add(&self, abandoned, .callAbandoned, .timedOut) }
            now += hop
            add(&self, now, .callArrived)
            if pick(1...3, &generator) == 1 {
                add(&self, now, .callQueued)
                now += pick(0...30, &generator)
                if let abandoned, abandoned <= now, Bool.random(using: &generator) {
                    add(&self, now, .callExpired)
                    return abandoned
                }
            }
            if pick(1...6, &generator) == 1 {
                let outcome: Outcome = Bool.random(using: &generator) ? .rejected : .refused
                add(&self, now, .callRejected, outcome)
                if abandoned == nil { add(&self, now + hop, .callFinished, outcome) }
                return abandoned ?? now + hop
            }
            add(&self, now, .serviceStarted)
            if pick(1...8, &generator) == 1 { return abandoned ?? now }
            now += pick(0...80, &generator)
            let errors: [Outcome] = [.failed, .reset, .unavailable, .throttled, .conflict, .notFound]
            let outcome = pick(1...3, &generator) == 1 ? errors.randomElement(using: &generator) ?? .failed : .ok
            add(&self, now, .serviceFinished, outcome)
            if abandoned == nil { add(&self, now + hop, .callFinished, outcome) }
            return abandoned ?? now + hop
        }

        mutating func finished() -> Trace {
            trace.events = events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
                .map(\.element)
            trace.end = (trace.events.last?.time ?? .zero).advanced(byNanoseconds: 5_000_000)
            return trace
        }
    }
}
