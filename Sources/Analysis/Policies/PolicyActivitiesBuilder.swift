import Trace

/// Follows work through the layers of policies.
///
/// A *pass* is told by the span around the layers: that of the guard, or of the attempt or copy that the next retry or
/// hedge further out has opened. Layers that only let work through send nothing, so the builder knows from what
/// follows, or from a bulkhead's or limiter's word, how far a pass has come.
struct PolicyActivitiesBuilder {
    private(set) var result: PolicyActivities
    private let trace: Trace
    private let records: [SpanRecord]
    /// By span: the layer that its pass has reached.
    private var reached: [Int32]
    /// By span: the breaker that will turn the pass away.
    private var rejecting: [Int32]
    /// By span: the pass through a retry.
    private var passes: [Int32]
    /// By layer: the layer after the last one that a pass starting there can reach before a new span opens.
    private var chainEnds: [Int] = []
    /// For look-up only. By span: the timeouts that have fired, and the stays in bulkheads.
    private var fired: [UInt32: [Int]] = [:]
    private var stays: [UInt32: [Stay]] = [:]

    private struct Stay {
        var layer: Int
        var number: Int
        var isQueued: Bool
    }

    private static let nowhere: Int32 = -1

    init(trace: Trace, records: [SpanRecord]) {
        self.trace = trace
        self.records = records
        result = PolicyActivities(components: trace.components, names: trace.names)
        let none = [Int32](repeating: Self.nowhere, count: result.isEmpty ? 0 : records.count)
        (reached, rejecting, passes) = (none, none, none)
        chainEnds = result.layers.indices.map { $0 + 1 }
        for policy in result.policies {
            for place in policy.layers.reversed() where place + 1 < policy.layers.upperBound {
                let kind = result.layers[place].info.kind
                if kind != .retry, kind != .hedge { chainEnds[place] = chainEnds[place + 1] }
            }
        }
    }

    /// O(n).
    static func build(trace: Trace, records: [SpanRecord]) -> PolicyActivities {
        var builder = PolicyActivitiesBuilder(trace: trace, records: records)
        guard !builder.result.isEmpty else { return builder.result }
        builder.findRejections()
        for (position, event) in trace.events.enumerated() { builder.add(event, id: UInt32(position + 1)) }
        for place in builder.result.layers.indices { builder.result.layers[place].seal() }
        return builder.result
    }

    /// A breaker says nothing when it lets work through, so what it will reject has to be known before.
    private mutating func findRejections() {
        for event in trace.events where event.kind == .breakerRejected {
            guard let layer = result.place(ofLayer: event.component), result.layers[layer].info.kind == .breaker,
                let span = pass(of: event, through: layer)
            else { continue }
            rejecting[span] = Int32(layer)
        }
    }

    // MARK: Spans

    /// The layers that a pass meets inside a span, before a layer of theirs opens another; `nil`: none.
    private func chain(of span: Int) -> Range<Int>? {
        guard span < records.count, records[span].opened != 0 else { return nil }
        let opening = trace.events[Int(records[span].opened) - 1]
        let first: Int
        switch opening.kind {
        case .guardStarted:
            guard let policy = result.place(ofPolicy: opening.component) else { return nil }
            first = result.policies[policy].layers.lowerBound
            if result.policies[policy].layers.isEmpty { return nil }
        case .attemptStarted, .copyStarted:
            guard let layer = result.place(ofLayer: opening.component), chainEnds[layer] == layer + 1 else {
                return nil
            }
            first = layer + 1
            guard first < result.layers.count,
                result.layers[first].info.policy == result.layers[layer].info.policy
            else { return nil }
        default: return nil
        }
        return first..<chainEnds[first]
    }

    /// The span around a layer for an event that happened there or further in.
    private func pass(of event: Event, through layer: Int) -> Int? {
        let opens = event.kind.opensSpan
        var span = Int((opens ? event.parent : event.span).rawValue)
        // A parent has the smaller number, so this ends.
        while span != 0, span < records.count, records[span].opened != 0 {
            if let chain = chain(of: span), chain.contains(layer) { return span }
            let parent = Int(trace.events[Int(records[span].opened) - 1].parent.rawValue)
            guard parent < span else { return nil }
            span = parent
        }
        return nil
    }

    // MARK: Events

    private mutating func add(_ event: Event, id: UInt32) {
        switch event.kind {
        case .guardStarted:
            guard let policy = result.place(ofPolicy: event.component), isOpening(event, id) else { return }
            result.policies[policy].started.append(id)
            result.policies[policy].inside.add(1, event: id, time: event.time)
            begin(Int(event.span.rawValue), event: id)
        case .guardFinished:
            guard let policy = result.place(ofPolicy: event.component), isClosing(event, id) else { return }
            result.policies[policy].ended.add(event.outcome, event: id)
            result.policies[policy].inside.add(-1, event: id, time: event.time)
            end(event, id: id)
        case .callSent: comeFurther(event, id: id)
        default:
            guard let layer = result.place(ofLayer: event.component) else { return }
            if event.kind == .layerConfigured {
                result.layers[layer].configure(event, id: id, trace: trace)
            } else if event.kind.layerKind == result.layers[layer].info.kind {
                add(event, id: id, layer: layer)
            }
        }
    }

    private func isOpening(_ event: Event, _ id: UInt32) -> Bool {
        let span = Int(event.span.rawValue)
        return span < records.count && records[span].opened == id
    }

    private func isClosing(_ event: Event, _ id: UInt32) -> Bool {
        let span = Int(event.span.rawValue)
        return span < records.count && records[span].closed == id
    }

    private mutating func add(_ event: Event, id: UInt32, layer: Int) {
        let span = pass(of: event, through: layer)
        if let span, event.kind != .timeoutFired { reach(layer, span, event: id) }
        switch event.kind {
        case .timeoutFired:
            result.layers[layer].add(.fired, event: id)
            if let span { fired[UInt32(span), default: []].append(layer) }
        case .attemptStarted, .attemptFinished, .backoffFloor, .backoffCeiling, .retryScheduled, .retryGivenUp:
            addRetry(event, id: id, layer: layer, span: span)
        case .budgetChanged, .limiterRejected, .limiterDelayed, .limiterAdmitted:
            addDecision(event, id: id, layer: layer, span: span)
        case .breakerRecorded, .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerRejected, .breakerDisabled:
            addBreaker(event, id: id, layer: layer)
        case .bulkheadEntered, .bulkheadQueued, .bulkheadRejected, .bulkheadShed, .bulkheadLeft, .limitChanged:
            addBulkhead(event, id: id, layer: layer, span: span)
        case .copyStarted:
            if event.value > 0 { result.layers[layer].add(.copies, event: id) }
            if isOpening(event, id) { begin(Int(event.span.rawValue), event: id) }
        case .copyFinished:
            guard isClosing(event, id) else { return }
            if event.outcome.isSuccess, number(of: event) > 0 { result.layers[layer].add(.won, event: id) }
            end(event, id: id)
        case .fallbackUsed: result.layers[layer].add(.used, event: id)
        case .fallbackKept: result.layers[layer].add(.kept, event: id)
        default: break
        }
    }

    /// The number of the attempt or copy whose span an event closes.
    private func number(of event: Event) -> Int64 {
        trace.events[Int(records[Int(event.span.rawValue)].opened) - 1].value
    }

    private mutating func addRetry(_ event: Event, id: UInt32, layer: Int, span: Int?) {
        if let span { addToPass(id, layer, span, isRetry: event.kind == .retryScheduled) }
        switch event.kind {
        case .attemptStarted:
            result.layers[layer].add(.attempts, event: id)
            if event.value > 1 { result.layers[layer].add(.retries, event: id) }
            if isOpening(event, id) { begin(Int(event.span.rawValue), event: id) }
        case .attemptFinished:
            guard isClosing(event, id) else { return }
            if event.outcome.isSuccess, number(of: event) > 1 { result.layers[layer].add(.recovered, event: id) }
            end(event, id: id)
        case .retryGivenUp: result.layers[layer].add(.givenUp, event: id)
        default: break
        }
    }

    private mutating func addToPass(_ event: UInt32, _ layer: Int, _ span: Int, isRetry: Bool) {
        guard passes[span] != Self.nowhere else { return }
        result.layers[layer].passes.add(event: event, to: Int(passes[span]), isRetry: isRetry)
    }

    private mutating func addDecision(_ event: Event, id: UInt32, layer: Int, span: Int?) {
        result.layers[layer].decide(event: id)
        switch event.kind {
        case .budgetChanged: if let span { addToPass(id, layer, span, isRetry: false) }
        case .limiterRejected: result.layers[layer].add(.rejected, event: id)
        case .limiterDelayed: result.layers[layer].add(.delayed, event: id)
        case .limiterAdmitted: if let span { pass(layer, span, event: id) }
        default: break
        }
    }

    private mutating func addBreaker(_ event: Event, id: UInt32, layer: Int) {
        let next: BreakerState.Position
        switch event.kind {
        case .breakerRecorded: return result.layers[layer].breaker.record(event: id)
        case .breakerRejected: return result.layers[layer].add(.rejected, event: id)
        case .breakerOpened:
            next = .open
            result.layers[layer].add(.opened, event: id)
        case .breakerHalfOpened:
            next = .halfOpen
            result.layers[layer].add(.halfOpened, event: id)
        case .breakerClosed:
            next = .closed
            result.layers[layer].add(.closed, event: id)
        default: next = .disabled
        }
        result.layers[layer].breaker.change(
            to: next, event: id, time: event.time, isForced: trace.name(event.detail) == "forced")
    }

    private mutating func addBulkhead(_ event: Event, id: UInt32, layer: Int, span: Int?) {
        switch event.kind {
        case .limitChanged: return result.layers[layer].setLimit(event, id: id)
        case .bulkheadQueued: result.layers[layer].add(.queued, event: id)
        case .bulkheadRejected: result.layers[layer].add(.rejected, event: id)
        case .bulkheadShed: result.layers[layer].add(.shed, event: id)
        default: break
        }
        guard let span else { return }
        switch event.kind {
        case .bulkheadEntered:
            leave(UInt32(span), layer, event: id)
            stay(UInt32(span), layer, isQueued: false, event: id)
            pass(layer, span, event: id)
        case .bulkheadQueued: stay(UInt32(span), layer, isQueued: true, event: id)
        case .bulkheadShed, .bulkheadLeft: leave(UInt32(span), layer, event: id)
        default: break
        }
    }

    private mutating func stay(_ span: UInt32, _ layer: Int, isQueued: Bool, event: UInt32) {
        let time = trace.events[Int(event) - 1].time
        let number =
            isQueued
            ? result.layers[layer].queue.enter(event: event, time: time)
            : result.layers[layer].inside.enter(event: event, time: time)
        stays[span, default: []].append(Stay(layer: layer, number: number, isQueued: isQueued))
    }

    /// Ends what a pass has in a bulkhead, in all of them if none is named.
    private mutating func leave(_ span: UInt32, _ layer: Int?, event: UInt32) {
        guard let all = stays[span] else { return }
        let time = trace.events[Int(event) - 1].time
        for stay in all where layer == nil || stay.layer == layer {
            if stay.isQueued {
                result.layers[stay.layer].queue.leave(stay.number, event: event, time: time)
            } else {
                result.layers[stay.layer].inside.leave(stay.number, event: event, time: time)
            }
        }
        let rest = layer == nil ? [] : all.filter { $0.layer != layer }
        stays[span] = rest.isEmpty ? nil : rest
    }

    // MARK: Passes

    private mutating func begin(_ span: Int, event: UInt32) {
        guard let chain = chain(of: span) else { return }
        enter(chain.lowerBound, span, event: event)
    }

    /// A pass comes to a layer, and goes on through those that are silent about it.
    private mutating func enter(_ first: Int, _ span: Int, event: UInt32) {
        guard let chain = chain(of: span) else { return }
        var layer = first
        while layer < chain.upperBound {
            reached[span] = Int32(layer)
            switch result.layers[layer].info.kind {
            case .bulkhead, .limiter: return
            case .retry:
                result.layers[layer].add(.passes, event: event)
                passes[span] = Int32(result.layers[layer].passes.all.count)
                return result.layers[layer].passes.begin(event: event, span: UInt32(span))
            case .hedge: return result.layers[layer].add(.passes, event: event)
            case .breaker:
                if rejecting[span] == Int32(layer) { return }
                result.layers[layer].add(.passed, event: event)
            default: break
            }
            layer += 1
        }
        reached[span] = Int32(chain.upperBound)
    }

    /// A bulkhead or limiter lets a pass through.
    private mutating func pass(_ layer: Int, _ span: Int, event: UInt32) {
        guard reached[span] == Int32(layer) else { return }
        result.layers[layer].add(.passed, event: event)
        enter(layer + 1, span, event: event)
    }

    /// Something happens in a layer, so the pass has come as far as that.
    private mutating func reach(_ layer: Int, _ span: Int, event: UInt32) {
        while reached[span] != Self.nowhere, reached[span] < Int32(layer) {
            let before = reached[span]
            pass(Int(before), span, event: event)
            if reached[span] == before { return }
        }
    }

    /// A call is sent, so the pass around it has come through all of its layers.
    private mutating func comeFurther(_ event: Event, id: UInt32) {
        let span = Int(event.parent.rawValue)
        guard let chain = chain(of: span) else { return }
        reach(chain.upperBound, span, event: id)
    }

    private mutating func end(_ event: Event, id: UInt32) {
        let span = Int(event.span.rawValue)
        guard let chain = chain(of: span) else { return }
        let late = fired.removeValue(forKey: UInt32(span)) ?? []
        for layer in chain where Int32(layer) <= reached[span] {
            if result.layers[layer].info.kind == .timeout, !late.contains(layer) {
                result.layers[layer].add(.passed, event: id)
            }
        }
        leave(UInt32(span), nil, event: id)
        if passes[span] != Self.nowhere {
            result.layers[chain.upperBound - 1].passes.end(Int(passes[span]), event: id)
        }
    }
}

extension EventKind {
    /// The kind of layer that sends it; `nil`: none, or any.
    fileprivate var layerKind: Component.Kind? {
        switch self {
        case .timeoutFired: .timeout
        case .attemptStarted, .attemptFinished, .backoffFloor, .backoffCeiling, .retryScheduled, .retryGivenUp,
            .budgetChanged:
            .retry
        case .breakerRecorded, .breakerOpened, .breakerHalfOpened, .breakerClosed, .breakerRejected, .breakerDisabled:
            .breaker
        case .bulkheadEntered, .bulkheadQueued, .bulkheadRejected, .bulkheadShed, .bulkheadLeft, .limitChanged:
            .bulkhead
        case .limiterAdmitted, .limiterRejected, .limiterDelayed: .limiter
        case .copyStarted, .copyFinished: .hedge
        case .fallbackUsed, .fallbackKept: .fallback
        default: nil
        }
    }
}
