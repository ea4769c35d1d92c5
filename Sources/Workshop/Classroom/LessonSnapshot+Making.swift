extension LessonSnapshot {
    /// What the workshop shows; `nil` while a run is computed, and where no lesson is.
    public init?(_ app: App) {
        guard let state = app.lesson, !app.isRunning else { return nil }
        self.init(lesson: state.lesson.id, page: state.pageName)
        if let player = state.player {
            let playhead = player.playhead
            changes = player.history.changes.map(\.description)
            undone = player.history.undone.map(\.description)
            place = Place(
                time: playhead.cursor.time.nanoseconds, events: playhead.cursor.eventCount,
                isPlaying: playhead.isPlaying, speed: playhead.speed.factor, stop: playhead.stop?.nanoseconds)
            selected = Selected(
                request: player.selection.request?.rawValue, span: player.selection.span?.rawValue,
                event: player.selection.event?.rawValue)
            isComparing = player.isComparing
        }
        if case .panel(let kind) = state.focus { panel = kind.rawValue }
        isZoomed = state.isZoomed
        showsTrueTimes = state.showsTrueTimes
        isWatching = state.isWatching
        textPage = min(state.textPage, 10_000)
        scroll = Dictionary(uniqueKeysWithValues: state.scroll.map { ($0.key.rawValue, $0.value) })
        control = state.control
        hints = state.hints
        isChecked = state.verdict != nil
        showsSolution = state.showsSolution
        over = app.overlay.flatMap { Over($0) }
        isBlack = app.presenter?.isBlack ?? false
        if state.isAsking {
            let tally = app.tally ?? Tally()
            let counts = (0..<state.tallyOptionCount).map { tally.count(of: $0) }
            hands = Hands(counts: counts, isRevealed: tally.isRevealed)
        }
    }

    /// Whether the two differ in nothing but how far a run has been played since.
    public func isContinued(by other: LessonSnapshot) -> Bool {
        guard let place, let next = other.place, place.isPlaying, next.isPlaying else { return self == other }
        var same = other
        same.place?.time = place.time
        same.place?.events = place.events
        return self == same
    }
}

extension NotesSnapshot {
    /// What the instructor's clock and demo say; `nil` where nobody presents.
    public init?(_ app: App) {
        guard let presenter = app.presenter else { return nil }
        let step = app.lesson?.step.flatMap { presenter.timer.steps[$0.id] } ?? .zero
        stepSeconds = Int(step.components.seconds)
        totalSeconds = Int(presenter.timer.elapsed.components.seconds)
        isTimerRunning = presenter.timer.isRunning
        nextLine = presenter.demo.map { $0.announcement ?? "" }
        followers = presenter.followers
    }
}
