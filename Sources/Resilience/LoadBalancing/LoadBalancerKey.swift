/// What a hashing algorithm sends by: a client's address, a user, a document.
///
/// The hashes are computed once, when it is made.
public struct LoadBalancerKey: Hashable, Sendable {
    /// xxHash64 with seed 0 of its UTF-8: what all use but nginx' algorithms.
    public let hash: UInt64
    /// For nginx' ring.
    let crc: UInt32
    /// For nginx' `ip_hash`, the first byte lowest: three octets of an IPv4 address, or the hash of anything else.
    let network: UInt64
    let networkLength: Int

    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { bytes in
            LoadBalancerKey(
                hash: XXHash64.hash(bytes), crc: CRC32.checksum(bytes), address: Self.address(bytes))
        }
    }

    private init(hash: UInt64, crc: UInt32, address: UInt64?) {
        self.hash = hash
        self.crc = crc
        network = address.map { $0 & 0xff_ffff } ?? hash
        networkLength = address == nil ? 8 : 3
    }

    /// Four numbers of at most 255 with dots between; the first one lowest.
    private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard (7...15).contains(bytes.count) else { return nil }
        var address: UInt64 = 0
        var (octets, digits): (UInt64, Int) = (0, 0)
        var octet: UInt64 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                octet = octet * 10 + UInt64(byte - UInt8(ascii: "0"))
                digits += 1
                guard digits <= 3, octet <= 255 else { return nil }
            case UInt8(ascii: "."):
                guard digits > 0, octets < 3 else { return nil }
                address |= octet << (8 * octets)
                octets += 1
                (octet, digits) = (0, 0)
            default: return nil
            }
        }
        return octets == 3 && digits > 0 ? address | octet << 24 : nil
    }
}
