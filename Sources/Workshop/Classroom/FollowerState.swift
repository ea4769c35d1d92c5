import Trace

/// What somebody who follows a presentation has beside the lesson.
public struct FollowerState: Sendable {
    public enum Status: Hashable, Sendable {
        /// The screen shows what the instructor shows.
        case live
        /// The student has gone on alone, at this moment of the run.
        case detached(since: VirtualTime?)
        /// The instructor is gone. What is on the screen stays, and takes keys.
        case lost(Loss)
    }

    /// Why an instructor is gone.
    public enum Loss: Hashable, Sendable {
        /// It is tried again.
        case connection
        /// The presentation is over.
        case ended
    }

    public var status: Status {
        if isDetached { return .detached(since: since) }
        return loss.map { .lost($0) } ?? .live
    }

    public var isLive: Bool { status == .live }

    var isDetached = false
    private var since: VirtualTime?
    /// Also while the student is on their own: there is nothing to go back to.
    var loss: Loss?
    /// How long nothing was heard of the instructor; `nil`: not long.
    var quietSeconds: Int?
    /// The newest that came.
    var latest: LessonSnapshot?
    /// The last that was shown whole, its run included.
    var shown: LessonSnapshot?
    /// Whether the screen may show something else than that, because the instructor was gone for a while.
    var wasAway = false
    /// What lies over the lesson because the instructor has it there; `nil`: nothing, or something of the student's.
    var over: LessonSnapshot.Over?
    /// What the student has put away of it.
    var hidden: LessonSnapshot.Over?
    /// A lesson that came while the student was on their own.
    var nextLesson: Lesson?

    public init() {}

    /// - Parameter moment: of the run.
    mutating func detach(at moment: VirtualTime?) {
        isDetached = true
        since = moment
    }
}

extension FollowerState {
    /// Whether the instructor's screen is black.
    var isDark: Bool { isLive && latest?.isBlack == true }
}
