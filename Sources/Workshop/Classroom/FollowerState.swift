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

    public internal(set) var status = Status.live
    /// The newest that came.
    var latest: LessonSnapshot?
    /// The last that was shown whole, its run included.
    var shown: LessonSnapshot?
    /// A lesson that came while the student was on their own.
    var nextLesson: Lesson?
    /// Whether the student has gone on alone since the instructor was lost.
    var isOnOwn = false

    public init() {}

    public var isLive: Bool { status == .live }
}

extension FollowerState {
    /// Whether the instructor's screen is black.
    var isDark: Bool { isLive && latest?.isBlack == true }
}
