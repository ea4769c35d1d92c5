/// A fingerprint of a trace: 64 bits, written as 16 hexadecimal digits.
///
/// Two traces with the same digest are, for every practical purpose, the same run. It is not cryptographic.
/// Each 64-bit word is folded in by a full 128-bit multiplication (the mixing step of wyhash by Wang Yi).
public struct TraceDigest: Hashable, Sendable, CustomStringConvertible {
    public private(set) var value: UInt64 = 0x9e37_79b9_7f4a_7c15

    public init() {}

    public mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
        value = product.high ^ product.low &+ 0xe703_7ed1_a0b4_28db
    }

    public mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        var word: UInt64 = 0
        var filled = 0
        for byte in text.utf8 {
            word |= UInt64(byte) << (8 * filled)
            filled += 1
            if filled == 8 {
                add(word)
                word = 0
                filled = 0
            }
        }
        if filled > 0 { add(word) }
    }

    public mutating func add(_ event: Event) {
        add(UInt64(bitPattern: event.time.nanoseconds))
        add(UInt64(bitPattern: event.value))
        add(UInt64(event.kind.rawValue) | UInt64(event.outcome.rawValue) << 8 | UInt64(event.request.rawValue) << 32)
        add(UInt64(event.component.rawValue) | UInt64(event.detail.rawValue) << 32)
        add(UInt64(event.span.rawValue) | UInt64(event.parent.rawValue) << 32)
        add(UInt64(event.cause.rawValue))
    }

    public var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Trace {
    /// The fingerprint of everything in the trace. O(events).
    public var digest: TraceDigest {
        var digest = TraceDigest()
        digest.add(scenario)
        digest.add(seed)
        digest.add(UInt64(bitPattern: end.nanoseconds))
        digest.add(UInt64(components.count))
        for component in components {
            digest.add(UInt64(component.name.rawValue) | UInt64(component.kind.rawValue) << 32)
        }
        digest.add(UInt64(names.names.count))
        for name in names.names { digest.add(name) }
        digest.add(UInt64(events.count))
        for event in events { digest.add(event) }
        return digest
    }
}
