import Scenario

/// Why keys do nothing.
extension SandboxState {
    /// Why a key would do nothing here; `nil`: it does something, or says itself why not.
    func refusal(of command: Command) -> LocalizedText? {
        switch command {
        case .undo, .reset: canUndo ? nil : Refusal.nothingToUndo.text
        case .redo: canRedo ? nil : Refusal.nothingToRedo.text
        case .compare, .nextDifference: player?.earlier == nil ? Refusal.oneFuture.text : nil
        case .confirm: isInTree ? nil : Self.treeFirst
        default: nil
        }
    }

    /// Whether the value at the cursor goes up or down.
    var canStep: Bool { canStep(up: true) || canStep(up: false) }

    func refusalOfStep(up: Bool) -> LocalizedText? {
        guard let row, !canStep(up: up) else { return nil }
        if row.isFolder { return Self.valuesOnly }
        return canStep(up: !up) ? (up ? Self.last : Self.first) : Self.noNeighbours
    }

    private func canStep(up: Bool) -> Bool { row.map { !draft.neighbours(of: $0.path, up: up).isEmpty } ?? false }

    static let goesNoFurther = LocalizedText(en: "It goes no further.", es: "No se puede mover más.")
    private static let treeFirst = LocalizedText(
        en: "tab leads to the tree first.", es: "Antes, tab lleva al árbol.")
    private static let valuesOnly = LocalizedText(
        en: "This is no single value: v edits it as one line.",
        es: "Esto no es un solo valor: v lo edita como una línea.")
    private static let last = LocalizedText(en: "There is no value after this one.", es: "Es el último valor.")
    private static let first = LocalizedText(en: "There is no value before this one.", es: "Es el primer valor.")
    private static let noNeighbours = LocalizedText(
        en: "This value has no next one: enter edits it.", es: "Este valor no tiene siguiente: enter lo edita.")
}
