import Scenario
import TerminalKit

/// A field on the screen whose text is the line that is typed, whatever it says.
struct LineField {
    var text: String
    /// What an empty line does.
    var empty: Key
    var prompt: LocalizedText
    /// Lines that are keys even here.
    var keys: [Key] = [.escape]

    /// The keys that a line stands for: it takes the place of what is there.
    func keys(for line: String) -> [Key] {
        if line.isEmpty { return [empty] }
        if let key = Key(line), keys.contains(key) { return [key] }
        return Self.replacing(text, by: line) + [.enter]
    }

    static func replacing(_ old: String, by text: String) -> [Key] {
        (old.isEmpty ? [] : [.end, .control("u")]) + text.map { .character($0) }
    }
}

extension App {
    /// The field that takes the next line; `nil`: none does.
    var lineField: LineField? {
        if case .goTo(let state) = overlay {
            return LineField(
                text: state.field.text, empty: .escape,
                prompt: LocalizedText(
                    en: "Type 12.5s, #257, or words of what comes. An empty line stays here.",
                    es: "Escribe 12,5s, #257 o palabras de lo que viene. Una línea vacía se queda aquí."))
        }
        guard overlay == nil, let input = sandbox?.input else { return nil }
        switch input {
        case .value(let form): return LineField(text: form.field.text, empty: .escape, prompt: Self.valuePrompt(form))
        case .save(let form) where form.existing == nil:
            let name = form.field.text
            return LineField(
                text: name, empty: .enter,
                prompt: LocalizedText(
                    en: "Type the name of the file. An empty line takes \(name), esc does not save.",
                    es: "Escribe el nombre del archivo. Una línea vacía toma \(name), esc no guarda."),
                keys: form.keepsChanges == nil ? [.escape] : [.escape, .tab])
        case .save, .palette, .removal, .share, .leaving: return nil
        }
    }

    private static func valuePrompt(_ form: ValueForm) -> LocalizedText {
        form.isName
            ? LocalizedText(
                en: "Type the new name. An empty line keeps the old one.",
                es: "Escribe el nombre nuevo. Una línea vacía deja el que hay.")
            : LocalizedText(
                en: "Type what is to stand there. An empty line keeps what there is.",
                es: "Escribe lo que debe poner. Una línea vacía deja lo que hay.")
    }
}
