extension SessionReplay {
    /// What was on the screen after a line.
    public struct Sight: Hashable, Sendable {
        /// From 1; 0: before the first line.
        public var line: Int
        /// What was done last.
        public var after: String
        public var screen: String
        /// Digest of the run on the screen.
        public var run: String?

        public init(line: Int, after: String, screen: String, run: String?) {
            self.line = line
            self.after = after
            self.screen = screen
            self.run = run
        }
    }
}
