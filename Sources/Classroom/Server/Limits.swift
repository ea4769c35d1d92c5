/// What a classroom bears.
public struct Limits: Sendable {
    /// Who may be in at once.
    public var members = 200
    /// Who may be at the door at once. One more, and the address with most of them there loses the oldest.
    public var guests = 64
    /// How long somebody may stand at the door.
    public var handshake: Duration = .seconds(5)
    /// The longest message.
    public var messageBytes = 2 << 20
    /// Wrong codes from one address before it has to wait.
    public var wrongCodes = 3
    /// The first wait; each wrong code after it doubles it.
    public var firstPause: Duration = .seconds(1)
    public var longestPause: Duration = .seconds(60)
    /// How often each side says that it is there.
    public var beat: Duration = .seconds(2)
    /// Somebody who says nothing for so long is gone.
    public var silence: Duration = .seconds(30)
    /// Somebody who takes nothing of what waits for so long has to go.
    public var stall: Duration = .seconds(30)
    /// What somebody may say between two looks of the classroom, which are at most a second apart. Those who are in
    /// have nothing to say but that they are there.
    public var chatterBytes = 1024

    public init() {}

    /// How often the classroom looks who has to go.
    var look: Duration {
        let shortest = min(handshake, beat, silence, stall)
        return max(.milliseconds(5), min(.seconds(1), shortest / 4))
    }
}

/// Who is in a classroom, and who was turned away since it was opened.
public struct Audience: Sendable, Hashable {
    public var followers = 0
    public var notes = 0
    /// Wrong codes, and whatever else came to the door and was not let in.
    public var refused = 0
    /// Those who were in and had to go: too slow, silent, or talking nonsense.
    public var dropped = 0

    public init() {}
}
