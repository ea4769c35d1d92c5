/// A call that nobody waits for: `send: audit.note`.
public struct Send: Hashable, Sendable {
    /// Without a policy, and without a name for its answer.
    public var call: Call
    /// Share of the messages, 0...1, that never arrive.
    public var lost: Double

    public init(call: Call, lost: Double = 0) {
        self.call = call
        self.lost = lost
    }
}
