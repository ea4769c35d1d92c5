import Scenario
import TerminalKit

extension App {
    /// The links of the term by number; then the terms before and after it.
    func linearActions(in state: GlossaryState) -> [LinearAction] {
        let view = glossaryView(state)
        let links = state.shown.flatMap { view.glossary[$0] }?.links(lessons) ?? []
        var list = links.enumerated().map { place, link in
            // Without a chosen link, enter goes to the first of them.
            let from = state.link ?? 0
            let way = Key.arrows(from: from, to: place)
            return LinearAction(
                view.label(of: link, .english), view.label(of: link, .spanish),
                .keys((state.link == nil ? [.enter] : []) + way + [.enter]))
        }
        let out = state.wayOut(view.glossary, language)
        if state.link == nil, state.ids.count > 1 {
            list.append(LinearAction("next term", "término siguiente", .keys([.down])))
            list.append(LinearAction("previous term", "término anterior", .keys([.up])))
        }
        if out > 1 { list.append(LinearAction("back", "volver", .keys([.escape]))) }
        return list + [LinearAction("close", "cerrar", .keys(Array(repeating: .escape, count: out)))]
    }

    /// What shows the term of the glossary that is called so, or the only one that begins so.
    func term(called text: String, isWhole: Bool) -> LinearAction? {
        guard case .glossary(let state) = overlay, let glossary else { return nil }
        let wanted = text.folded
        let found = glossary.terms.flatMap { term in
            let fitting = term.wordings(language).first {
                isWhole ? $0.folded == wanted : $0.folded.hasPrefix(wanted)
            }
            return fitting.map { [isWhole ? $0 : term.name(language)] } ?? []
        }
        guard let name = found.first, isWhole || found.count == 1 else { return nil }
        return LinearAction(name, name, .keys(LineField.replacing(state.field.text, by: name)))
    }
}

extension GlossaryState {
    /// How often one has to go back until the glossary is closed.
    func wayOut(_ glossary: Glossary, _ language: Language) -> Int {
        var (state, count) = (self, 1)
        while state.goBack(glossary, language) { count += 1 }
        return count
    }
}

extension GlossaryView {
    func label(of link: GlossaryLink, _ language: Language) -> String {
        switch link {
        case .term(let id): glossary[id]?.name(language) ?? id
        case .lesson(let id):
            lessons.first { $0.id == id }.map { lesson in
                "\(language.text("lesson", "lección")) \(lesson.number), \(lesson.title(language))"
            } ?? id
        }
    }
}
