import Scenario
import Synchronization

/// The lessons that a session can open. Sessions that share a shelf share the lessons' runs.
public final class SessionShelf: Sendable {
    /// What the menu shows.
    public let covers: [LessonCover]
    public let course: Course
    /// Reads the terms of the lessons.
    public let glossary: @Sendable () -> Result<Glossary, ScenarioError>
    private let load: @Sendable (_ id: String) -> Result<Lesson, ScenarioError>
    private let known: Mutex<[String: Result<LessonRuns, ScenarioError>]>

    /// - Parameter load: reads a lesson, by its id.
    public init(
        covers: [LessonCover], course: Course = Course(),
        glossary: @escaping @Sendable () -> Result<Glossary, ScenarioError> = { .success(Glossary()) },
        load: @escaping @Sendable (_ id: String) -> Result<Lesson, ScenarioError>
    ) {
        self.covers = covers
        self.course = course
        self.glossary = glossary
        self.load = load
        known = Mutex([:])
    }

    /// One lesson, with the runs that somebody may have already.
    public convenience init(_ figures: LessonRuns) {
        let lesson = figures.lesson
        self.init(covers: [lesson.cover], glossary: lesson.library.readGlossary) { _ in .success(lesson) }
        known.withLock { $0[lesson.id] = .success(figures) }
    }

    /// Every lesson of a library whose head can be read, as the menu has them.
    public convenience init(_ library: LessonLibrary) {
        self.init(
            covers: library.entries.compactMap { try? library.cover($0) },
            course: (try? library.course()) ?? Course(), glossary: library.readGlossary
        ) { id in
            do throws(ScenarioError) { return .success(try library.load(id)) } catch { return .failure(error) }
        }
    }

    /// A lesson's runs. The lesson is read when it is first asked for.
    public func figures(of id: String) -> Result<LessonRuns, ScenarioError> {
        if let found = known.withLock({ $0[id] }) { return found }
        let read = load(id).map { LessonRuns($0) }
        return known.withLock { known in
            let kept = known[id] ?? read
            known[id] = kept
            return kept
        }
    }
}
