import TerminalKit

extension SessionReplay {
    /// What came of a session.
    public struct Result: Sendable {
        public var checks: [Check]
        /// The frames that the script asks for.
        public var journey: Journey
        /// The workshop after the last line.
        public var app: App
        /// The session to be watched; `nil` where nobody asked for it.
        public var recording: Recording?
        /// What was seen after each line, for comparisons with another replay.
        public var trail: [Sight] = []
        /// The session to be heard; `nil` where nobody asked for it.
        public var transcript: Transcript?
    }
}
