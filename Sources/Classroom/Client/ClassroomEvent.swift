/// What happened in the classroom, as somebody sees it who is in.
public enum ClassroomEvent: Sendable, Hashable {
    /// The newest of a topic; what came before it and was not asked for is gone.
    case received(Topic, [UInt8])
    /// The connection is lost. It is tried again without anybody doing anything.
    case lost(ClassroomError)
    /// In again.
    case reconnected
    /// It is over; nothing is tried any more.
    case ended(ClassroomError)
}

/// How long a client waits for what.
public struct Patience: Sendable {
    /// For being let in, from the first step on.
    public var entry: Duration = .seconds(5)
    /// How often it says that it is there.
    public var beat: Duration = .seconds(2)
    /// A classroom that says nothing for so long has missed a few beats: see ``ClassroomClient/quiet(at:)``.
    public var quiet: Duration = .seconds(6)
    /// A classroom that says nothing for so long is gone.
    public var silence: Duration = .seconds(30)
    /// Before the first new try; each one after it waits twice as long.
    public var firstPause: Duration = .milliseconds(250)
    public var longestPause: Duration = .seconds(8)
    /// The longest message.
    public var messageBytes = 2 << 20

    public init() {}

    /// Before the try with this number, counted from 0. People who were lost together do not come back in one moment.
    func pause(before attempt: Int, after error: ClassroomError) -> Duration {
        if case .tooManyTries(let pause) = error { return max(pause, firstPause) }
        let pause = attempt < 20 ? min(firstPause * (1 << attempt), longestPause) : longestPause
        return pause * Double.random(in: 0.5...1)
    }
}
