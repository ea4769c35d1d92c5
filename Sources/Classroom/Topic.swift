/// What a message is about. The newest of a topic is the only one that counts.
public enum Topic: UInt8, Sendable, CaseIterable {
    /// What the others speak of: large, sent when it changes. It arrives before what was published after it.
    case lesson
    /// What the presenter shows.
    case state
    /// What only the presenter's own second screen may know.
    case notes
}

/// Who somebody is in the classroom.
public enum Role: String, Sendable, CaseIterable {
    /// Watches what the presenter shows.
    case follower
    /// The presenter's own second screen.
    case notes

    /// Whether somebody in this role is told about the topic.
    public func hears(_ topic: Topic) -> Bool { topic != .notes || self == .notes }
}
