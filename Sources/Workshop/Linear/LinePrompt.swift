import Scenario
import TerminalKit

extension App {
    /// What can be typed besides the numbers and words of the list.
    var linearPrompt: LocalizedText? {
        if let field = lineField { return field.prompt }
        if let draft = numberDraft {
            return draft.isEmpty
                ? LocalizedText(en: "Type a number, or words:", es: "Escribe un número, o palabras:")
                : LocalizedText(en: "Type another number, or words:", es: "Escribe otro número, o palabras:")
        }
        if case .outline = overlay {
            return LocalizedText(
                en: "Type a step's number, or words of its title, or:",
                es: "Escribe el número de un paso o palabras de su título, o:")
        }
        if case .glossary = overlay {
            return LocalizedText(
                en: "Type a term, or its beginning, or:", es: "Escribe un término o su comienzo, o:")
        }
        return lineFinder == nil
            ? nil
            : LocalizedText(
                en: "Type words to find, esc to go back, or:", es: "Escribe palabras para buscar, esc para volver, o:")
    }

    /// The field of a list that words narrow down where nothing in it is called so; `nil`: there is none.
    var lineFinder: TextField? {
        if case .glossary(let state) = overlay { return state.field }
        guard overlay == nil else { return nil }
        if case .menu(let menu) = screen { return menu.search?.field }
        if case .palette(let palette) = sandbox?.input { return palette.field }
        return nil
    }

    /// The parts of the system in the sandbox that are called so; `nil`: none is, or something is asked.
    func parts(called text: String) -> [LinearAction]? {
        guard overlay == nil, let sandbox, sandbox.input == nil, text.count > 1, Key(text) == nil else { return nil }
        let found = PartNames(sandbox).actions(called: text)
        return found.isEmpty ? nil : found
    }
}
