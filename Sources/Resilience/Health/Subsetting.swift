/// Which backends a client has connections to, where all of them would be too many (Site Reliability Engineering,
/// chapter 20).
public enum Subsetting {
    /// The same subset for the same client each time, and as many clients for each backend.
    ///
    /// Clients are taken in rounds of `backends / size`. A round shuffles the backends in a way of its own and cuts
    /// them into subsets, one a client. Where `size` divides the number of backends, the numbers of clients differ by
    /// at most one; else a round leaves some backends out. O(backends).
    ///
    /// - Parameters:
    ///   - client: 0 and up; consecutive numbers.
    ///   - size: at least 1; all backends where there are no more.
    /// - Returns: the numbers of backends, from 0.
    /// - Throws: ``PolicyError`` when a number is too small.
    public static func deterministic(client: Int, backends: Int, size: Int) throws(PolicyError) -> [Int] {
        try PolicyError.requireAtLeast(0, client, "client")
        try require(backends, size)
        guard size < backends else { return Array(0..<backends) }
        let subsets = backends / size
        let order = shuffled(backends, round: client / subsets)
        let start = client % subsets * size
        return Array(order[start..<start + size])
    }

    /// Any of them. O(backends).
    ///
    /// - Parameters:
    ///   - size: at least 1; all backends where there are no more.
    ///   - draw: a random number in 0..<1; called `size` times.
    /// - Returns: the numbers of backends, from 0.
    /// - Throws: ``PolicyError`` when a number is too small.
    public static func random(backends: Int, size: Int, draw: () -> Double) throws(PolicyError) -> [Int] {
        try require(backends, size)
        guard size < backends else { return Array(0..<backends) }
        var order = Array(0..<backends)
        for place in 0..<size {
            let rest = backends - place
            order.swapAt(place, place + min(rest - 1, Int(draw() * Double(rest))))
        }
        return Array(order[..<size])
    }

    /// Fisher and Yates, from the last place down.
    private static func shuffled(_ backends: Int, round: Int) -> [Int] {
        var generator = RoundGenerator(round: round)
        var order = Array(0..<backends)
        for place in stride(from: backends - 1, to: 0, by: -1) {
            order.swapAt(place, Int(generator.next() % UInt64(place + 1)))
        }
        return order
    }

    private static func require(_ backends: Int, _ size: Int) throws(PolicyError) {
        try PolicyError.requireAtLeast(0, backends, "backends")
        try PolicyError.requireAtLeast(1, size, "size")
    }
}

/// SplitMix64, with the round as its seed: the same shuffle on every machine.
private struct RoundGenerator {
    private var state: UInt64

    init(round: Int) { state = UInt64(round) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
