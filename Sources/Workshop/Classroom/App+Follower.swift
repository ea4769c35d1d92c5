import Scenario
import TerminalKit

// A student's side of a presentation.
extension App {
    /// Makes it one that follows: see ``FollowerState``.
    public mutating func follow() { follower = FollowerState() }

    /// Takes what the instructor shows now. Only the newest counts.
    mutating func take(_ snapshot: LessonSnapshot) {
        changeNotes { $0.take(snapshot) }
        guard follower != nil else { return }
        follower?.latest = snapshot
        showLatest()
    }

    /// Shows the newest snapshot, as far as its run is there; the rest follows with the run.
    mutating func showLatest() {
        guard let follower, follower.isLive, let snapshot = follower.latest,
            follower.wasAway || follower.shown != snapshot, case .lesson(var state) = screen
        else { return }
        guard state.show(snapshot, after: follower.shown) else { return }
        screen = .lesson(state)
        guard state.player?.isSettled ?? true else { return }
        self.follower?.shown = snapshot
        self.follower?.wasAway = false
    }

    /// Takes the lesson's files as they came. Who is on their own keeps the lesson until they are back.
    ///
    /// Returns `nil` where it is not for a follower to decide.
    mutating func takeFollowed(_ lesson: Lesson) -> [Effect]? {
        if case .notes = screen {
            changeNotes { $0.take(lesson) }
            return []
        }
        guard let follower else { return nil }
        if !follower.isLive, self.lesson != nil {
            self.follower?.nextLesson = lesson
            return []
        }
        return show(lesson)
    }

    /// It opens at its cover, wherever the instructor is.
    private mutating func show(_ lesson: Lesson) -> [Effect] {
        follower?.shown = nil
        follower?.over = nil
        let effects = open(lesson)
        showLatest()
        return effects
    }

    /// The way to the instructor is lost, or there again (`nil`).
    mutating func loseInstructor(_ loss: FollowerState.Loss?) {
        changeNotes { $0.loss = loss }
        guard let follower else { return }
        self.follower?.loss = loss
        if loss != nil { leaveInstructor() } else if !follower.isDetached { goOn() }
    }

    /// After a lost connection: whoever has stayed keeps the pages that they turned, and what they read beside them.
    private mutating func goOn() {
        if follower?.nextLesson != nil {
            _ = rejoin()
            return
        }
        follower?.wasAway = true
        let over = overlay.flatMap { LessonSnapshot.Over($0) }
        if over != nil, over == follower?.shown?.over { follower?.over = over }
    }

    // MARK: Keys

    /// Takes a key of somebody who follows. `nil`: it means what it means to a student alone.
    mutating func pressAsFollower(_ key: Key) -> [Effect]? {
        guard let follower else { return nil }
        let command = KeyMap.command(for: key)
        if follower.over != nil, command != .detach, command != .quit { return pressInOver(key) }
        // In the glossary it is a letter.
        if command == .detach, overlay?.takesLetters != true { return toggleDetached() }
        if overlay == nil, command == .close, lesson.map({ !$0.isZoomed && !$0.isWatching }) ?? true { return [.quit] }
        guard follower.isLive else {
            let now = virtualTime
            if !follower.isDetached, !isReading(command) { self.follower?.detach(at: now) }
            return nil
        }
        if overlay != nil || isReading(command) { return nil }
        if command == .close { return [.quit] }
        notice = Notice(Words.presenterSteers, after: nil)
        return []
    }

    /// Whether it leaves the lesson where it is: nobody goes their own way with it.
    private func isReading(_ command: Command?) -> Bool {
        if overlay?.takesLetters == true { return true }
        return switch command {
        case .language, .help, .glossary, .quit, .pageUp, .pageDown, .scrollUp, .scrollDown: true
        case .close: overlay != nil
        default: false
        }
    }

    private mutating func toggleDetached() -> [Effect] {
        guard let follower else { return [] }
        if follower.isDetached { return follower.loss == nil ? rejoin() : [] }
        let now = virtualTime
        self.follower?.detach(at: now)
        leaveInstructor()
        return []
    }

    /// The screen stays as it is and takes keys from now on.
    private mutating func leaveInstructor() {
        changeLesson { $0.tally = nil }
        follower?.over = nil
    }

    private mutating func rejoin() -> [Effect] {
        follower?.isDetached = false
        follower?.shown = nil
        follower?.hidden = nil
        overlay = nil
        guard let lesson = follower?.nextLesson else {
            showLatest()
            return []
        }
        follower?.nextLesson = nil
        return show(lesson)
    }
}
