import Scenario
import TerminalKit

/// The glossary over a screen: what is typed, the terms that fit, and the one that is shown.
struct GlossaryState: Hashable, Sendable {
    var field = TextField(limit: 40)
    /// The terms of the text on the screen, in its order; or those of the lesson.
    let here: [String]
    /// Whether they stand in the text itself.
    let isInText: Bool
    private(set) var ids: [String] = []
    private(set) var index = 0
    /// Terms that were left by following links.
    private var trail: [String] = []
    /// The link that is chosen, once the term has the keys.
    private(set) var link: Int?

    init(_ glossary: Glossary, here: [String], isInText: Bool, _ language: Language, shown: String? = nil) {
        self.here = here.filter { glossary[$0] != nil }
        self.isInText = isInText
        find(in: glossary, language)
        if let shown { show(shown) }
    }

    /// The id of the term that is shown.
    var shown: String? { ids.indices.contains(index) ? ids[index] : nil }

    /// Those on the screen first, then all in the order of the alphabet.
    mutating func find(in glossary: Glossary, _ language: Language) {
        let query = SearchQuery(field.text)
        let rest = glossary.sorted(language).filter { !here.contains($0.id) }
        let all = here.compactMap { glossary[$0] } + rest
        let found = all.filter { term in
            query.isEmpty || term.wordings(language).contains(where: query.matches)
        }
        // The term itself stands before those that have it in their name.
        let typed = field.text.folded
        func isTyped(_ term: Glossary.Term) -> Bool { term.wordings(language).contains { $0.folded == typed } }
        ids = (found.filter(isTyped) + found.filter { !isTyped($0) }).map(\.id)
        index = 0
        link = nil
    }

    mutating func move(_ step: Int, links: Int) {
        if let link {
            self.link = min(max(0, link + step), max(0, links - 1))
        } else {
            index = min(max(0, index + step), max(0, ids.count - 1))
        }
    }

    /// Into the links of the term, or along the chosen one.
    mutating func enter(_ links: [GlossaryLink], _ glossary: Glossary, _ language: Language) {
        guard let link, links.indices.contains(link) else {
            self.link = links.isEmpty ? nil : 0
            return
        }
        guard case .term(let id) = links[link], let now = shown else { return }
        trail.append(now)
        follow(id, glossary, language)
    }

    /// Out of the links, back along them. Returns whether there was somewhere to go.
    mutating func goBack(_ glossary: Glossary, _ language: Language) -> Bool {
        if let last = trail.popLast() {
            follow(last, glossary, language)
        } else if link != nil {
            link = nil
        } else if !field.text.isEmpty {
            let now = shown
            field = TextField(limit: field.limit)
            find(in: glossary, language)
            if let now { show(now) }
        } else {
            return false
        }
        return true
    }

    private mutating func follow(_ id: String, _ glossary: Glossary, _ language: Language) {
        if !ids.contains(id) {
            field = TextField(limit: field.limit)
            find(in: glossary, language)
        }
        show(id)
        link = 0
    }

    private mutating func show(_ id: String) { index = ids.firstIndex(of: id) ?? index }
}

/// Where a term leads to.
enum GlossaryLink: Hashable, Sendable {
    case term(String)
    case lesson(String)
}

extension Glossary.Term {
    /// Other terms first, then lessons that are there.
    func links(_ lessons: [LessonCover]) -> [GlossaryLink] {
        see.map(GlossaryLink.term)
            + self.lessons.filter { id in lessons.contains { $0.id == id } }.map(GlossaryLink.lesson)
    }
}

extension App {
    /// Opens the glossary with the terms of what is on the screen first, or at a term.
    mutating func openGlossary(at term: String? = nil) -> [Effect] {
        pause()
        overlay = .glossary(glossaryState(glossary ?? Glossary(), shown: term))
        return glossary == nil ? [.readGlossary] : []
    }

    func glossaryState(_ glossary: Glossary, shown: String?) -> GlossaryState {
        let (here, isInText) = termsHere(glossary)
        return GlossaryState(glossary, here: here, isInText: isInText, language, shown: shown)
    }

    /// The terms in the text on the screen, then the others of the lesson; in the menu those of the chosen lesson.
    private func termsHere(_ glossary: Glossary) -> (ids: [String], isInText: Bool) {
        let chosen: String?
        if case .menu(let menu) = screen { chosen = menu.lesson?.id } else { chosen = lesson?.lesson.id }
        let taught = glossary.terms.filter { term in chosen.map(term.lessons.contains) ?? false }.map(\.id)
        guard let lesson,
            let text = LessonTextView(lesson, LessonLayout(size, for: lesson), language, settings.glyphs)
        else { return (taught, false) }
        let words = text.page.groups.flatMap(\.lines).map(\.plain).joined(separator: " ")
        let found = TermFinder(glossary, language).terms(in: "\(text.page.title). \(words)")
        return found.isEmpty ? (taught, false) : (found, true)
    }

    mutating func press(_ key: Key, in state: GlossaryState) -> [Effect] {
        var state = state
        let glossary = glossary ?? Glossary()
        let links = state.shown.flatMap { glossary[$0] }?.links(lessons) ?? []
        switch key {
        case .up, .backTab: state.move(-1, links: links.count)
        case .down, .tab: state.move(1, links: links.count)
        case .pageUp: state.move(-10, links: links.count)
        case .pageDown: state.move(10, links: links.count)
        case .enter:
            if let link = state.link, links.indices.contains(link), case .lesson(let id) = links[link] {
                return leave(for: id)
            }
            state.enter(links, glossary, language)
        case .left where state.link != nil: _ = state.goBack(glossary, language)
        case .escape:
            guard state.goBack(glossary, language) else {
                overlay = nil
                return []
            }
        case .character("/") where state.field.text.isEmpty: break
        default:
            let text = state.field.text
            guard state.field.press(key) else { return [] }
            // The caret alone changes nothing that is found.
            if state.field.text != text { state.find(in: glossary, language) }
        }
        overlay = .glossary(state)
        return []
    }

    /// To the lesson that teaches a term, where it is not on the screen.
    private mutating func leave(for id: String) -> [Effect] {
        overlay = nil
        guard lesson?.lesson.id != id, let cover = lessons.first(where: { $0.id == id }) else { return [] }
        return [.open(cover)]
    }
}

extension App {
    func glossaryView(_ state: GlossaryState) -> GlossaryView {
        GlossaryView(
            state: state, glossary: glossary ?? Glossary(), lessons: lessons, language: language,
            glyphs: settings.glyphs)
    }
}
