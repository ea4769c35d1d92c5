import Analysis
import Model
import Scenario
import Trace

/// Finds what a step shows or offers in vain: marks and stops at which nothing happens, panels that never have anything
/// to show, controls that change nothing.
struct StageLint {
    /// Near a mark is within this share of the run.
    private static let near = 0.05
    /// More of what a step plays may not be empty at its end.
    private static let emptyEnd = 0.25
    /// Panels about a part that not every system has. The others make something of any run.
    private static let particular: Set<PanelKind> = [
        .breaker, .bulkhead, .limits, .policies, .retries, .cache, .hits, .balancer, .ring,
    ]

    let lesson: Lesson
    let nodes: StepNodes
    let runs: LessonRuns

    func problems() -> [Problem] {
        lesson.steps.flatMap { step -> [Problem] in
            guard let view = try? runs.view(step.stage.scenario) else { return [] }
            let quiet = QuietTimes(view.index, near: Self.near)
            return stop(step, quiet) + marks(step, quiet) + panels(step, view.trace) + controls(step)
        }
    }

    // MARK: Times

    private func stop(_ step: LessonStep, _ quiet: QuietTimes) -> [Problem] {
        var problems: [Problem] = []
        let stage = step.stage
        if let stop = stage.stop {
            let mark = nodes.mark(step, "stop")
            let length = stage.start.duration(to: stop)
            if quiet.isOver(.nanoseconds(Int64(Double(length.wholeNanoseconds) * Self.emptyEnd)), before: stop) {
                problems.append(mark.problem(quiet.over, suggestion: "stop earlier, or leave \"stop\" out"))
            } else if !quiet.happens(after: stage.start, through: stop) {
                problems.append(mark.problem("nothing happens until here, and so there is nothing to watch"))
            }
        } else if case .watch = step.kind, quiet.isAfterAll(stage.start) {
            problems.append(nodes.mark(step, "start").problem(quiet.over, suggestion: "start earlier"))
        }
        return problems
    }

    private func marks(_ step: LessonStep, _ quiet: QuietTimes) -> [Problem] {
        step.stage.marks.enumerated().compactMap { place, mark in
            let time = VirtualTime.zero.advanced(by: mark.at)
            if !quiet.isQuiet(at: time) { return nil }
            let message = quiet.isAfterAll(time) ? quiet.over : "nothing happens at \(mark.at.written), nor near it"
            return nodes.mark(step, "marks", place, "at").problem(message, suggestion: "mark what can be seen")
        }
    }

    // MARK: Panels

    private func panels(_ step: LessonStep, _ trace: Trace) -> [Problem] {
        step.stage.panels.enumerated().compactMap { place, kind in
            guard Self.particular.contains(kind) else { return nil }
            let panel = Panels.panel(kind)
            if panel.hasSubject(in: trace) || changedTraces(of: step).contains(where: panel.hasSubject) { return nil }
            return nodes.mark(step, "panels", place).problem(
                "the panel has nothing to show: scenario \(SafeText.quoted(step.stage.scenario)) has no such part")
        }
    }

    /// The runs that each control leads to on its own.
    private func changedTraces(of step: LessonStep) -> [Trace] {
        step.stage.controls.flatMap { control in
            control.range.values.compactMap { value in
                try? runs.view(step.stage.scenario, [Setting(path: control.path, value: value)]).trace
            }
        }
    }

    // MARK: Controls

    private func controls(_ step: LessonStep) -> [Problem] {
        let controls = step.stage.controls
        return controls.enumerated().compactMap { place, control in
            let others = controls.filter { $0.path != control.path }
            let bases = [[]] + others.flatMap { other in
                other.range.values.map { [Setting(path: other.path, value: $0)] }
            }
            if bases.contains(where: { changes(control, step.stage.scenario, on: $0) }) { return nil }
            return nodes.mark(step, control: control.path, at: place).problem(
                "the control \(SafeText.quoted(control.path)) changes nothing in this run, whatever it is set to",
                suggestion: "leave it out, or give the run something that it matters to")
        }
    }

    /// Whether two values of a control lead to different runs.
    private func changes(_ control: Control, _ scenario: String, on base: [Setting]) -> Bool {
        var first: TraceDigest?
        for value in control.range.values {
            guard let digest = digest(scenario, base + [Setting(path: control.path, value: value)]) else { continue }
            if let first, first != digest { return true }
            first = first ?? digest
        }
        return false
    }

    private func digest(_ scenario: String, _ settings: [Setting]) -> TraceDigest? {
        guard let view = try? runs.view(scenario, settings) else { return nil }
        return view.digest
    }
}

/// When nothing happens in a run.
struct QuietTimes {
    private let index: TraceIndex
    private let near: Duration
    private let last: VirtualTime

    init(_ index: TraceIndex, near share: Double) {
        self.index = index
        near = .nanoseconds(Int64(Double(index.trace.end.nanoseconds) * share))
        last = index.trace.events.last?.time ?? .zero
    }

    /// Whether everything is long over.
    func isAfterAll(_ time: VirtualTime) -> Bool { isOver(near, before: time) }

    /// Whether everything has been over for so long.
    func isOver(_ time: Duration, before end: VirtualTime) -> Bool { end > last.advanced(by: time) }

    var over: String { "nothing happens any more: the run's last event is at \(time(last))" }

    func happens(after start: VirtualTime, through end: VirtualTime) -> Bool {
        let before = start == .zero ? 0 : index.trace.eventCount(through: start)
        return index.trace.eventCount(through: end) > before
    }

    /// Whether nothing happens near a moment, and nobody waits for anything then.
    func isQuiet(at time: VirtualTime) -> Bool {
        let from = VirtualTime(nanoseconds: max(0, time.nanoseconds - near.wholeNanoseconds))
        if happens(after: from, through: time.advanced(by: near)) { return false }
        let cursor = Cursor(time: time, eventCount: index.trace.eventCount(through: time))
        return index.requestsInFlight(at: cursor).isEmpty
    }

    private func time(_ time: VirtualTime) -> String { VirtualTime.zero.duration(to: time).written }
}
