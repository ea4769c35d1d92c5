import Analysis
import Trace

/// Traces of requests through two policies with a layer of every kind, and what truly happened in these.
///
/// What layers decide is drawn, not simulated; the vocabulary's rules are kept.
struct RandomPolicyTrace {
    /// Something that counts, and the event with which it happened.
    struct Fact {
        var layer: String
        var count: LayerCount
        var event: EventID
    }

    static let policies: KeyValuePairs<String, KeyValuePairs<String, Component.Kind>> = [
        "guarded": [
            "fallback": .fallback, "timeout": .timeout, "retry": .retry, "breaker": .breaker, "bulkhead": .bulkhead,
            "timeout2": .timeout,
        ],
        "hedged": ["rateLimit": .limiter, "bulkhead": .bulkhead, "hedge": .hedge, "timeout": .timeout],
    ]

    private(set) var trace: Trace
    private(set) var facts: [Fact]
    /// Requests that used a fallback.
    private(set) var fallbacks: Set<RequestID>

    init(seed: UInt64, requests: Int) {
        var maker = Maker(seed: seed)
        for _ in 0..<requests { maker.addRequest() }
        maker.addTransitions()
        (trace, facts) = maker.finished()
        fallbacks = maker.fallbacks
    }
}

private struct Maker {
    typealias Draft = Int

    /// A time-out further out that will stop the work.
    struct Hang {
        var time: Int64
        var layer: String
        var span: UInt32
    }

    struct Work {
        var policy: String
        var layers: [(name: String, kind: Component.Kind)]
        /// The span around the layers.
        var span: UInt32
        var parent: UInt32
        /// What brought the work here.
        var entry: Draft
        var hang: Hang?
    }

    var generator: SeededGenerator
    var trace: Trace
    var events: [Event] = []
    var facts: [(layer: String, count: LayerCount, draft: Draft)] = []
    var fallbacks: Set<RequestID> = []
    var spans: UInt32 = 0
    var requests: UInt32 = 0
    /// By span: time-outs that have not fired.
    var patient: [UInt32: [String]] = [:]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        trace = Trace(scenario: "random", seed: seed)
        declare("web", .client)
        declare("page", .flow)
        declare("sql", .backend)
        for (policy, layers) in RandomPolicyTrace.policies {
            declare(policy, .policy)
            for (layer, kind) in layers { declare("\(policy).\(layer)", kind) }
        }
    }

    private mutating func declare(_ name: String, _ kind: Component.Kind) {
        trace.components.append(Component(name: trace.names.intern(name), kind: kind))
    }

    @discardableResult
    mutating func add(
        _ time: Int64, _ kind: EventKind, _ component: String, _ detail: String = "", _ outcome: Outcome = .none,
        span: UInt32 = 0, parent: UInt32 = 0, value: Int64 = 0
    ) -> Draft {
        events.append(
            Event(
                time: VirtualTime(nanoseconds: time * 1_000_000), kind: kind, outcome: outcome,
                component: trace.names.intern(component), detail: trace.names.intern(detail),
                request: span == 0 ? .none : RequestID(requests), span: SpanID(span), parent: SpanID(parent),
                value: value))
        return events.count - 1
    }

    private mutating func fact(_ layer: String, _ count: LayerCount, _ draft: Draft) {
        facts.append((layer, count, draft))
    }

    private mutating func pick(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &generator) }
    private mutating func isOne(of sides: Int64) -> Bool { pick(1...sides) == 1 }
    private mutating func newSpan() -> UInt32 {
        spans += 1
        return spans
    }

    // MARK: Requests

    mutating func addRequest() {
        requests += 1
        let root = newSpan()
        let start = pick(0...400)
        add(start, .requestStarted, "web", "page", span: root)
        var end = start
        var outcome = Outcome.ok
        for _ in 0..<pick(1...2) {
            let (policy, layers) = RandomPolicyTrace.policies[Int(pick(0...1))]
            let span = newSpan()
            let entry = add(end, .guardStarted, policy, span: span, parent: root)
            let work = Work(
                policy: policy, layers: layers.map { ($0.key, $0.value) }, span: span, parent: root, entry: entry)
            (end, outcome) = run(work, end)
            close(add(end, .guardFinished, policy, "", outcome, span: span, parent: root), span)
            if outcome != .ok { break }
        }
        if !isOne(of: 12) { add(end, .requestFinished, "web", "page", outcome, span: root) }
    }

    private mutating func close(_ draft: Draft, _ span: UInt32) {
        for layer in patient.removeValue(forKey: span) ?? [] { fact(layer, .passed, draft) }
    }

    // MARK: Layers

    /// Returns when the work ends, and how.
    private mutating func run(_ work: Work, _ time: Int64) -> (Int64, Outcome) {
        guard let layer = work.layers.first else { return call(work, time) }
        var inside = work
        inside.layers.removeFirst()
        let name = "\(work.policy).\(layer.name)"
        switch layer.kind {
        case .fallback: return fallback(name, inside, time)
        case .timeout: return timeout(name, inside, time)
        case .retry: return retry(name, inside, time)
        case .breaker: return breaker(name, inside, time)
        case .bulkhead: return bulkhead(name, inside, time)
        case .limiter: return limiter(name, inside, time)
        default: return hedge(name, inside, time)
        }
    }

    private mutating func say(
        _ kind: EventKind, _ time: Int64, _ layer: String, _ work: Work, _ outcome: Outcome = .none, value: Int64 = 0
    ) -> Draft {
        add(time, kind, layer, "", outcome, span: work.span, parent: work.parent, value: value)
    }

    private mutating func fallback(_ name: String, _ work: Work, _ time: Int64) -> (Int64, Outcome) {
        let (end, outcome) = run(work, time)
        if outcome == .ok {
            if isOne(of: 2) { fact(name, .kept, say(.fallbackKept, end, name, work)) }
            return (end, .ok)
        }
        guard isOne(of: 2) else { return (end, outcome) }
        fact(name, .used, say(.fallbackUsed, end, name, work, outcome))
        fallbacks.insert(RequestID(requests))
        return (end, .ok)
    }

    private mutating func timeout(_ name: String, _ work: Work, _ time: Int64) -> (Int64, Outcome) {
        var work = work
        if work.hang == nil, isOne(of: 6) {
            work.hang = Hang(time: time + pick(0...40), layer: name, span: work.span)
        } else {
            patient[work.span, default: []].append(name)
        }
        let (end, outcome) = run(work, time)
        if work.hang?.layer == name, outcome != .timedOut { patient[work.span, default: []].append(name) }
        return (end, outcome)
    }

    /// What hangs stops, if it is not turned away before.
    private mutating func stop(_ hang: Hang) {
        fact(hang.layer, .fired, add(hang.time, .timeoutFired, hang.layer, "total", .timedOut, span: hang.span))
    }

    private mutating func retry(_ name: String, _ work: Work, _ start: Int64) -> (Int64, Outcome) {
        fact(name, .passes, work.entry)
        var time = start
        for number in 1...Int64(4) {
            let span = newSpan()
            let entry = add(time, .attemptStarted, name, span: span, parent: work.span, value: number)
            fact(name, .attempts, entry)
            if number > 1 { fact(name, .retries, entry) }
            var attempt = work
            (attempt.span, attempt.parent, attempt.entry) = (span, work.span, entry)
            let (end, outcome) = run(attempt, time)
            let finish = add(end, .attemptFinished, name, "", outcome, span: span, parent: work.span)
            close(finish, span)
            if outcome == .ok, number > 1 { fact(name, .recovered, finish) }
            if outcome == .ok || outcome == .timedOut && work.hang != nil { return (end, outcome) }
            if number == 4 || work.hang != nil || isOne(of: 4) {
                fact(name, .givenUp, say(.retryGivenUp, end, name, work, outcome, value: number))
                return (end, outcome)
            }
            let wait = pick(0...9)
            if isOne(of: 2) {
                _ = say(.backoffFloor, end, name, work, value: 0)
                _ = say(.backoffCeiling, end, name, work, value: 9_000_000)
            }
            _ = say(.retryScheduled, end, name, work, value: wait * 1_000_000)
            time = end + wait
        }
        return (time, .failed)
    }

    private mutating func breaker(_ name: String, _ work: Work, _ time: Int64) -> (Int64, Outcome) {
        if isOne(of: 5) {
            fact(name, .rejected, say(.breakerRejected, time, name, work, .shortCircuited))
            return (time, .shortCircuited)
        }
        fact(name, .passed, work.entry)
        let (end, outcome) = run(work, time)
        if outcome == .ok || outcome == .failed {
            _ = say(.breakerRecorded, end, name, work, outcome, value: pick(0...5))
        }
        return (end, outcome)
    }

    private mutating func bulkhead(_ name: String, _ work: Work, _ start: Int64) -> (Int64, Outcome) {
        var time = start
        if isOne(of: 6) {
            fact(name, .rejected, say(.bulkheadRejected, time, name, work, .shed))
            return (time, .shed)
        }
        if isOne(of: 3) {
            fact(name, .queued, say(.bulkheadQueued, time, name, work, value: 1))
            if let hang = work.hang, isOne(of: 3) {
                stop(hang)
                return (hang.time, .timedOut)
            }
            time = min(time + pick(0...20), work.hang?.time ?? .max)
            if isOne(of: 4) {
                fact(name, .shed, say(.bulkheadShed, time, name, work, .shed))
                return (time, .shed)
            }
        }
        var work = work
        work.entry = say(.bulkheadEntered, time, name, work, value: 1)
        fact(name, .passed, work.entry)
        let (end, outcome) = run(work, time)
        // Some leave without a word, when what is around them ends.
        if !isOne(of: 10) { _ = say(.bulkheadLeft, end, name, work) }
        return (end, outcome)
    }

    private mutating func limiter(_ name: String, _ work: Work, _ start: Int64) -> (Int64, Outcome) {
        var time = start
        if isOne(of: 5) {
            fact(name, .rejected, say(.limiterRejected, time, name, work, .limited))
            return (time, .limited)
        }
        if isOne(of: 3) {
            let wait = pick(1...10)
            fact(name, .delayed, say(.limiterDelayed, time, name, work, value: wait * 1_000_000))
            time += wait
        }
        var work = work
        work.entry = say(.limiterAdmitted, time, name, work, value: pick(0...3_000_000))
        fact(name, .passed, work.entry)
        return run(work, time)
    }

    /// Two copies at most; the one that ends first wins, if it ends well.
    private mutating func hedge(_ name: String, _ work: Work, _ time: Int64) -> (Int64, Outcome) {
        fact(name, .passes, work.entry)
        let winner = work.hang == nil ? pick(0...2) : 0
        let end = work.hang?.time ?? time + pick(5...30)
        var result = Outcome.ok
        for number in 0...max(0, min(winner, 1)) {
            let span = newSpan()
            let from = time + number * 3
            let entry = add(from, .copyStarted, name, span: span, parent: work.span, value: number)
            if number > 0 { fact(name, .copies, entry) }
            var copy = work
            (copy.span, copy.parent, copy.entry) = (span, work.span, entry)
            if number == winner % 2, work.hang == nil {
                let (finish, outcome) = run(copy, from)
                let closing = add(max(finish, from), .copyFinished, name, "", outcome, span: span, parent: work.span)
                close(closing, span)
                if outcome == .ok, number > 0 { fact(name, .won, closing) }
                result = outcome
                if winner != 1 { return (max(finish, from), outcome) }
            } else if work.hang != nil {
                let (finish, outcome) = run(copy, from)
                close(add(finish, .copyFinished, name, "", outcome, span: span, parent: work.span), span)
                return (finish, outcome)
            } else {
                add(end, .copyFinished, name, "", .cancelled, span: span, parent: work.span)
                if copy.layers.first?.kind == .timeout { patient[span, default: []] = ["\(work.policy).timeout"] }
                close(events.count - 1, span)
            }
        }
        return (end, result)
    }

    private mutating func call(_ work: Work, _ time: Int64) -> (Int64, Outcome) {
        let span = newSpan()
        func add(_ maker: inout Maker, _ time: Int64, _ kind: EventKind, _ outcome: Outcome = .none) {
            maker.add(time, kind, "sql", "get", outcome, span: span, parent: work.span)
        }
        add(&self, time, .callSent)
        add(&self, time, .callArrived)
        add(&self, time, .serviceStarted)
        if let hang = work.hang {
            let end = max(hang.time, time)
            stop(Hang(time: end, layer: hang.layer, span: hang.span))
            add(&self, end, .callAbandoned, .timedOut)
            return (end, .timedOut)
        }
        let end = time + pick(0...30)
        let outcome: Outcome = isOne(of: 2) ? .failed : .ok
        add(&self, end, .serviceFinished, outcome)
        add(&self, end, .callFinished, outcome)
        return (end, outcome)
    }

    // MARK: The rest

    /// The breaker's changes, whatever its results say.
    mutating func addTransitions() {
        var time: Int64 = 0
        for _ in 0..<40 {
            time += pick(1...30)
            let kinds: [EventKind] = [.breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerDisabled]
            let draft = add(
                time, kinds[Int(pick(0...3))], "guarded.breaker", isOne(of: 4) ? "forced" : "consecutive",
                value: pick(-1...30) * 1_000_000)
            let counts: [EventKind: LayerCount] = [
                .breakerOpened: .opened, .breakerHalfOpened: .halfOpened, .breakerClosed: .closed,
            ]
            if let count = counts[events[draft].kind] { fact("guarded.breaker", count, draft) }
        }
    }

    mutating func finished() -> (Trace, [RandomPolicyTrace.Fact]) {
        let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
        var places = [EventID](repeating: .none, count: events.count)
        for (place, draft) in order.enumerated() { places[draft] = EventID(UInt32(place + 1)) }
        trace.events = order.map { events[$0] }
        trace.end = (trace.events.last?.time ?? .zero).advanced(byNanoseconds: 5_000_000)
        return (
            trace,
            facts.map { RandomPolicyTrace.Fact(layer: $0.layer, count: $0.count, event: places[$0.draft]) }
        )
    }
}
