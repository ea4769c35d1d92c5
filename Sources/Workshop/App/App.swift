import Model
import Scenario
import TerminalKit
import Trace

/// The whole workshop as a value: what is on the screen, how messages change it, and the frame that shows it.
///
/// ``update(_:)`` is the only thing that changes it, and ``view()`` the only thing that draws. What must happen
/// outside (a run, a file, the end) is returned as ``Effect``s.
public struct App: Sendable {
    public enum Screen: Sendable {
        case menu(MenuState)
        case lesson(LessonState)
        case sandbox(SandboxState)
        case notes(NotesState)
    }

    /// What lies over the screen and takes the keys.
    enum Overlay: Sendable {
        case keys(page: Int)
        case faults(FaultMenu)
        case why(WhyState)
        case outline(OutlineState)
        case glossary(GlossaryState)
        /// Which of the answers is chosen.
        case record(Int)
        /// Lines scrolled.
        case sheet(offset: Int)
        case goTo(GoToState)
        case problem(String)
        /// Of the files of a lesson, from one of them on.
        case wrongFiles([Problem], first: Int)
        case presenter(PresenterState.Overlay)
    }

    public internal(set) var lessons: [LessonCover]
    /// How the lessons make a course.
    public let course: Course
    public internal(set) var settings: DisplaySettings
    public private(set) var size: Size
    public internal(set) var language: Language
    public internal(set) var screen: Screen
    public internal(set) var progress: Progress
    var overlay: Overlay?
    /// Why the last key did nothing; it stands in the footer until the next.
    var notice: Notice?
    /// `nil`: nobody teaches here.
    var presenter: PresenterState?
    /// The terms of the lessons; `nil`: not read yet.
    var glossary: Glossary?
    /// Where the lesson that was asked for is to be opened; `nil`: where the student left it.
    var stepToOpen: String?
    /// Whether that lesson's reference sheet is what is wanted.
    var opensSheet = false
    /// Of the lesson that is written just now; `nil`: nobody writes one.
    var findings: LessonFindings?
    /// `nil`: nobody else's presentation is followed here.
    var follower: FollowerState?
    /// So that undo, redo and going back a step show at once.
    private var runs = RunShelf<RunOutcome>(mostRuns: 12, mostEvents: 1_000_000)
    /// Asked for and not done.
    private var running: [Run] = []
    private(set) var runProgress: Double?
    /// What was on the screen when the runs were asked for: where to go back to if they are stopped or fail.
    private var fallback: Screen?

    /// The workshop at its menu.
    public init(
        lessons: [LessonCover], course: Course = Course(), progress: Progress, language: Language, size: Size,
        settings: DisplaySettings
    ) {
        self.lessons = lessons
        self.course = course
        self.settings = settings
        self.size = size
        self.language = language
        self.progress = progress
        var menu = MenuState(lessons: lessons, course: course, selected: nil)
        menu.choose(CourseProgress(lessons: menu.lessons, progress: progress).next?.lesson.id)
        screen = .menu(menu)
    }

    /// The lesson on the screen, if there is one.
    public var lesson: LessonState? { if case .lesson(let state) = screen { state } else { nil } }

    /// The moment of the run on the screen: the time that recorded keys carry.
    public var virtualTime: VirtualTime? { stage?.player?.cursor.time }
    /// Whether time passes on the screen. It stands still while a run is computed.
    public var isPlaying: Bool { !isRunning && (stage?.player?.playhead.isPlaying == true || isDemoPlaying) }
    /// Whether a run is being computed. Until it is done or stopped, the workshop takes no keys but those that stop it.
    public var isRunning: Bool { !running.isEmpty }

    /// Changes the workshop. O(1) but for prediction answers and challenges, which run their scenarios.
    public mutating func update(_ message: Message) -> [Effect] {
        var effects: [Effect] = []
        let before = (progress: progress, screen: screen)
        switch message {
        case .key(let key): effects += press(key)
        case .resize(let size): self.size = size
        case .tick(let wall): effects += tick(wall)
        case .clock(let now): pass(to: now)
        case .audience(let followers): presenter?.followers = followers
        case .followed(let snapshot): take(snapshot)
        case .noted(let snapshot): changeNotes { $0.times = snapshot }
        case .instructorLost(let loss): loseInstructor(loss)
        case .instructorQuiet(let seconds):
            follower?.quietSeconds = seconds
            changeNotes { $0.quietSeconds = seconds }
        case .play(let time): if isPlaying { changePlayer { $0.play(to: time) } }
        case .pass(let time): changePlayer { $0.pass(to: time) }
        case .change(let action): change(action)
        case .progress(let share): runProgress = share
        case .ran(let request, let outcome):
            // What was stopped may still come in.
            guard running.contains(request) else { return [] }
            runs.keep(outcome, outcome.view, of: request)
        case .opened(.success(let lesson)): effects += takeFollowed(lesson) ?? take(lesson)
        case .opened(.failure(let error)): overlay = .wrongFiles(error.problems, first: 0)
        case .reloaded(let result): reload(result)
        case .checked(let findings): take(findings)
        case .sandbox(let message): take(message)
        case .glossary(.success(let glossary)): take(glossary)
        case .glossary(.failure(let error)): overlay = .problem(error.description)
        }
        effects += sandboxRequests()
        effects += runsNeeded(leaving: before.screen)
        showLatest()
        showOver()
        keepTextOnItsPages()
        keepProgress()
        if progress != before.progress { effects.append(.save(progress)) }
        return effects
    }

    /// Opens a lesson where the student left it, or at one of its steps.
    ///
    /// - Parameter figures: the lesson's runs, where somebody has some already.
    public mutating func open(_ lesson: Lesson, figures: LessonRuns? = nil, at step: String? = nil) -> [Effect] {
        let before = screen
        let progress = progress.lessons[lesson.id] ?? LessonProgress()
        var state = LessonState(figures ?? LessonRuns(lesson), progress: progress)
        state.isTaken = presenter == nil && follower == nil
        if let step, let index = lesson.steps.firstIndex(where: { $0.id == step }) {
            state.open(.step(index))
        } else {
            state.resume()
        }
        screen = .lesson(state)
        overlay = nil
        return runsNeeded(leaving: before)
    }

    /// Opens the lesson that is read next at one of its steps.
    public mutating func openNext(at step: String?) { stepToOpen = step }

    private mutating func tick(_ wall: Duration) -> [Effect] {
        guard isPlaying else { return [] }
        if let effects = advanceDemo(by: wall) { return effects }
        let limit = isDemoPlaying ? presenter?.demo?.until : nil
        changePlayer { $0.advance(by: wall, until: limit) }
        return []
    }

    mutating func changeLesson(_ change: (inout LessonState) -> Void) {
        guard case .lesson(var state) = screen else { return }
        change(&state)
        screen = .lesson(state)
    }

    /// Shows what is computed, and asks for what is not.
    private mutating func runsNeeded(leaving before: Screen) -> [Effect] {
        var missing: [Run] = []
        if var player = stage?.player {
            do throws(ImpossibleRun) {
                missing = try player.adopt(&runs)
                changePlayer { $0 = player }
                changeSandbox { $0.settle() }
            } catch {
                giveUp(error.reason, leaving: fallback ?? before)
            }
        }
        let known = running
        running = missing
        if missing.isEmpty {
            fallback = nil
            runProgress = nil
        } else if fallback == nil {
            fallback = before
        }
        return missing.filter { !known.contains($0) }.map(Effect.run)
    }

    /// Gives up what is being computed and goes back to where the student was before asking for it.
    mutating func stopRunning() -> [Effect] {
        if let fallback { giveUp(nil, leaving: fallback) }
        fallback = nil
        running = []
        runProgress = nil
        return [.cancelRun]
    }

    /// Goes back to where the student was, but for a draft: that stays, without its run.
    private mutating func giveUp(_ reason: String?, leaving before: Screen) {
        if sandbox != nil, case .sandbox = before {
            let reason = reason ?? SandboxWords.stopped(language)
            return changeSandbox { $0.giveUp(reason) }
        }
        if let reason { overlay = .problem(reason) }
        screen = before
    }

    /// A page beyond the last is the last: nobody has to turn back through pages that are not there.
    private mutating func keepTextOnItsPages() {
        guard case .lesson(var state) = screen, state.textPage > 0 else { return }
        guard let count = textPageCount(of: state) else { return }
        state.textPage = min(state.textPage, count - 1)
        screen = .lesson(state)
    }

    /// `nil` where no text is on the screen.
    private func textPageCount(of state: LessonState) -> Int? {
        if let view = presenterView(of: state) { return view.textPageCount(on: size) }
        return LessonTextView(state, LessonLayout(size, for: state), language, settings.glyphs)?.pageCount
    }

    private mutating func keepProgress() {
        // Who teaches or follows does not take the lesson.
        if presenter != nil || follower != nil { return }
        progress.language = language
        changeLesson { $0.settleProgress() }
        guard let lesson else { return }
        progress.lessons[lesson.lesson.id] = lesson.progress
        progress.last = lesson.lesson.id
    }
}

/// How frames are drawn: what the terminal can do, and what the person asked for.
public struct DisplaySettings: Hashable, Sendable {
    public var glyphs: Glyphs
    public var reducedMotion: Bool

    public init(glyphs: Glyphs = .unicode, reducedMotion: Bool = false) {
        self.glyphs = glyphs
        self.reducedMotion = reducedMotion
    }
}
