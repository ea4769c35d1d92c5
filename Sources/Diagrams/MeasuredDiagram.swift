/// A diagram and what a run made of it: when each message went, when it arrived, and how it ended.
public struct MeasuredDiagram: Hashable, Sendable {
    /// One journey of a message. In a loop there are several.
    public struct Passage: Hashable, Sendable {
        /// What became of it; most are ``plain``.
        public enum Fate: String, Hashable, Sendable, CaseIterable {
            case plain
            /// The network dropped it.
            case lost
            /// It is a further attempt of an earlier call.
            case retried
            /// It is a second copy, sent before the first was answered.
            case hedged
            /// Its sender no longer waits.
            case timedOut
            /// Turned away: by a breaker, a bulkhead, a limit, a full queue.
            case rejected
            /// Answered from a cache.
            case cached
            /// Answered with an error.
            case failed
        }
        /// Nanoseconds since the diagram's start.
        public var sent: Int64
        /// `nil`: it never arrives, or the run ended before.
        public var arrives: Int64?
        public var fate: Fate
        /// What its sender then knows took so long, in nanoseconds: the call that this answers. `nil`: it answers none.
        public var took: Int64?

        public init(sent: Int64, arrives: Int64?, fate: Fate = .plain, took: Int64? = nil) {
            self.sent = sent
            self.arrives = arrives
            self.fate = fate
            self.took = took
        }
    }

    public var diagram: Diagram
    /// By ``Message/number``. A message that no run sent (a branch not taken) has none. As long as there are messages.
    public var passages: [[Passage]]
    /// Nanoseconds from the first message to the end of all; `nil`: nothing was measured.
    public var duration: Int64?

    public init(_ diagram: Diagram, passages: [[Passage]], duration: Int64?) {
        self.diagram = diagram
        self.passages = passages
        self.duration = duration
    }

    /// A diagram that no run has measured.
    public init(_ diagram: Diagram) {
        self.init(diagram, passages: [], duration: nil)
    }
}
