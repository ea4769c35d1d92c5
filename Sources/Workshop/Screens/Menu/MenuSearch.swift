import Scenario
import TerminalKit

/// A search in the menu: what is typed, and what it finds.
struct MenuSearch: Hashable, Sendable {
    var field = TextField(limit: 60)
    private(set) var hits: [SearchHit] = []
    private(set) var index = 0

    var hit: SearchHit? { hits.indices.contains(index) ? hits[index] : nil }

    mutating func move(_ step: Int) { index = min(max(0, index + step), max(0, hits.count - 1)) }

    /// Finds again, after a key; the best is chosen.
    mutating func find(in lessons: [LessonCover], _ glossary: Glossary, _ language: Language) {
        hits = SearchHit.all(for: SearchQuery(field.text), in: lessons, glossary, language)
        index = 0
    }
}

/// Something that a search found.
struct SearchHit: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        case title
        /// From 0.
        case step(Int)
        case term(String)
        case card
    }

    /// `nil`: a term of the glossary.
    var lesson: LessonCover?
    var place: Place
    /// What was found, as it is written there.
    var text: String

    /// Titles first, then steps, terms and lines of cards; each in the order of the course.
    static func all(
        for query: SearchQuery, in lessons: [LessonCover], _ glossary: Glossary, _ language: Language
    ) -> [SearchHit] {
        guard !query.isEmpty else {
            return lessons.map { SearchHit(lesson: $0, place: .title, text: $0.title(language)) }
        }
        var (titles, steps, cards): ([SearchHit], [SearchHit], [SearchHit]) = ([], [], [])
        for lesson in lessons {
            if query.matches("\(lesson.number) \(lesson.title(language))") {
                titles.append(SearchHit(lesson: lesson, place: .title, text: lesson.title(language)))
            }
            for (place, step) in lesson.steps.enumerated() where query.matches(step.title(language)) {
                steps.append(SearchHit(lesson: lesson, place: .step(place), text: step.title(language)))
            }
            let lines = lesson.card.learn + lesson.card.watch + lesson.card.models + lesson.card.omits
            for line in lines where query.matches(line(language)) {
                cards.append(SearchHit(lesson: lesson, place: .card, text: line(language)))
            }
        }
        let terms = glossary.sorted(language).filter { $0.wordings(language).contains(where: query.matches) }
        return titles + steps
            + terms.map { SearchHit(lesson: nil, place: .term($0.id), text: $0.name(language)) } + cards
    }
}
