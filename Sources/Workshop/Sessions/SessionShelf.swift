import Analysis
import Scenario
import Synchronization

/// The lessons that a session can open. Sessions that share a shelf share the lessons' runs.
public final class SessionShelf: Sendable {
    /// What the menu shows.
    public var covers: [LessonCover] { menu.value(readMenu).covers }
    public var course: Course { menu.value(readMenu).course }
    /// Reads the terms of the lessons.
    public let glossary: @Sendable () -> Result<Glossary, ScenarioError>
    private let readMenu: @Sendable () -> (covers: [LessonCover], course: Course)
    private let menu = Once<(covers: [LessonCover], course: Course)>()
    private let load: @Sendable (_ id: String) -> Result<Lesson, ScenarioError>
    private let known: Mutex<[String: Result<LessonRuns, ScenarioError>]>

    /// - Parameters:
    ///   - menu: reads what the menu shows, when it is first asked for.
    ///   - load: reads a lesson, by its id.
    public init(
        menu: @escaping @Sendable () -> (covers: [LessonCover], course: Course),
        glossary: @escaping @Sendable () -> Result<Glossary, ScenarioError> = { .success(Glossary()) },
        load: @escaping @Sendable (_ id: String) -> Result<Lesson, ScenarioError>
    ) {
        readMenu = menu
        self.glossary = glossary
        self.load = load
        known = Mutex([:])
    }

    /// One lesson, with the runs that somebody may have already.
    public convenience init(_ figures: LessonRuns) {
        let lesson = figures.lesson
        self.init(menu: { ([lesson.cover], Course()) }, glossary: lesson.library.readGlossary) { _ in
            .success(lesson)
        }
        known.withLock { $0[lesson.id] = .success(figures) }
    }

    /// Every lesson of a library whose head can be read, as the menu has them.
    public convenience init(_ library: LessonLibrary) {
        self.init(
            menu: {
                (library.entries.compactMap { try? library.cover($0) }, (try? library.course()) ?? Course())
            },
            glossary: library.readGlossary
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
