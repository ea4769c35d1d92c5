import Scenario

/// How lessons make a course: its parts in order, and what is best taken before what. Advice, never a lock.
public struct Course: Hashable, Sendable {
    public struct Part: Hashable, Sendable {
        public var title: LocalizedText
        /// In the order in which they are taught.
        public var entries: [Entry]

        /// The ids of those that there are.
        public var lessons: [String] {
            entries.compactMap { if case .lesson(let id) = $0 { id } else { nil } }
        }

        public init(title: LocalizedText, entries: [Entry]) {
            self.title = title
            self.entries = entries
        }

        public init(title: LocalizedText, lessons: [String]) {
            self.init(title: title, entries: lessons.map(Entry.lesson))
        }
    }

    /// A place in a part.
    public enum Entry: Hashable, Sendable {
        /// By its id.
        case lesson(String)
        case coming(Coming)
    }

    /// A lesson that is not written yet: its number is kept for it.
    public struct Coming: Hashable, Sendable {
        public var id: String
        public var number: Int
        public var title: LocalizedText

        public init(id: String, number: Int, title: LocalizedText) {
            self.id = id
            self.number = number
            self.title = title
        }
    }

    public var parts: [Part]
    /// By a lesson's id: the lessons that it builds on.
    public var needs: [String: [String]]

    public init(parts: [Part] = [], needs: [String: [String]] = [:]) {
        self.parts = parts
        self.needs = needs
    }

    /// The lessons that this one builds on, among those that are there.
    public func needs(of id: String, among lessons: [LessonCover]) -> [LessonCover] {
        (needs[id] ?? []).compactMap { need in lessons.first { $0.id == need } }
    }

    /// Lessons in the order of the course.
    func arranged(_ lessons: [LessonCover]) -> [LessonCover] { rows(lessons).compactMap(\.lesson) }

    /// The course as rows, each part under its title: lessons that no part names come last, under none. A part of which
    /// nothing is there yet is left out.
    func rows(_ lessons: [LessonCover]) -> [MenuRow] {
        var rest = lessons
        var rows: [MenuRow] = []
        for part in parts {
            let own = part.entries.compactMap { entry -> MenuRow? in
                switch entry {
                case .lesson(let id): lessons.first { $0.id == id }.map(MenuRow.lesson)
                case .coming(let coming): lessons.first { $0.id == coming.id }.map(MenuRow.lesson) ?? .coming(coming)
                }
            }
            rest.removeAll { lesson in own.contains { $0.lesson == lesson } }
            if own.contains(where: { $0.lesson != nil }) { rows += [.heading(part.title)] + own }
        }
        return rows + rest.map(MenuRow.lesson)
    }

    /// The lesson to come that somebody means by its number or its id.
    public func coming(_ name: String) -> Coming? {
        for case .coming(let coming) in parts.flatMap(\.entries) where [coming.id, "\(coming.number)"].contains(name) {
            return coming
        }
        return nil
    }

    /// The courses of several folders, one after the other.
    public static func + (left: Course, right: Course) -> Course {
        Course(parts: left.parts + right.parts, needs: left.needs.merging(right.needs) { first, _ in first })
    }
}
