/// CRC-32 of IEEE 802.3, as zlib and nginx compute it.
struct CRC32: Sendable {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }

    private var register: UInt32 = .max

    var checksum: UInt32 { ~register }

    mutating func add(_ byte: UInt8) {
        register = Self.table[Int((register ^ UInt32(byte)) & 0xff)] ^ register >> 8
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// The four bytes of a number, the lowest first.
    mutating func add(_ number: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { add(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc = CRC32()
        crc.add(bytes)
        return crc.checksum
    }
}
