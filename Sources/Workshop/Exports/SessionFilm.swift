import TerminalKit
import Trace

/// A recorded session as it would be watched: each screen with its moment, each page a chapter.
///
/// The clock is the session's own. Where the simulation plays it goes on as fast as the student had it played; where
/// it stands still, each key takes a moment, and longer after a page that wants to be read.
struct SessionFilm {
    /// Ten screens a second while the simulation plays.
    static let interval = Duration.milliseconds(100)
    static let keyPause = Duration.milliseconds(700)
    static let pagePause = Duration.milliseconds(2500)
    /// Slow motion over a long run has no more screens than this.
    private static let mostFrames: Int64 = 3000

    private(set) var recording: Recording
    private var now = Duration.zero
    private var page: String?
    private var pause = Duration.zero

    init(title: String) { recording = Recording(title: title) }

    /// Somebody is about to press a key. While the simulation plays, its clock has said when.
    mutating func wait(_ app: App) {
        if !app.isPlaying { now += pause }
        pause = Self.keyPause
    }

    /// Shows what is on the screen now. A page that was not there before begins a chapter.
    mutating func show(_ app: App) {
        if let lesson = app.lesson, page != lesson.pageName {
            page = lesson.pageName
            pause = Self.pagePause
            recording.mark(lesson.chapter(app.language), at: now)
        }
        recording.show(app.shownFrame, at: now)
    }

    /// So much time has passed for a demo.
    mutating func pass(_ wall: Duration, _ app: App) {
        now += wall
        show(app)
        pause = Self.keyPause
    }

    /// Plays the run on the screen up to a moment; the caller plays it there once more, to the same end.
    mutating func play(_ app: App, to time: VirtualTime) {
        guard app.isPlaying, let player = app.lesson?.player, let speed = player.playhead.speed.factor else { return }
        var app = app
        let start = player.cursor.time
        let way = time.nanoseconds - start.nanoseconds
        guard way > 0 else { return }
        let wall = Duration.nanoseconds(VirtualTime.milliseconds(Double(way) / 1e6 / speed).nanoseconds)
        let frames = min(max(1, wall.wholeNanoseconds / Self.interval.wholeNanoseconds), Self.mostFrames)
        for frame in 1...frames where app.isPlaying {
            let moment = start.advanced(byNanoseconds: way / frames * frame + way % frames * frame / frames)
            _ = app.update(.play(to: moment))
            now += wall / Int(frames)
            recording.show(app.shownFrame, at: now)
        }
        pause = Self.keyPause
    }
}

extension LessonState {
    /// What the page on the screen is called: `2 One by one`.
    func chapter(_ language: Language) -> String {
        switch page {
        case .card: Words.card(language).capitalizedFirst
        case .summary: Words.summary(language).capitalizedFirst
        case .step(let index): "\(index + 1) \(step?.title(language) ?? "")"
        }
    }
}
