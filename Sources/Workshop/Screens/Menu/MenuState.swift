import Scenario

/// The menu: the rows of the course, which one is chosen, and a search while there is one.
public struct MenuState: Sendable {
    /// In the order of the course.
    public let lessons: [LessonCover]
    public let course: Course
    let rows: [MenuRow]
    /// The chosen row: one that can be.
    var index: Int
    /// Pages turned in the card of the chosen lesson.
    var cardPage = 0
    var search: MenuSearch?

    init(lessons: [LessonCover], course: Course = Course(), selected id: String?) {
        self.course = course
        self.lessons = course.arranged(lessons)
        rows = course.rows(lessons) + [.sandbox]
        index = rows.firstIndex(where: \.canBeChosen) ?? 0
        choose(id)
    }

    var lesson: LessonCover? {
        if let search { return search.hit?.lesson }
        return rows.indices.contains(index) ? rows[index].lesson : nil
    }

    /// Whether the cursor is on the sandbox's row.
    var isOnSandbox: Bool { search == nil && rows.indices.contains(index) && rows[index] == .sandbox }

    /// What the menu's keys do.
    static let commands: Set<Command> = [
        .up, .down, .scrollUp, .scrollDown, .toStart, .toEnd, .pageUp, .pageDown, .search, .confirm, .nextStep, .sheet,
        .glossary, .record, .language, .help, .quit, .close, .problems,
    ]

    mutating func perform(_ command: Command) {
        switch command {
        case .up: choose(rows[..<max(0, index)].lastIndex(where: \.canBeChosen))
        case .down: choose(rows.dropFirst(index + 1).firstIndex(where: \.canBeChosen))
        case .toStart: choose(rows.firstIndex(where: \.canBeChosen))
        case .toEnd: choose(rows.lastIndex(where: \.canBeChosen))
        case .pageDown: cardPage += 1
        case .pageUp: cardPage = max(0, cardPage - 1)
        case .search: search = MenuSearch()
        default: break
        }
    }

    /// Puts the cursor on a lesson, if there is such.
    mutating func choose(_ id: String?) { if let id { choose(rows.firstIndex { $0.lesson?.id == id }) } }

    private mutating func choose(_ row: Int?) {
        guard let row, row != index else { return }
        index = row
        cardPage = 0
    }
}

/// A row of the menu.
enum MenuRow: Hashable, Sendable {
    /// The title of a part of the course.
    case heading(LocalizedText)
    case lesson(LessonCover)
    /// One that is not written yet: why its number is missing among the others.
    case coming(Course.Coming)
    /// The last: a system of one's own.
    case sandbox

    var lesson: LessonCover? { if case .lesson(let cover) = self { cover } else { nil } }

    var canBeChosen: Bool {
        switch self {
        case .lesson, .sandbox: true
        case .heading, .coming: false
        }
    }

    /// Whether a part begins with it.
    var isFirst: Bool {
        switch self {
        case .heading, .sandbox: true
        case .lesson, .coming: false
        }
    }
}
