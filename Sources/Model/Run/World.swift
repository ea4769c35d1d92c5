import Scenario
import Simulation
import Trace

/// What the parts of one run share: its clock, its trace and the numbers given out. Confined to the run's thread.
final class World: @unchecked Sendable {
    let simulation: Simulation
    private let sink: any TraceSink
    private let maxEvents: Int
    private let progress: ((VirtualTime) -> Void)?
    private(set) var eventCount = 0
    private var lastRequest: UInt32 = 0
    private var lastSpan: UInt32 = 0
    /// Why the run had to stop before its end.
    private var failure: RunError?
    /// Whether nothing more is recorded.
    private(set) var isOver = false

    /// How many events pass between two calls of the progress callback.
    private static let progressInterval = 4096

    init(
        simulation: Simulation, sink: any TraceSink, maxEvents: Int, progress: ((VirtualTime) -> Void)?
    ) {
        self.simulation = simulation
        self.sink = sink
        // Event numbers have 32 bits.
        self.maxEvents = min(max(maxEvents, 0), Int(UInt32.max) - 1)
        self.progress = progress
    }

    var now: VirtualTime { simulation.now }
    /// How many more events the limit allows.
    var room: Int { maxEvents - eventCount }

    func name(_ text: String) -> NameID { sink.name(text) }
    func declare(_ component: String, _ kind: Component.Kind) -> NameID { sink.declare(component, kind) }

    func newRequest() -> RequestID {
        lastRequest += 1
        return RequestID(lastRequest)
    }

    func newSpan() -> SpanID {
        lastSpan += 1
        return SpanID(lastSpan)
    }

    /// Records an event at the present time; once the run is over, nothing.
    @discardableResult func record(
        _ kind: EventKind, _ outcome: Outcome = .none, component: NameID = .none, detail: NameID = .none,
        request: RequestID = .none, span: SpanID = .none, parent: SpanID = .none, cause: EventID = .none,
        value: Int64 = 0
    ) -> EventID {
        record(
            Event(
                time: now, kind: kind, outcome: outcome, component: component, detail: detail, request: request,
                span: span, parent: parent, cause: cause, value: value))
    }

    /// Records an event that says the present time; once the run is over, nothing.
    @discardableResult func record(_ event: Event) -> EventID {
        if isOver { return .none }
        if eventCount >= maxEvents {
            stop(.tooManyEvents(limit: maxEvents, at: now))
            return .none
        }
        eventCount += 1
        if eventCount % Self.progressInterval == 0 { progress?(now) }
        return sink.record(event)
    }

    /// Runs a scenario to its end.
    func play(_ scenario: Scenario, _ timetable: Timetable, until moment: VirtualTime?) throws(RunError) {
        let stage = try Stage(scenario, self)
        stage.schedule(timetable)
        stage.start()
        defer { stage.clear() }
        let end = min(VirtualTime.zero.advanced(by: scenario.duration), moment ?? .distantFuture)
        simulation.advance(to: end)
        // What tasks do while they unwind is not part of the run.
        isOver = true
        do { try simulation.run(until: end) } catch {
            // A model that stopped the run knows why.
            if let failure { throw failure }
            if case .cancelled(let time) = error { throw .cancelled(at: time) }
            throw .tooMuchWork(error)
        }
    }

    /// Ends the run with an error, at the end of the present step.
    func stop(_ error: RunError) {
        if failure == nil { failure = error }
        isOver = true
        simulation.stop(.stopped(at: now))
    }

    /// Ends the run because `count` more pieces of work would make too many events.
    func stopForWork() { stop(.tooManyEvents(limit: maxEvents, at: now)) }
}
