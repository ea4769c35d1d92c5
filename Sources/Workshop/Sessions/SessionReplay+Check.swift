extension SessionReplay {
    /// One thing that was checked.
    public struct Check: Hashable, Sendable {
        /// Line in the script; 0: the session as a whole.
        public var line: Int
        public var name: String
        /// Why it failed; `nil`: it holds.
        public var failure: String?
        /// The included file that the line stands in; `nil`: the session's own.
        public var file: String?
        /// Where the session stood when it failed; `nil`: it holds.
        public internal(set) var situation: FailureSituation?

        public init(line: Int, name: String, failure: String? = nil, file: String? = nil) {
            self.line = line
            self.file = file
            self.name = name
            self.failure = failure
        }
    }
}
