import Scenario

/// How lessons make a course: its parts in order, and what is best taken before what. Advice, never a lock.
public struct Course: Hashable, Sendable {
    public struct Part: Hashable, Sendable {
        public var title: LocalizedText
        /// Ids, in the order in which they are taught.
        public var lessons: [String]

        public init(title: LocalizedText, lessons: [String]) {
            self.title = title
            self.lessons = lessons
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

    /// Lessons in the order of the course: those that no part names come last, under no title.
    func arranged(_ lessons: [LessonCover]) -> [(title: LocalizedText?, lessons: [LessonCover])] {
        var rest = lessons
        var arranged: [(title: LocalizedText?, lessons: [LessonCover])] = []
        for part in parts {
            let own = part.lessons.compactMap { id in lessons.first { $0.id == id } }
            rest.removeAll { part.lessons.contains($0.id) }
            if !own.isEmpty { arranged.append((part.title, own)) }
        }
        if !rest.isEmpty { arranged.append((nil, rest)) }
        return arranged
    }

    /// The courses of several folders, one after the other.
    public static func + (left: Course, right: Course) -> Course {
        Course(parts: left.parts + right.parts, needs: left.needs.merging(right.needs) { first, _ in first })
    }
}
