import Analysis
import Model
import Scenario
import Trace

/// One scenario being rehearsed: what was changed, the run that follows from it, and where the student is in it.
public struct Player: Sendable {
    public let document: ScenarioDocument
    public let seed: UInt64
    public private(set) var history = ChangeHistory()
    public private(set) var playhead = Playhead()
    public var selection = Selection()
    /// Whether both futures are shown; see ``earlier``.
    public var isComparing = false
    /// Where the cursor goes when the first run is there.
    public var startsAt = VirtualTime.zero
    /// The run before the scenario was edited, as long as nothing was changed since.
    private var baseline: Run?
    /// Whether the old future is that of the scenario before it was edited.
    public var isEdited: Bool { baseline != nil }
    /// The run of all changes; `nil` until it is computed. While a new one is computed, the one before it.
    public private(set) var run: RunView?
    /// The run without the last change: the old future.
    public private(set) var earlier: RunView?
    public private(set) var comparison: TraceComparison?
    /// Whether ``run`` and ``earlier`` are those of the changes made so far.
    public private(set) var isSettled = false

    public init(document: ScenarioDocument, seed: UInt64? = nil) {
        self.document = document
        self.seed = seed ?? document.scenario.seed
    }

    /// The same rehearsal of a scenario that was edited: the moment, the speed and what is selected stay, and so do
    /// those of the changes that still fit.
    ///
    /// - Parameter isCompared: whether the run before the edit becomes the old future, if it has the same parts.
    public init(
        _ document: ScenarioDocument, continuing old: Player, changes: ChangeHistory, isCompared: Bool = true
    ) {
        self.init(document: document)
        history = changes.fitting(document)
        playhead = old.playhead
        playhead.stop = nil
        selection = old.selection
        run = old.run
        isComparing = old.isComparing
        let isSame = document.scenario.hasSameParts(as: old.document.scenario)
        if isCompared, isSame, old.isSettled, old.request != request { baseline = old.request }
    }

    // MARK: Runs

    public var request: Run { request(after: history.changes) }

    /// The run to compare with: the one before the last change.
    public var earlierRequest: Run? {
        if let baseline { return baseline }
        return history.canUndo ? request(after: history.changes.dropLast()) : nil
    }

    private func request(after changes: some Collection<Intervention>) -> Run {
        Run(document, seed: seed, interventions: Array(changes))
    }

    /// Takes what is computed; returns what is still missing.
    ///
    /// Throws ``ImpossibleRun`` when the changes cannot be run.
    public mutating func adopt(_ runs: inout RunShelf<RunOutcome>) throws(ImpossibleRun) -> [Run] {
        guard !isSettled else { return [] }
        var missing: [Run] = []
        switch runs.outcome(of: request) {
        case .finished(let view): show(view)
        case .failed(let reason): throw ImpossibleRun(reason: reason)
        case nil: missing.append(request)
        }
        if let wanted = earlierRequest {
            if let known = runs.outcome(of: wanted) { compare(with: known.view) } else { missing.append(wanted) }
        } else {
            compare(with: nil)
        }
        isSettled = missing.isEmpty
        return missing
    }

    private mutating func show(_ view: RunView) {
        guard view !== run else { return }
        let moment = run == nil ? startsAt : playhead.cursor.time
        // A change can end a run in the moment at which it begins: then nothing is left to be played.
        let isOver = run != nil && view.trace.end == .zero
        run = view
        comparison = nil
        if moment > .zero || cursor.eventCount > 0 || isOver { playhead.move(to: moment, in: view.trace) }
        // Events and spans have other numbers in another run.
        let request = selection.request.flatMap { view.index.request($0) }
        selection = Selection(request: request?.id)
    }

    private mutating func compare(with view: RunView?) {
        if view !== earlier { comparison = nil }
        earlier = view
        if comparison == nil, let view, let run, view !== run { comparison = TraceComparison(view.index, run.index) }
    }

    // MARK: Time

    public var cursor: Cursor { playhead.cursor }

    public mutating func togglePlay() {
        guard let trace = run?.trace else { return }
        if playhead.isPlaying { playhead.pause() } else { playhead.play(in: trace) }
    }

    public mutating func pause() { playhead.pause() }
    public mutating func setSpeed(_ speed: Speed) { playhead.speed = speed }
    public mutating func setStop(_ time: VirtualTime?) { playhead.stop = time }

    /// - Parameter limit: how far at most; it goes on playing there.
    public mutating func advance(by wall: Duration, until limit: VirtualTime? = nil) {
        guard let trace = run?.trace else { return }
        var next = playhead
        next.advance(by: wall, in: trace)
        if let limit, limit > cursor.time, next.cursor.time > limit {
            playhead.play(to: limit, in: trace)
        } else {
            playhead = next
        }
    }

    public mutating func play(to time: VirtualTime) {
        if let trace = run?.trace { playhead.play(to: time, in: trace) }
    }

    public mutating func play(until time: VirtualTime) {
        if let trace = run?.trace { playhead.play(until: time, in: trace) }
    }

    /// Lets time pass to a moment, past every stop, and goes on as before: playing or standing still.
    public mutating func pass(to time: VirtualTime) {
        guard let trace = run?.trace, time >= cursor.time else { return }
        playhead.move(to: time, in: trace)
    }

    public mutating func seek(to time: VirtualTime) {
        if let trace = run?.trace { playhead.seek(to: time, in: trace) }
    }

    public mutating func seek(after event: EventID) {
        if let trace = run?.trace { playhead.seek(after: event, in: trace) }
    }

    /// One event forward or back; the event becomes the selection.
    public mutating func step(_ direction: Int) {
        guard let trace = run?.trace else { return }
        guard let id = playhead.step(direction, in: trace) else {
            selection = Selection()
            return
        }
        select(id, in: trace)
    }

    /// Jumps to an event, which becomes the selection.
    public mutating func go(to event: EventID) {
        guard let trace = run?.trace else { return }
        playhead.seek(after: event, in: trace)
        select(event, in: trace)
    }

    private mutating func select(_ id: EventID, in trace: Trace) {
        guard let event = trace[id] else {
            selection = Selection()
            return
        }
        selection = Selection(
            request: event.request == .none ? selection.request : event.request,
            span: event.span == .none ? nil : event.span, event: id)
    }

    // MARK: Changes

    /// Does something to the system at the cursor, or from the start of the run.
    public mutating func change(_ action: Intervention.Action, fromStart: Bool = false) {
        let moment = fromStart ? .zero : momentOfChange
        history.make(Intervention(at: .nanoseconds(moment.nanoseconds), action: action))
        baseline = nil
        if moment > cursor.time, let trace = run?.trace { playhead.move(to: moment, in: trace) }
        selection.event = nil
        isSettled = false
    }

    /// The cursor's moment; the next nanosecond where something that happened at that moment is shown already, so that
    /// no change takes back what the student has seen. Changes made at one cursor share one moment.
    private var momentOfChange: VirtualTime {
        if history.changes.last?.at == .nanoseconds(cursor.time.nanoseconds) { return cursor.time }
        let last = run?.trace[EventID(UInt32(cursor.eventCount))]
        return last?.time == cursor.time ? cursor.time.advanced(byNanoseconds: 1) : cursor.time
    }

    public mutating func undo() { edit { $0.undo() } }
    public mutating func redo() { edit { $0.redo() } }
    public mutating func reset() { edit { $0.reset() } }

    /// Takes another's changes, and place in the run of them.
    mutating func replace(_ history: ChangeHistory) { edit { $0 = history } }
    mutating func replace(_ playhead: Playhead) { self.playhead = playhead }

    private mutating func edit(_ change: (inout ChangeHistory) -> Void) {
        let before = history
        change(&history)
        guard history != before else { return }
        isSettled = false
        baseline = nil
    }

    /// What a value of the scenario is at the cursor, with every change up to it.
    public func value(at path: String) -> String? {
        let now = Duration.nanoseconds(cursor.time.nanoseconds)
        let changes = (document.scenario.interventions + history.changes).filter { change in
            if case .set(path, _) = change.action { change.at <= now } else { false }
        }
        // Of changes at one moment the one made last holds.
        let last = changes.enumerated().max { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        if case .set(_, let value)? = last?.element.action { return value }
        return document.value(at: path)
    }
}

/// Why changes cannot be run, for people: a limit, or a value that the system does not allow during a run.
public struct ImpossibleRun: Error, Hashable, Sendable {
    public var reason: String
}

// MARK: - Jumps

extension Player {
    /// To before the first event.
    public mutating func rewind() {
        playhead = playhead.rewound
        selection.event = nil
    }

    /// To where the step begins.
    public mutating func restart() {
        rewind()
        if startsAt > .zero { seek(to: startsAt) }
    }

    /// A sixtieth of the run, as wide as a column of the timeline.
    public mutating func scrub(_ direction: Int) {
        guard let end = run?.trace.end else { return }
        seek(to: cursor.time.advanced(byNanoseconds: Int64(direction) * max(1, end.nanoseconds / 60)))
    }

    public mutating func seek(toMarkAfter marks: [VirtualTime]) {
        seek(to: marks.first { $0 > cursor.time } ?? .distantFuture)
    }

    public mutating func seek(toMarkBefore marks: [VirtualTime]) {
        if let mark = marks.last(where: { $0 < cursor.time }) { seek(to: mark) } else { rewind() }
    }

    /// To the first event where the two futures part.
    public mutating func seekToDifference() {
        guard let divergence = comparison?.firstEffect else { return }
        guard divergence.right != .none else { return seek(to: divergence.time) }
        seek(after: divergence.right)
        selection = Selection(request: run?.trace[divergence.right]?.request, event: divergence.right)
    }
}
