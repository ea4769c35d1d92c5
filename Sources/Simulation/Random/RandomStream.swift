/// A named sequence of random draws: each a function of (seed, component, purpose, entity, index) and of nothing else.
///
/// So no component can shift another's draws, two runs with the same seed can be compared draw by draw, and a draw can
/// be repeated without repeating those before it.
public struct RandomStream: Sendable {
    private let key: UInt64
    private let entity: UInt64
    /// The place of the draw that ``next()`` gives.
    public var index: UInt64 = 0

    public init(seed: UInt64, component: String, purpose: String, entity: UInt64 = 0) {
        key = Philox.block(counter: (UInt64(hashing: component), UInt64(hashing: purpose)), key: seed).0
        self.entity = entity
    }

    /// The draw at an index.
    public func draw(at index: UInt64) -> Draw {
        let words = Philox.block(counter: (index, entity), key: key)
        return Draw(bits: words.0, choice: words.1)
    }

    /// 64 random bits.
    public func bits(at index: UInt64) -> UInt64 { draw(at: index).bits }

    /// Uniform in [0, 1), a multiple of 2^-53.
    public func uniform(at index: UInt64) -> Double { draw(at: index).uniform }

    /// The next draw.
    public mutating func next() -> Draw {
        defer { index &+= 1 }
        return draw(at: index)
    }
}

extension UInt64 {
    /// The identity of a name, the same on every machine: FNV-1a, 64 bits. O(bytes).
    public init(hashing name: String) {
        self = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { self = (self ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}

/// What a stream gives at one index: 64 bits for a value, and 64 more to choose between alternatives.
///
/// Two words, so that a change of how often the slow branch is taken leaves the values in both branches as they were.
public struct Draw: Hashable, Sendable {
    public var bits: UInt64
    public var choice: UInt64

    public init(bits: UInt64, choice: UInt64 = 0) {
        self.bits = bits
        self.choice = choice
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    public var uniform: Double { Double(bits >> 11) * 0x1p-53 }

    /// Uniform in (0, 1), symmetric about 1/2: for inverses that are infinite at the ends.
    public var openUniform: Double { (Double(bits >> 12) + 0.5) * 0x1p-52 }

    /// Uniform in 0..<count, without bias worth the name (count / 2^64). `count` is at least 1.
    public func integer(below count: Int) -> Int {
        Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(max(count, 1))).high)
    }

    /// True with a probability, from ``choice``.
    public func happens(_ probability: Double) -> Bool { Double(choice >> 11) * 0x1p-53 < probability }
}
