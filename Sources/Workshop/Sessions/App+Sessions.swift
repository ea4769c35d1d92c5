import Analysis
import Scenario
import TerminalKit
import Trace

// What sessions ask the workshop, whatever is on its screen.
extension App {
    /// What is on the screen: `menu`, `sandbox`, `card`, `summary` or the step's id.
    public var pageName: String { lesson?.pageName ?? (sandbox == nil ? "menu" : "sandbox") }

    /// When a wait that begins now is over.
    ///
    /// Throws ``SessionFailure`` where it never is: the names that are wrong, or the nearest that the run comes to it.
    public func moment(of wait: SessionWait) throws(SessionFailure) -> VirtualTime {
        try SessionStage(self).moment(of: wait)
    }

    /// Why something cannot be done to the system on the screen; `nil`: it can.
    public func refusal(of action: Intervention.Action) -> String? {
        guard let player = stage?.player, player.run != nil else { return "no run is on the screen" }
        do throws(ScenarioError) {
            try player.document.validated(Intervention(at: .zero, action: action))
            return nil
        } catch {
            return error.problems.map { problem in
                problem.message + (problem.suggestion.map { " (\($0))" } ?? "")
            }.joined(separator: "; ")
        }
    }

    /// Why an expectation does not hold; `nil`: it does.
    /// - Parameter frame: what ``view()`` draws, where somebody has it already.
    public func failure(of expectation: Expectation, on frame: Frame? = nil) -> String? {
        switch expectation {
        case .text(let text, let isShown):
            return failure(of: text, in: (frame ?? view()).rows, isShown: isShown, "the screen")
        case .panel(let panel, let text, let isShown): return failure(of: panel, text, isShown: isShown, on: frame)
        case .step(let wanted): return failure(ofStep: wanted)
        case .lesson(let wanted):
            guard let lesson else { return "the workshop is at \(pageName)" }
            return lesson.lesson.id == wanted ? nil : "the lesson is \(lesson.lesson.id)"
        case .digest(let wanted):
            guard let digest = stage?.player?.run?.digest.description else { return "no run is on the screen" }
            return digest == wanted ? nil : "the digest is \(digest)"
        case .metric(let condition): return failure { stage throws(SessionFailure) in
            try stage.check(condition, soFar: false)
        }
        case .metricSoFar(let condition): return failure { stage throws(SessionFailure) in
            try stage.check(condition, soFar: true)
        }
        case .state(let state): return failure { stage throws(SessionFailure) in try stage.check(state) }
        }
    }

    /// How the figures of an expectation stand to each other; `nil`: it compares none that there are.
    func figures(of expectation: Expectation) -> FigureRelation? {
        guard let stage = try? SessionStage(self) else { return nil }
        switch expectation {
        case .metric(let condition): return try? stage.figures(of: condition, soFar: false)
        case .metricSoFar(let condition): return try? stage.figures(of: condition, soFar: true)
        case .state(let state): return try? stage.figures(of: state)
        case .text, .panel, .step, .lesson, .digest: return nil
        }
    }

    private func failure(of check: (SessionStage) throws(SessionFailure) -> Void) -> String? {
        do throws(SessionFailure) {
            try check(try SessionStage(self))
            return nil
        } catch {
            return error.reason
        }
    }

    /// - Parameter rows: what the screen or the panel shows, which stand at `place`.
    private func failure(of text: String, in rows: [String], isShown: Bool, _ place: String) -> String? {
        let search = RowSearch(rows)
        let row = search.row(with: text)
        if (row != nil) == isShown { return nil }
        let whereabouts = "at \(pageName)\(virtualTime.map { ", \($0.written) into the run" } ?? "")"
        guard isShown else { return "\(place) shows it, \(whereabouts):\n\(row?.told ?? "")" }
        let nearest = search.nearest(to: text).map(\.told)
        let reason = "\(place) does not show it, \(whereabouts)\(nearest.isEmpty ? "" : "; the nearest:")"
        return ([reason] + nearest).joined(separator: "\n")
    }

    private func failure(ofStep wanted: String) -> String? {
        let now = pageName
        if now == wanted { return nil }
        guard let lesson else { return "the workshop is at \(now)" }
        let known = lesson.lesson.steps.map(\.id) + ["card", "summary"]
        if known.contains(wanted) || wanted == "menu" { return "the lesson is at \(now)" }
        let hint = Suggestion.sentence(for: wanted, in: known).map { ": \($0)" } ?? ""
        return "the lesson has no such step\(hint)"
    }

    /// What stands in the panel's box alone; of two futures, in either.
    private func failure(of panel: PanelKind, _ text: String, isShown: Bool, on frame: Frame?) -> String? {
        guard let lesson, !lesson.isAsking, lesson.step != nil else { return "no panels are on the screen" }
        let layout = LessonLayout(size, for: lesson)
        let slots = lesson.isShowingFutures ? FuturesView.slots(layout) : layout.panels
        guard let slot = slots.first(where: { $0.kind == panel }) else {
            let shown = slots.map(\.kind.rawValue).joined(separator: ", ")
            return "it is not on the screen" + (shown.isEmpty ? "" : ", where there are: \(shown)")
        }
        let frame = frame ?? view()
        let area = slot.rect.intersection(frame.bounds)
        let rows = (area.y..<area.maxY).map { row in
            String((area.x..<area.maxX).map { frame[$0, row] }.filter { $0.width > 0 }.map(\.character))
        }
        return failure(of: text, in: rows, isShown: isShown, "the panel")
    }
}

extension LessonState {
    /// `card`, `summary`, or the step's id.
    var pageName: String {
        switch page {
        case .card: "card"
        case .summary: "summary"
        case .step: step?.id ?? ""
        }
    }
}
