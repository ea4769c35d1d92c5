import Scenario
import TerminalKit

/// The menu, in sentences: the course and how far the student is, then the chosen lesson's card.
struct MenuSpeech {
    let menu: MenuState
    let app: App
    private var language: Language { app.language }

    var announcements: [Announcement] {
        [
            Announcement("menu", [heading] + view.spoken), Announcement("search", view.spokenSearch),
            Announcement("chosen", chosen),
        ]
    }

    private var heading: String { language.text("Ensayo, the menu.", "Ensayo, el menú.") }

    private var view: MenuView {
        MenuView(
            menu: menu, progress: app.progress, glossary: app.glossary ?? Glossary(), language: language, glyphs: .ascii
        )
    }

    private var chosen: [String] {
        // What is found tells itself; its card comes with the lesson.
        if let search = menu.search {
            if search.field.text.isEmpty { return [] }
            return search.hit.map { ["\(language.text("Chosen", "Elegido")): \(Speech.sentence($0.text))"] } ?? []
        }
        guard let lesson = menu.lesson else {
            let name = SandboxWords.sandbox(language)
            return menu.isOnSandbox ? [language.text("Chosen: \(name).", "Elegido: \(name).")] : []
        }
        return [language.text("Chosen: ", "Elegida: ") + Speech.sentence("\(lesson.number) \(lesson.title(language))")]
            + Self.card(lesson.card, language)
    }

    /// What stands on a lesson's card.
    static func card(_ card: LessonCard, _ language: Language) -> [String] {
        let parts: [(LocalizedText, [LocalizedText])] = [
            (Words.learn, card.learn), (Words.watchFor, card.watch), (Words.modelled, card.models),
            (Words.omitted, card.omits),
        ]
        return parts.filter { !$0.1.isEmpty }.flatMap { title, items in
            ["\(title(language)):"] + items.map { "- \(Speech.sentence($0(language)))" }
        }
    }
}
