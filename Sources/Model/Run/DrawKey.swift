import Simulation

/// Whose random draw it is: the identity of a request, of a call within it, of a wait.
///
/// A component draws with `stream(component, purpose).draw(at: key)`. The key says who asks, and never how many others
/// asked before, so a change to one policy, client or backend leaves everyone else's draws as they were:
///
/// - a request: its client, the user who sends it (0 in an open loop) and its place among that user's requests;
/// - a call, wait or look-up: its request, what it is (`sql.calculate_metrics`) and which of these it is in the order
///   in which the flow is written, so that three calls in parallel draw what they drew in sequence;
/// - inside `forEach` and `repeat`: the number of the round as well.
struct DrawKey: Hashable {
    var value: UInt64

    init(_ name: String) { value = UInt64(hashing: name) }

    private init(value: UInt64) { self.value = value }

    /// The identity of a part of this one. The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    func part(_ number: UInt64) -> DrawKey {
        var mixed = value ^ (number &* 0x9e37_79b9_7f4a_7c15 &+ 0x9e37_79b9_7f4a_7c15)
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return DrawKey(value: mixed ^ (mixed >> 31))
    }

    func part(_ number: Int) -> DrawKey { part(UInt64(truncatingIfNeeded: number)) }
    func part(_ key: DrawKey) -> DrawKey { part(key.value) }
}
