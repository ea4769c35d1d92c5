/// Names a timer or a waiting task, for ever: a number that no later one has.
///
/// The upper 38 bits count insertions and so order what is due at the same time; the lower 26 bits are a place in the
/// ``TimerTable``. A run of 2 * 10^9 steps uses less than a hundredth of them.
public struct Timer: Hashable, Sendable {
    static let slotBits: UInt64 = 26
    static let slotMask: UInt64 = 1 << slotBits - 1

    let key: UInt64

    init(key: UInt64) { self.key = key }

    init(sequence: UInt64, slot: Int) { key = sequence << Self.slotBits | UInt64(slot) }

    var slot: Int { Int(key & Self.slotMask) }

    /// A timer that never was: cancelling it does nothing.
    public static let none = Timer(key: 0)
}
