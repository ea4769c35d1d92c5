/// What an instructor shows now: so much of the state that another program with the same lesson computes the rest.
///
/// It is whole: whoever has the newest needs none of those before it, and showing one twice changes nothing.
public struct LessonSnapshot: Codable, Hashable, Sendable {
    /// The cursor of the run.
    struct Place: Codable, Hashable, Sendable {
        /// In nanoseconds.
        var time: Int64
        var events: Int
        var isPlaying: Bool
        /// Virtual seconds a second; `nil`: as fast as possible.
        var speed: Double?
        var stop: Int64?
    }

    struct Selected: Codable, Hashable, Sendable {
        var request: UInt32?
        var span: UInt32?
        var event: UInt32?
    }

    /// The hands of the class for the question on the screen.
    struct Hands: Codable, Hashable, Sendable {
        var counts: [Int]
        var isRevealed: Bool
    }

    /// What lies over the lesson for the class to read. What an instructor works with (a fault, a place to go to, the
    /// keys, the end) stays on their screen: of it the class sees what comes of it.
    enum Over: Codable, Hashable, Sendable {
        /// An event, and the cause on the way to it that is chosen.
        case why(event: UInt32?, place: Int)
        /// The page that is chosen.
        case outline(Int)
        /// A term of the glossary, by its id.
        case term(String)
        /// Lines scrolled.
        case sheet(Int)
    }

    /// The lesson's id.
    public var lesson: String
    /// `card`, `summary` or the id of a step.
    public var page: String
    /// What was changed, as text, and what was undone.
    var changes: [String] = []
    var undone: [String] = []
    /// `nil`: no run is on the stage.
    var place: Place?
    var selected = Selected()
    /// The panel that has the focus; `nil`: the text.
    var panel: String?
    var isComparing = false
    var isZoomed = false
    var showsTrueTimes = false
    var isWatching = false
    var textPage = 0
    var scroll: [String: Int] = [:]
    var control = 0
    var hints = 0
    /// Whether the settings were graded, and whether a solution is shown.
    var isChecked = false
    var showsSolution = false
    var hands: Hands?
    var over: Over?
    public var isBlack = false
}

/// What only the instructor's own second screen is told, beside the ``LessonSnapshot``.
public struct NotesSnapshot: Codable, Hashable, Sendable {
    /// In seconds: at the step on the screen, and in all.
    var stepSeconds: Int
    var totalSeconds: Int
    var isTimerRunning: Bool
    /// The next line of the demo; `nil`: there is no demo. Empty: it is over.
    var nextLine: String?
    var followers: Int
}
