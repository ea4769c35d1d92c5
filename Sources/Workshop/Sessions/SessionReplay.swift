import Analysis
import Model
import Scenario
import TerminalKit
import Trace

/// Plays a recorded session without a terminal and notes what it shows.
public struct SessionReplay {
    /// One thing that was checked.
    public struct Check: Hashable, Sendable {
        /// Line in the script; 0: the session as a whole.
        public var line: Int
        public var name: String
        /// Why it failed; `nil`: it holds.
        public var failure: String?

        public init(line: Int, name: String, failure: String? = nil) {
            self.line = line
            self.name = name
            self.failure = failure
        }
    }

    public struct Result: Sendable {
        public var checks: [Check]
        /// The frames that the script asks for.
        public var journey: Journey
        /// The workshop after the last line.
        public var app: App
        /// The session to be watched; `nil` where nobody asked for it.
        public var recording: Recording?
    }

    private let lesson: Lesson
    private var app: App
    private let figures: LessonRuns
    private var checks: [Check] = []
    private var journey: Journey
    private var lastAction = "open"
    /// What to do with the runs that the next key asks for: the student may have stopped them.
    private var stopsRuns = false
    private var wasStopped = false
    private var hasLeft = false
    private var film: SessionFilm?

    private init(_ script: SessionScript, figures: LessonRuns, name: String, isFilmed: Bool) {
        let lesson = figures.lesson
        self.lesson = lesson
        self.figures = figures
        var settings = DisplaySettings(glyphs: Glyphs(script.repertoire))
        settings.reducedMotion = script.reducedMotion
        app = App(
            lessons: [lesson.cover], progress: Progress(), language: script.language, size: script.size,
            settings: settings)
        journey = Journey(name: name, lesson: lesson.id, size: script.size)
        if isFilmed { film = SessionFilm(title: "Ensayo: \(lesson.title(script.language)), \(name)") }
    }

    /// Plays every line. O(keys), and the runs that they ask for.
    ///
    /// - Parameters:
    ///   - figures: the lesson's runs, which several sessions of it may share.
    ///   - name: what the session is called in reports: its file's name.
    ///   - isFilmed: whether it is to be watched too: ``Result/recording``.
    /// - Throws: ``ScenarioError`` when the lesson has no such step as the session begins at.
    public static func run(
        _ script: SessionScript, lesson: Lesson, figures: LessonRuns? = nil, name: String, isFilmed: Bool = false
    ) throws(ScenarioError) -> Result {
        if let step = script.step, lesson.step(step) == nil { throw script.unknownStep(step, in: lesson) }
        let figures = figures ?? LessonRuns(lesson)
        var replay = SessionReplay(script, figures: figures, name: name, isFilmed: isFilmed)
        replay.stopsRuns = isCancelled(script.lines[...])
        replay.perform(replay.app.open(lesson, figures: figures, at: script.step))
        replay.note()
        for (index, line) in script.lines.enumerated() {
            replay.stopsRuns = isCancelled(script.lines[(index + 1)...])
            replay.play(line)
        }
        return Result(
            checks: replay.checks, journey: replay.journey, app: replay.app, recording: replay.film?.recording)
    }

    /// Whether the student stopped the runs before the next key.
    private static func isCancelled(_ lines: ArraySlice<SessionScript.Line>) -> Bool {
        for line in lines {
            switch line.action {
            case .cancel: return true
            case .key: return false
            case .resize, .frame, .expect: continue
            }
        }
        return false
    }

    // MARK: Actions

    private mutating func play(_ line: SessionScript.Line) {
        if hasLeft { return fail(line, "the session had ended before this line") }
        switch line.action {
        case .key(let key, let time):
            wasStopped = false
            if let time { pass(to: time, line) }
            film?.wait(app)
            perform(app.update(.key(key)))
            lastAction = "key \(key)"
            note()
        case .cancel:
            if !wasStopped { fail(line, "no run was asked for that could be stopped") }
        case .resize(let size, let time):
            if let time { pass(to: time, line) }
            film?.wait(app)
            perform(app.update(.resize(size)))
            lastAction = "resize \(size.width)x\(size.height)"
            note()
        case .frame(let name):
            journey.frames.append(
                Journey.Shot(
                    name: name, time: app.virtualTime, after: lastAction,
                    run: app.lesson?.player?.run?.digest.description, frame: app.view()))
        case .expect(let expectation):
            checks.append(Check(line: line.number, name: "\(line.action)", failure: failure(of: expectation)))
        }
    }

    /// What is on the screen now was seen.
    private mutating func note() {
        journey.note(app.view())
        film?.show(app)
    }

    private mutating func fail(_ line: SessionScript.Line, _ reason: String) {
        checks.append(Check(line: line.number, name: "\(line.action)", failure: reason))
    }

    /// Plays on to where the cursor was then, and checks that it gets there.
    private mutating func pass(to time: VirtualTime, _ line: SessionScript.Line) {
        film?.play(app, to: time)
        perform(app.update(.play(to: time)))
        guard let now = app.virtualTime, now != time else { return }
        let wanted = Duration.nanoseconds(time.nanoseconds).written
        let reached = Duration.nanoseconds(now.nanoseconds).written
        fail(line, "the cursor is at \(reached), not at \(wanted)")
    }

    private mutating func perform(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .run(let run):
                if stopsRuns {
                    stopsRuns = false
                    wasStopped = true
                    perform(app.update(.key(.escape)))
                } else {
                    perform(app.update(.ran(run, figures.outcome(of: run))))
                }
            case .open: perform(app.update(.opened(.success(lesson))))
            case .quit: hasLeft = true
            case .cancelRun, .save: break
            }
        }
    }

    // MARK: Expectations

    private func failure(of expectation: Expectation) -> String? {
        switch expectation {
        case .text(let text, let isShown):
            let isThere = app.view().rows.contains { $0.contains(text) }
            if isThere == isShown { return nil }
            return isShown ? "the screen does not show it" : "the screen shows it"
        case .step(let wanted):
            let now = app.lesson?.pageName ?? "menu"
            if now == wanted { return nil }
            let known = (app.lesson?.lesson.steps.map(\.id) ?? []) + ["card", "summary"]
            if known.contains(wanted) { return "the lesson is at \(now)" }
            let hint = Suggestion.sentence(for: wanted, in: known).map { ": \($0)" } ?? ""
            return "the lesson has no such step\(hint)"
        case .digest(let wanted):
            guard let digest = app.lesson?.player?.run?.digest.description else { return "no run is on the screen" }
            return digest == wanted ? nil : "the digest is \(digest)"
        case .metric(let condition):
            guard let lesson = app.lesson else { return "no lesson is on the screen" }
            return lesson.failure(of: condition)
        }
    }
}

extension LessonState {
    /// `card`, `summary`, or the step's id.
    var pageName: String {
        switch page {
        case .card: "card"
        case .summary: "summary"
        case .step: step?.id ?? ""
        }
    }
}
