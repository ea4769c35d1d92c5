import Analysis
import Model
import Scenario
import TerminalKit
import Trace

/// Plays a recorded session without a terminal and notes what it shows.
public struct SessionReplay {
    private let shelf: SessionShelf
    private let opening: SessionScript.Opening
    private var app: App { didSet { drawn = nil } }
    /// What the student has kept.
    private var kept: Progress
    private var checks: [Check] = []
    private var journey: Journey
    private var lastAction = "open"
    /// What to do with the runs that the next key asks for: the student may have stopped them.
    private var stopsRuns = false
    private var wasStopped = false
    private var hasLeft = false
    private var sandbox = SandboxMemory()
    private var film: SessionFilm?
    private var transcript: Transcript?
    /// Whether anybody asks what was on the screen between the lines.
    private let isWatched: Bool
    private var trail: [Sight] = []
    private var line = 0
    /// More than any run lasts, so that a replay comes to its end.
    private static let mostTicks = 200_000
    /// What is on the screen, where it was drawn since the workshop changed.
    private var drawn: Frame?

    private init(
        _ script: SessionScript, _ shelf: SessionShelf, _ lesson: Lesson?, name: String, isFilmed: Bool,
        isWatched: Bool
    ) {
        self.shelf = shelf
        opening = script.opening
        self.isWatched = isWatched
        var settings = DisplaySettings(glyphs: script.repertoire.glyphs)
        settings.reducedMotion = script.reducedMotion
        var progress = Progress()
        for id in script.finished { progress.lessons[id, default: LessonProgress()].isFinished = true }
        kept = progress
        app = App(
            lessons: lesson.map { [$0.cover] } ?? shelf.covers, course: lesson == nil ? shelf.course : Course(),
            progress: progress, language: script.language, size: script.size, settings: settings)
        journey = Journey(name: name, lesson: lesson?.id ?? script.opening.rawValue, size: script.size)
        let title = lesson?.title(script.language) ?? script.opening.rawValue
        if isFilmed { film = SessionFilm(title: "Ensayo: \(title), \(name)") }
    }

    /// Plays every line. O(keys), and the runs that they ask for.
    ///
    /// - Parameters:
    ///   - shelf: the lessons and their runs, which several sessions may share.
    ///   - name: what the session is called in reports: its file's name.
    ///   - isFilmed: whether it is to be watched too: ``Result/recording``.
    ///   - isTold: whether it is to be heard too: ``Result/transcript``.
    ///   - isWatched: whether what is on the screen between the lines counts. Without that a replay checks the same and
    ///     draws next to nothing.
    /// - Throws: ``ScenarioError`` when the lesson cannot be read, or has no such step as the session begins at.
    public static func run(
        _ script: SessionScript, on shelf: SessionShelf, name: String, isFilmed: Bool = false, isTold: Bool = false,
        isWatched: Bool = true
    ) throws(ScenarioError) -> Result {
        var figures: LessonRuns?
        if !script.lesson.isEmpty { figures = try shelf.figures(of: script.lesson).get() }
        if let unknown = script.finished.first(where: { id in !shelf.covers.contains { $0.id == id } }) {
            throw script.unknownLesson(unknown, finished: shelf.covers.map(\.id))
        }
        if let step = script.step, let lesson = figures?.lesson, lesson.step(step) == nil {
            throw script.unknownStep(step, in: lesson)
        }
        var replay = SessionReplay(
            script, shelf, figures?.lesson, name: name, isFilmed: isFilmed, isWatched: isWatched)
        if isTold { replay.transcript = Transcript() }
        // No key asks for the first run. Whoever stops it has left, but for the sandbox, where the system stays.
        replay.stopsRuns = script.opening == .sandbox && isCancelled(script.lines[...])
        if script.opening == .present, let lesson = figures?.lesson {
            replay.app.present(PresenterState(script: try script.demo(of: lesson)))
        }
        if let figures { replay.perform(replay.app.open(figures.lesson, figures: figures, at: script.step)) }
        if script.opening == .sandbox {
            let source: SandboxSource
            if let system = script.system { source = system } else { source = try .starter() }
            replay.perform(replay.app.open(source))
        }
        replay.note()
        for (index, line) in script.lines.enumerated() {
            replay.line = line.number
            replay.stopsRuns = isCancelled(script.lines[(index + 1)...])
            replay.play(line)
        }
        return Result(
            checks: replay.checks, journey: replay.journey, app: replay.app, recording: replay.film?.recording,
            trail: replay.trail, transcript: replay.transcript)
    }

    /// The same for a session of one lesson, with the runs that somebody may have already.
    public static func run(
        _ script: SessionScript, lesson: Lesson, figures: LessonRuns? = nil, name: String, isFilmed: Bool = false,
        isTold: Bool = false
    ) throws(ScenarioError) -> Result {
        let shelf = SessionShelf(figures ?? LessonRuns(lesson))
        return try run(script, on: shelf, name: name, isFilmed: isFilmed, isTold: isTold)
    }

    /// Whether the student stopped the runs before the next key.
    private static func isCancelled(_ lines: ArraySlice<SessionScript.Line>) -> Bool {
        for line in lines {
            switch line.action {
            case .cancel: return true
            case .key, .change, .wait, .restart: return false
            case .resize, .frame, .expect, .pause, .clock: continue
            }
        }
        return false
    }

    // MARK: Actions

    private mutating func play(_ line: SessionScript.Line) {
        if hasLeft, line.action != .restart { return fail(line, "the session had ended before this line") }
        switch line.action {
        case .key(let key, let time):
            wasStopped = false
            if let time { pass(to: time, line) }
            take(.key(key), "key \(key)")
        case .cancel:
            if !wasStopped { fail(line, "no run was asked for that could be stopped") }
            // A second one has nothing left to stop.
            wasStopped = false
        case .resize(let size, let time):
            if let time { pass(to: time, line) }
            take(.resize(size), "resize \(size.width)x\(size.height)")
        case .frame(let name):
            journey.frames.append(
                Journey.Shot(
                    name: name, time: app.virtualTime, after: lastAction,
                    run: app.stage?.player?.run?.digest.description, frame: frame()))
        case .expect(let expectation):
            checks.append(check(line, failure: app.failure(of: expectation, on: drawn)))
            if case .text(let text, isShown: true) = expectation { transcript?.expect(text, line: line.number) }
        case .wait(.demo(let place)): play(place, line)
        case .wait(let wait): play(wait, line)
        case .change(let action): change(action, line)
        case .pause: break
        case .clock(let time): setClock(to: time, line)
        case .restart: restart(line)
        }
    }

    /// Gives the workshop what came from outside.
    private mutating func take(_ message: Message, _ name: String) {
        film?.wait(app)
        perform(app.update(message))
        lastAction = name
        note()
    }

    private mutating func play(_ wait: SessionWait, _ line: SessionScript.Line) {
        do throws(SessionFailure) {
            let time = try app.moment(of: wait)
            film?.play(app, to: time)
            perform(app.update(.pass(to: time)))
            lastAction = "wait \(wait)"
            note()
        } catch {
            fail(line, error.reason)
        }
    }

    /// The demo plays on, a moment at a time.
    private mutating func play(_ place: DemoPlace, _ line: SessionScript.Line) {
        do throws(SessionFailure) {
            if !app.isDemoPlaying, place == .pause { throw SessionFailure(reason: "the demo is not playing") }
            wasStopped = false
            var count = 0
            while try app.isDemoPlaying(before: place) {
                count += 1
                if count > Self.mostTicks { throw SessionFailure(reason: "the demo does not come there") }
                perform(app.update(.tick(SessionFilm.interval)))
                film?.pass(SessionFilm.interval, app)
            }
            lastAction = "\(line.action)"
            note()
        } catch {
            fail(line, error.reason)
        }
    }

    private mutating func setClock(to time: Duration, _ line: SessionScript.Line) {
        guard let now = app.teachingTime else { return fail(line, "only who presents has a clock") }
        if time < now { return fail(line, "the clock is at \(now.clockText) already") }
        take(.clock(time), "\(line.action)")
    }

    /// The student has left, or leaves now, and comes back.
    private mutating func restart(_ line: SessionScript.Line) {
        guard opening == .menu else { return fail(line, "only a session that begins at the menu can be left so") }
        hasLeft = false
        app = App(
            lessons: shelf.covers, course: shelf.course, progress: kept, language: kept.language ?? app.language,
            size: app.size, settings: app.settings)
        lastAction = "\(line.action)"
        note()
    }

    private mutating func change(_ action: Intervention.Action, _ line: SessionScript.Line) {
        if let reason = app.refusal(of: action) { return fail(line, reason) }
        wasStopped = false
        take(.change(action), line.action.description)
    }

    /// What is on the screen now was seen.
    private mutating func note() {
        guard isWatched else { return }
        let frame = frame()
        journey.note(frame)
        trail.append(
            Sight(
                line: line, after: lastAction, screen: journey.screens.description,
                run: app.stage?.player?.run?.digest.description))
        film?.show(app)
        transcript?.tell(app, on: frame, after: lastAction)
    }

    /// What is on the screen: nothing is drawn twice.
    private mutating func frame() -> Frame {
        let frame = drawn ?? app.view()
        drawn = frame
        return frame
    }

    private mutating func fail(_ line: SessionScript.Line, _ reason: String) {
        checks.append(check(line, failure: reason))
    }

    private func check(_ line: SessionScript.Line, failure: String?) -> Check {
        var check = Check(line: line.number, name: "\(line.action)", failure: failure, file: line.file)
        if failure != nil { check.situation = FailureSituation(app, at: line.action) }
        return check
    }

    /// Plays on to where the cursor was then, and checks that it gets there.
    private mutating func pass(to time: VirtualTime, _ line: SessionScript.Line) {
        let wasPlaying = app.isPlaying
        film?.play(app, to: time)
        perform(app.update(.play(to: time)))
        guard let now = app.virtualTime, now != time else { return }
        fail(line, "the cursor is at \(now.written), not at \(time.written)\(hint(now, time, wasPlaying))")
    }

    /// Why the run is not at a moment, and what takes it there.
    private func hint(_ now: VirtualTime, _ time: VirtualTime, _ wasPlaying: Bool) -> String {
        guard let end = app.stage?.player?.run?.trace.end else { return "" }
        if time < now { return ": it has passed that moment already" }
        if time > end { return ": the run ends at \(end.written)" }
        let wait = Duration.nanoseconds(time.nanoseconds - now.nanoseconds).written
        return wasPlaying
            ? ": it stops there. Press space again, or `wait \(wait)`"
            : ": nothing is playing. Press space first, or `wait \(wait)`"
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
                    perform(app.update(.ran(run, outcome(of: run))))
                }
            case .open(let cover):
                let figures = shelf.figures(of: cover.id)
                perform(app.update(.opened(figures.map(\.lesson))))
            case .readGlossary: perform(app.update(.glossary(shelf.glossary())))
            case .quit: hasLeft = true
            case .sandbox(let effect):
                if let answer = sandbox.perform(effect) { perform(app.update(.sandbox(answer))) }
            case .save(let progress): kept = progress
            case .cancelRun: break
            }
        }
    }

    /// A run that a text of the lesson speaks of is known already.
    private func outcome(of run: Run) -> RunOutcome {
        guard let id = app.lesson?.lesson.id, case .success(let figures) = shelf.figures(of: id) else {
            return run.outcome() ?? .failed("the run was stopped")
        }
        return figures.outcome(of: run)
    }
}
