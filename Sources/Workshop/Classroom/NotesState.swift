/// An instructor's second screen: what only they should see. It follows the first and changes nothing.
public struct NotesState: Sendable {
    /// `nil`: the lesson has not come yet.
    var lesson: LessonState?
    /// The newest of each that came.
    var snapshot: LessonSnapshot?
    var times: NotesSnapshot?
    var loss: FollowerState.Loss?
    /// How long nothing was heard of the instructor; `nil`: not long.
    var quietSeconds: Int?
    /// Rows scrolled.
    var offset = 0

    public init() {}

    mutating func take(_ lesson: Lesson) {
        self.lesson = LessonState(LessonRuns(lesson), progress: LessonProgress())
        if let snapshot { _ = self.lesson?.show(snapshot, after: nil) }
    }

    mutating func take(_ snapshot: LessonSnapshot) {
        if snapshot.page != self.snapshot?.page { offset = 0 }
        _ = lesson?.show(snapshot, after: self.snapshot)
        self.snapshot = snapshot
    }

    /// What the keys of the notes do.
    static let commands: Set<Command> = [
        .up, .down, .scrollUp, .scrollDown, .pageUp, .pageDown, .playPause, .toStart, .toEnd, .glossary, .language,
        .help, .quit, .close,
    ]

    mutating func perform(_ command: Command, rows: Int, page: Int) {
        let step: Int
        switch command {
        case .up, .scrollUp: step = -1
        case .down, .scrollDown: step = 1
        case .pageUp: step = -page
        case .pageDown, .playPause: step = page
        case .toStart: step = -rows
        case .toEnd: step = rows
        default: return
        }
        offset = max(0, min(offset + step, rows - page))
    }
}

extension App {
    /// Makes it an instructor's second screen: see ``NotesState``.
    public mutating func showNotes(of lesson: Lesson) {
        var notes = NotesState()
        notes.take(lesson)
        screen = .notes(notes)
    }

    mutating func changeNotes(_ change: (inout NotesState) -> Void) {
        guard case .notes(var notes) = screen else { return }
        change(&notes)
        screen = .notes(notes)
    }

    mutating func scrollNotes(_ command: Command) {
        guard case .notes(let notes) = screen else { return }
        let view = NotesView(notes: notes, language: language, glyphs: settings.glyphs)
        let (rows, page) = view.extent(on: size)
        changeNotes { $0.perform(command, rows: rows, page: page) }
    }
}
