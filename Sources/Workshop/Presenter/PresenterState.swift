import Scenario

/// What an instructor has beside the lesson: the time, the hands of the class, the demo, who follows.
public struct PresenterState: Sendable {
    /// Where a class can follow, as the screen shows it.
    public struct Sharing: Hashable, Sendable {
        /// `192.0.2.7:4747`.
        public var address: String
        public var code: String

        public init(address: String, code: String) {
            self.address = address
            self.code = code
        }
    }

    /// What lies over the screen.
    enum Overlay: Hashable, Sendable {
        /// The faults and their digits.
        case faults
        /// The question whether to end the presentation.
        case leaving
        /// The offer to go on with one that did not end.
        case resuming(PresentationRecord)
    }

    var timer = TeachingTimer()
    /// By the id of the step.
    var tallies: [String: Tally] = [:]
    /// Whether the screen shows nothing, so that the class looks at the speaker.
    var isBlack = false
    var demo: Demo?
    /// `nil`: nobody can follow.
    public let sharing: Sharing?
    var followers = 0

    /// - Parameter script: the demo that `x` plays.
    public init(script: SessionScript? = nil, sharing: Sharing? = nil) {
        demo = script.map { Demo($0) }
        self.sharing = sharing
    }
}

extension App {
    /// Makes it an instructor's: see ``PresenterState``.
    public mutating func present(_ state: PresenterState) { presenter = state }

    /// The hands for the question on the screen.
    var tally: Tally? {
        guard let presenter, let id = lesson?.step?.id else { return nil }
        return presenter.tallies[id]
    }
}
