import Scenario

/// What the student changed, in the order of the changes, and what can be undone and redone.
public struct ChangeHistory: Hashable, Sendable {
    public private(set) var changes: [Intervention] = []
    private(set) var undone: [Intervention] = []

    public init() {}

    /// What another made, and took back.
    init(changes: [Intervention], undone: [Intervention]) {
        self.changes = changes
        self.undone = undone
    }

    public var canUndo: Bool { !changes.isEmpty }
    public var canRedo: Bool { !undone.isEmpty }

    /// Adds a change. A second setting of the same value at the same moment replaces the first, so that holding
    /// a key down leaves one change, not fifty.
    public mutating func make(_ change: Intervention) {
        if let last = changes.last, last.at == change.at, case .set(let path, _) = change.action,
            case .set(let lastPath, _) = last.action, path == lastPath
        {
            changes.removeLast()
        }
        changes.append(change)
        undone = []
    }

    @discardableResult
    public mutating func undo() -> Intervention? {
        guard let change = changes.popLast() else { return nil }
        undone.append(change)
        return change
    }

    @discardableResult
    public mutating func redo() -> Intervention? {
        guard let change = undone.popLast() else { return nil }
        changes.append(change)
        return change
    }

    /// Back to the scenario as written. The changes can be redone.
    public mutating func reset() {
        while undo() != nil {}
    }

    /// Those changes that can be made to a scenario.
    func fitting(_ document: ScenarioDocument) -> ChangeHistory {
        var history = self
        history.changes = changes.filter { (try? document.validated($0)) != nil }
        return history
    }
}
