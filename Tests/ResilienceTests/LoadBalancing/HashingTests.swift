import Testing

@testable import Resilience

/// The hash functions, against what their authors and other libraries publish.
@Suite struct HashingTests {
    @Test(arguments: [
        ("", 0, 0xEF46_DB37_51D8_E999), ("a", 0, 0xD24E_C4F1_A98C_6E5B), ("as", 0, 0x1C33_0FB2_D66B_E179),
        ("asd", 0, 0x631C_37CE_72A9_7393), ("asdf", 0, 0x4158_72F5_99CE_A71E), ("abc", 0, 0x44BC_2CF5_AD77_0999),
        ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
        ("Call me Ishmael. Some years ago--never mind how long precisely-", 0, 0x02A2_E854_70D6_FD96),
        ("xxhash", 20_141_025, 0xB559_B98D_844E_0635),
    ] as [(String, UInt64, UInt64)])
    func xxHash64_knownAnswers(text: String, seed: UInt64, hash: UInt64) {
        #expect(XXHash64.hash(text, seed: seed) == hash)
    }

    @Test func xxHash64_ofANumberIsThatOfItsBytes() {
        var dice = Dice(seed: 3)
        for _ in 0..<100 {
            let (number, seed) = (dice.next(), dice.next())
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            let hash = bytes.withUnsafeBufferPointer { XXHash64.hash($0, seed: seed) }
            #expect(XXHash64.hash(number, seed: seed) == hash)
        }
    }

    @Test func crc32_knownAnswers() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum("".utf8) == 0)
        #expect(CRC32.checksum("The quick brown fox jumps over the lazy dog".utf8) == 0x414F_A339)
    }

    @Test func keysKnowAddresses() {
        let address = LoadBalancerKey("203.0.113.9")
        #expect(address.networkLength == 3)
        #expect(address.network == 203 | 0 << 8 | 113 << 16)
        for text in ["203.0.113", "203.0.113.256", "203.0.113.", "1.2.3.4.5", "203.0.113.9a", "user:1", "::1", ""] {
            #expect(LoadBalancerKey(text).networkLength == 8, "\(text)")
        }
    }
}
