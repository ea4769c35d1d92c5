import Analysis
import Scenario
import Trace

/// Why a session cannot wait or check: a name that nothing has, a state that never comes.
public struct SessionFailure: Error, Hashable, Sendable {
    public var reason: String
}

/// A state of one run, its name found there: tells what is so at a cursor, and how near that is to what is wanted.
struct StateProbe {
    struct Reading {
        var holds: Bool
        /// For people: `closed, with 3 of 5 failures`.
        var text: String
        /// 0 where it holds, more the further it is from that.
        var distance: Double
        /// Where something is counted: how that stands to what is wanted.
        var figures: FigureRelation?
    }

    private enum Subject {
        case breaker(NameID)
        case bulkhead(NameID)
        case backend(NameID)
        case cache(NameID)
    }

    let state: ModelState
    private let index: TraceIndex
    private let subject: Subject
    private var trace: Trace { index.trace }

    init(_ state: ModelState, in index: TraceIndex) throws(SessionFailure) {
        self.state = state
        self.index = index
        let finder = PartFinder(index: index, name: state.name)
        switch state.claim {
        case .breaker: subject = .breaker(try finder.layer(.breaker))
        case .down, .up, .full(.backend): subject = .backend(try finder.component(.backend))
        case .has: subject = .cache(try finder.component(.cache))
        case .full(.bulkhead): subject = .bulkhead(try finder.layer(.bulkhead))
        case .queue, .calls:
            if let backend = finder.known(.backend) {
                subject = .backend(backend)
            } else {
                subject = .bulkhead(try finder.layer(.bulkhead))
            }
        }
    }

    /// Whether an event can change what is so.
    func isTouched(by event: Event) -> Bool {
        switch subject {
        case .breaker(let name), .bulkhead(let name), .backend(let name), .cache(let name): event.component == name
        }
    }

    /// What is so at a cursor. O(log n), and what is in the bulkhead, the cache or the breaker's window.
    func reading(at cursor: Cursor) -> Reading {
        var reading = plainReading(at: cursor)
        if state.isNegated {
            reading.holds.toggle()
            reading.distance = reading.holds ? 0 : 1
        }
        return reading
    }

    private func plainReading(at cursor: Cursor) -> Reading {
        switch subject {
        case .breaker(let name): breaker(name, cursor)
        case .bulkhead(let name):
            BulkheadState(index, name, at: cursor).map { reading(of: $0) } ?? Self.unknown
        case .backend(let name):
            SystemState.Backend(index, name, at: cursor).map { reading(of: $0) } ?? Self.unknown
        case .cache(let name): cache(name, cursor)
        }
    }

    private static let unknown = Reading(holds: false, text: "not there", distance: .infinity)

    private func breaker(_ name: NameID, _ cursor: Cursor) -> Reading {
        guard case .breaker(let wanted) = state.claim, let now = BreakerState(index, name, at: cursor) else {
            return Self.unknown
        }
        var text = now.position.word
        var distance = now.position == wanted ? 0.0 : 2
        if now.position == .closed, let value = now.value {
            let threshold: Int64
            switch now.threshold {
            case .failures(let most):
                text += ", with \(value) of \(most) failures"
                threshold = most
            case .ratio(let most):
                text += ", with \(Self.percent(value)) of \(Self.percent(most)) failures"
                threshold = most
            case nil: threshold = 0
            }
            if wanted == .open, threshold > 0 { distance = max(0.001, 1 - Double(value) / Double(threshold)) }
        }
        return Reading(holds: now.position == wanted, text: text, distance: distance)
    }

    private static func percent(_ millionths: Int64) -> String {
        MetricValue(Double(millionths) / 1e6, .share).text(.english)
    }

    private func reading(of now: BulkheadState) -> Reading {
        reading(queue: now.queue.count, inside: now.inside.count, limit: now.limit)
    }

    private func reading(of now: SystemState.Backend) -> Reading {
        switch state.claim {
        case .down, .up:
            let holds = now.isDown == (state.claim == .down)
            return Reading(holds: holds, text: now.isDown ? "down" : "up", distance: holds ? 0 : 1)
        default: return reading(queue: now.queued, inside: now.inService, limit: now.capacity)
        }
    }

    private func reading(queue: Int, inside: Int, limit: Int?) -> Reading {
        switch state.claim {
        case .queue(let comparison, let count): return Self.compare(queue, comparison, count, "in the queue")
        case .calls(let comparison, let count): return Self.compare(inside, comparison, count, "inside")
        default:
            guard let limit else { return Reading(holds: false, text: "without a limit", distance: .infinity) }
            return Reading(
                holds: inside >= limit, text: "\(inside) of \(limit) inside", distance: Double(max(0, limit - inside)))
        }
    }

    private static func compare(
        _ now: Int, _ comparison: MetricCondition.Comparison, _ wanted: Int, _ place: String
    ) -> Reading {
        let holds = comparison.holds(Double(now), Double(wanted))
        return Reading(
            holds: holds, text: "\(now) \(place)", distance: holds ? 0 : max(0.5, abs(Double(now) - Double(wanted))),
            figures: FigureRelation(Double(now), Double(wanted)))
    }

    private func cache(_ name: NameID, _ cursor: Cursor) -> Reading {
        guard case .has(let key) = state.claim, let now = SystemState.Cache(index, name, at: cursor) else {
            return Self.unknown
        }
        let holds = now.entries.contains { trace.name($0.key) == key }
        let entries = now.entries.count == 1 ? "1 entry" : "\(now.entries.count) entries"
        let text = holds ? "\(entries), \(key) among them" : "\(entries), and no \(key)"
        return Reading(holds: holds, text: text, distance: holds ? 0 : 1)
    }
}

/// Finds what a session means by a name.
private struct PartFinder {
    let index: TraceIndex
    let name: String

    func known(_ kind: Component.Kind) -> NameID? {
        index.trace.components(kind).first { index.trace.name($0.name) == name }?.name
    }

    func component(_ kind: Component.Kind) throws(SessionFailure) -> NameID {
        if let found = known(kind) { return found }
        throw unknown("\(kind)", index.trace.components(kind).map { index.trace.name($0.name) })
    }

    /// A layer by its whole name, by its policy, or by a backend that it guards.
    func layer(_ kind: Component.Kind) throws(SessionFailure) -> NameID {
        let all = index.layers(kind)
        if let exact = all.first(where: { index.trace.name($0.id) == name }) { return exact.id }
        let ofPolicy = all.filter { index.trace.name($0.policy) == name }
        let found = ofPolicy.isEmpty ? guarding(all) : ofPolicy
        if found.count == 1 { return found[0].id }
        guard found.isEmpty else {
            let names = found.map { index.trace.name($0.id) }.joined(separator: ", ")
            throw SessionFailure(reason: "\(SafeText.quoted(name)) has several: \(names)")
        }
        throw unknown("\(kind)", all.map { index.trace.name($0.id) })
    }

    /// Those whose policy stands before calls to a backend of that name.
    private func guarding(_ all: [LayerInfo]) -> [LayerInfo] {
        guard !all.isEmpty else { return [] }
        var policies: Set<NameID> = []
        for event in index.trace.events where event.kind == .guardStarted && !policies.contains(event.component) {
            if index.trace.name(event.detail).hasPrefix(name + ".") { policies.insert(event.component) }
        }
        return all.filter { policies.contains($0.policy) }
    }

    private func unknown(_ kind: String, _ known: [String]) -> SessionFailure {
        let hint = known.isEmpty ? "it has none" : Suggestion.sentence(for: name, in: known)
        let what = "the run has no \(kind) \(SafeText.quoted(name))"
        return SessionFailure(reason: hint.map { "\(what): \($0)" } ?? what)
    }
}
