import Scenario

/// A presenter's notes, in sentences: told whole at each step, and nothing for a clock that only goes on.
struct NotesSpeech {
    let notes: NotesState
    let app: App
    private var language: Language { app.language }

    var announcements: [Announcement] {
        guard let state = notes.lesson else { return [Announcement("notes", [Words.waitingForLesson(language)])] }
        let page = state.pageName
        let place = LessonSpeech(state, app).place
        guard let standing = ClassStanding(app) else { return [Announcement("place", place)] }
        let said = standing.notes(language) + standing.answer(language)
        let rest = [standing.next(language)] + standing.times(language)
        return [
            Announcement("place", place), Announcement("notes \(page) \(language)", said + rest, on: page),
        ]
    }
}
