public import Scenario
public import Simulation
public import Trace

/// One run of a scenario, as data: the same run always gives the same trace.
public struct Run: Hashable, Sendable {
    public var document: ScenarioDocument
    public var seed: UInt64
    /// What is done besides the scenario's own interventions, which come first at the same time.
    public var interventions: [Intervention]

    /// - Parameter seed: `nil`: the scenario's.
    public init(_ document: ScenarioDocument, seed: UInt64? = nil, interventions: [Intervention] = []) {
        self.document = document
        self.seed = seed ?? document.scenario.seed
        self.interventions = interventions
    }

    /// Runs it and returns everything that happened. O(events).
    ///
    /// Requests that are under way at the end stay unfinished in the trace.
    /// - Parameters:
    ///   - moment: where to stop; `nil`: at the scenario's end. The trace is the beginning of that of the whole run.
    ///   - cancellation: stops the run from another thread; it then throws ``RunError/cancelled(at:)``.
    ///   - progress: called now and then with the virtual time reached, on this thread.
    /// - Throws: ``RunError`` when a limit is reached, when an intervention is invalid, or when it is cancelled.
    public func trace(
        until moment: VirtualTime? = nil, cancellation: Cancellation? = nil, progress: ((VirtualTime) -> Void)? = nil
    ) throws(RunError) -> Trace {
        let recorder = TraceRecorder(scenario: document.scenario.name, seed: seed)
        try record(into: recorder, until: moment, cancellation: cancellation, progress: progress)
        return recorder.trace
    }

    /// Runs it and gives every event to a sink: for what needs no trace.
    public func record(
        into sink: any TraceSink, until moment: VirtualTime? = nil, cancellation: Cancellation? = nil,
        progress: ((VirtualTime) -> Void)? = nil
    ) throws(RunError) {
        let timetable = try Timetable(document, interventions)
        let scenario = document.scenario
        let simulation = Simulation(seed: seed, cancellation: cancellation)
        let world = World(
            simulation: simulation, sink: sink, maxEvents: scenario.limits.maxEvents, progress: progress)
        try world.play(scenario, timetable, until: moment)
        sink.finish(at: simulation.now)
    }
}

extension Run {
    /// Two documents with the same scenario make the same run, however they are written.
    public static func == (left: Run, right: Run) -> Bool {
        left.document.scenario == right.document.scenario && left.seed == right.seed
            && left.interventions == right.interventions
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(document.scenario)
        hasher.combine(seed)
        hasher.combine(interventions)
    }
}
