import Scenario
import Trace

// What somebody is told who did not ask.
extension App {
    /// How far apart it is told: a class sees every key of its demo, who follows hears the sum of what was done.
    var unaskedPause: Duration { presenter == nil ? .seconds(1) : .zero }

    /// What belongs together comes in parts over the network.
    var unaskedDelay: Duration { presenter == nil ? .milliseconds(200) : .zero }

    /// Whether both show one page with the same run: at most the moment is another.
    func isOnRun(of other: App) -> Bool {
        guard let one = lesson, let two = other.lesson, let run = one.player?.run else { return false }
        return one.page == two.page && run === two.player?.run
    }

    /// The same, with the run on the stage where the other has it.
    func moved(to other: App) -> App {
        guard isOnRun(of: other), let there = other.lesson?.player?.cursor else { return self }
        var moved = self
        moved.changeLesson { state in
            guard let playhead = state.player?.playhead else { return }
            state.player?.replace(
                Playhead(cursor: there, isPlaying: playhead.isPlaying, speed: playhead.speed, stop: playhead.stop))
        }
        return moved
    }

    /// Whether a run that plays is told of again: soon after a mark, and now and then.
    ///
    /// - Parameter wall: since it was told of last.
    func isWorthTelling(since told: App, after wall: Duration) -> Bool {
        guard isOnRun(of: told), let from = told.lesson?.player?.cursor.time, let to = virtualTime, to > from else {
            return false
        }
        if wall >= .seconds(20) { return true }
        return wall >= .seconds(4) && lesson?.markTimes.contains { $0 > from && $0 <= to } == true
    }

    /// Whether there is more to tell without anybody typing: a presentation that is followed, until it is over.
    var tellsByItself: Bool {
        if case .notes(let notes) = screen { return notes.loss != .ended }
        guard let follower else { return false }
        return !follower.isDetached && follower.loss != .ended
    }

    /// Whether the presentation is over whose notes are read here.
    var isOverForNotes: Bool {
        if case .notes(let notes) = screen { notes.loss == .ended } else { false }
    }
}
