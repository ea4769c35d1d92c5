import Analysis
import Scenario
import Trace

/// Where a session stood when a check failed: the same words mean another failure elsewhere.
public struct FailureSituation: Hashable, Sendable {
    /// `menu`, `card`, the step's id, ...
    var page: String
    /// Which of the lesson's scenarios runs.
    var scenario: String?
    /// What was done to the system, in its order, whenever it was.
    var changes: [String]
    /// Of these all but settings: what `do` does.
    var actions: [String]
    /// What is wrong with the backends at the cursor.
    var faults: [String]
    /// From the last thing that was done to the system to the cursor; from the start of the run where nothing was.
    var elapsed: Duration
    /// Where figures are compared: how they stand to each other.
    var figures: FigureRelation?

    init(_ app: App, at action: SessionScript.Action) {
        page = app.pageName
        scenario = app.lesson?.stage?.scenario
        let player = app.stage?.player
        let made = player?.history.changes ?? []
        changes = made.map { "\(SessionScript.Action.change($0.action))" }
        actions = changes.filter { $0.hasPrefix("do ") }
        let now = Duration.nanoseconds(player?.cursor.time.nanoseconds ?? 0)
        elapsed = max(.zero, now - (made.map(\.at).filter { $0 <= now }.max() ?? .zero))
        faults = []
        if case .expect(let expectation) = action { figures = app.figures(of: expectation) }
        guard let player, let index = player.run?.index else { return }
        for backend in SystemState(index, at: player.cursor).backends {
            let name = index.trace.name(backend.name)
            faults += backend.faults.map { "\(name) \(index.trace.name($0.fault)) \($0.size)" }
        }
    }
}

/// How a check fails: whether two failures are one.
struct FailureSignature {
    /// How much of a failure has to be the same.
    enum Strictness: CaseIterable {
        /// The reason is the same to the digit.
        case figures
        /// The figures may be others, as long as they stand as they did to what is expected, and the same is done to
        /// the system.
        case changes
    }

    private let action: SessionScript.Action?
    private let name: String
    private let reason: String
    private let situation: FailureSituation

    /// Where it fails.
    var page: String { situation.page }
    /// Whether the way there is what fails: a step that is not the expected one.
    var isOfWay: Bool {
        switch action {
        case .expect(.step), .expect(.lesson): true
        default: false
        }
    }

    /// `nil`: the check holds.
    init?(_ check: SessionReplay.Check, of action: SessionScript.Action?) {
        guard let reason = check.failure, let situation = check.situation else { return nil }
        self.action = action?.withoutTime
        name = check.name
        self.reason = reason
        self.situation = situation
    }

    /// Whether this is the failure that another script had.
    func isSame(as original: FailureSignature, _ strictness: Strictness) -> Bool {
        guard action == original.action, action != nil || name == original.name,
            situation.page == original.situation.page, situation.scenario == original.situation.scenario
        else { return false }
        if isOfMoment, !isSameMoment(as: original) { return false }
        if strictness == .figures || !hasFigures { return reason == original.reason }
        return words == original.words && situation.changes == original.situation.changes
            && situation.figures == original.situation.figures
    }

    /// Whether the numbers in its reason tell how far off something is. Those of a key that comes at a moment tell
    /// where the run stands, and those of a step may be a part of its name: with others it is another failure.
    private var hasFigures: Bool {
        switch action {
        case .expect(.step), .expect(.lesson): false
        case .expect, .wait: true
        default: false
        }
    }

    /// Whether it speaks of what is there at the cursor, and not of figures.
    private var isOfMoment: Bool {
        switch action {
        case .expect(.state), .expect(.text), .expect(.panel): true
        default: false
        }
    }

    /// The same was done to the system, and no less time ago, and nothing else is wrong with the backends: a breaker
    /// that is open since a moment ago is not one that does not close.
    private func isSameMoment(as original: FailureSignature) -> Bool {
        situation.actions == original.situation.actions && situation.changes.last == original.situation.changes.last
            && situation.faults == original.situation.faults && situation.elapsed >= original.situation.elapsed
    }

    /// The reason without its figures.
    private var words: [String] {
        reason.split { $0 == " " || $0 == "\n" }.map { $0.contains(where: \.isNumber) ? "#" : String($0) }
    }
}

extension SessionScript.Action {
    /// The same, whenever it comes.
    fileprivate var withoutTime: SessionScript.Action {
        switch self {
        case .key(let key, _): .key(key, at: nil)
        case .resize(let size, _): .resize(size, at: nil)
        default: self
        }
    }
}
