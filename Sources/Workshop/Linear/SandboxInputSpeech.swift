import Scenario
import TerminalKit

/// What the sandbox asks: a value, a part, a name, whether to remove, to replace, to leave.
struct SandboxInputSpeech {
    let input: SandboxInput
    let state: SandboxState
    let language: Language

    var announcements: [Announcement] {
        [Announcement("asked", asked, on: occasion), Announcement("problem", input.problem?.sentences(language) ?? [])]
            + [Announcement("choice", chosen, isUsual: true, isIdle: true)]
    }

    private var asked: [String] {
        switch input {
        case .value(let form):
            let name = form.isName ? " (\(SandboxWords.newName(language)))" : ""
            return ["\(form.path)\(name): \(form.field.text)"]
        case .palette(let palette): return [heading(palette)]
        case .removal(let question):
            let words = RemovalWords(state.draft.root, question.path)
            let also = words.list(question.removal.also, language)
            return [SandboxWords.needs(words.name)(language), Speech.sentence(list(also))]
        case .save(let form): return saving(form)
        case .share(let sheet):
            return [SandboxWords.shareTitle(language) + ":", sheet.code]
                + (sheet.isCopied ? [SandboxWords.copiedByHand(language)] : [])
                + (sheet.isPrinted ? [Speech.sentence(SandboxWords.willPrint(language))] : [])
        case .leaving: return [SandboxWords.isUnsaved(language)]
        }
    }

    /// What is typed letter by letter does not ask anew.
    private var occasion: String? {
        switch input {
        case .value(let form): "\(form.path) \(form.isName)"
        default: nil
        }
    }

    private func list(_ names: [String]) -> String { Speech.list(names, language) }

    private func heading(_ palette: Palette) -> String {
        if palette.entries.isEmpty { return Speech.sentence(SandboxWords.nothingToAdd(language)) }
        guard let place = palette.place, !place.isRoot else { return "\(SandboxWords.addPart(language))." }
        return "\(SandboxWords.addPart(language)), \(language.text("first to", "primero a")) \(place)."
    }

    private func saving(_ form: SaveForm) -> [String] {
        if let existing = form.existing {
            let comments = state.hasComments && existing == state.path ? [SandboxWords.commentsGo(language)] : []
            return [SandboxWords.isThere(existing)(language)] + comments
        }
        let comments = state.hasComments && form.field.text == state.path ? [SandboxWords.commentsGo(language)] : []
        let changes = form.keepsChanges.map { keeps in
            Speech.sentence(SandboxWords.keepsChanges(keeps)(language)) + " "
                + language.text("Type tab to change that.", "Con tab se cambia.")
        }
        return ["\(SandboxWords.saveAs(language)): \(form.field.text)"] + comments + (changes.map { [$0] } ?? [])
    }

    /// What is typed or chosen so far, for who goes there key by key.
    private var chosen: [String] {
        switch input {
        case .value(let form): return [form.field.text]
        case .palette(let palette):
            guard let chosen = palette.chosen else { return [Speech.sentence(SandboxWords.nothingToAdd(language))] }
            return ["\(chosen.part.label): \(Speech.sentence(chosen.part.about(language)))"]
        case .save(let form): return [form.field.text]
        case .removal, .share, .leaving: return []
        }
    }
}

extension SandboxState.Notice {
    /// What it says, without the keys of a screen.
    func sentences(_ language: Language) -> [String] {
        switch self {
        case .added(let part): [language.text("\(part.path) is there.", "\(part.path) añadido.")]
        case .problem(let message, let hint):
            [Speech.sentence(message(language))] + (hint.map { [Speech.sentence($0(language))] } ?? [])
        default: [Speech.sentence(text(language).plain)]
        }
    }
}

extension SandboxInput {
    /// Why what was typed or chosen last was not taken.
    var problem: SandboxState.Notice? {
        switch self {
        case .value(let form): form.problem
        case .palette(let palette): palette.problem
        case .save(let form): form.problem
        case .removal, .share, .leaving: nil
        }
    }
}

extension SandboxState {
    /// Why the last key did nothing.
    var refusal: Notice? { input?.problem ?? notice }
}

extension Palette {
    /// Where what comes first is added.
    var place: NodePath? { entries.first?.path }
}
