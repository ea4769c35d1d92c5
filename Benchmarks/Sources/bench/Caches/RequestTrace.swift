import Foundation

/// Requests with a Zipf popularity, in a file as libCacheSim reads it: records of 24 bytes, the key in bytes 4..<12.
struct RequestTrace {
    static let record = 24
    let file: URL
    let count: Int

    /// Writes a file into a temporary folder; whoever makes it calls ``remove()``.
    init(requests: Int, keys: Int, exponent: Double) throws {
        count = requests
        file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "ensayo-\(ProcessInfo.processInfo.processIdentifier).oracleGeneral.bin")
        var sums: [Double] = []
        var sum = 0.0
        for key in 1...keys {
            sum += pow(Double(key), -exponent)
            sums.append(sum)
        }
        var bytes = Data(count: requests * Self.record)
        bytes.withUnsafeMutableBytes { bytes in
            var state: UInt64 = 42
            for request in 0..<requests {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let key = Self.key(at: Double(state >> 11) * 0x1p-53 * sum, in: sums)
                let start = request * Self.record
                bytes.storeBytes(of: UInt32(request), toByteOffset: start, as: UInt32.self)
                bytes.storeBytes(of: UInt64(key + 1), toByteOffset: start + 4, as: UInt64.self)
                bytes.storeBytes(of: 1, toByteOffset: start + 12, as: UInt32.self)
                bytes.storeBytes(of: -1, toByteOffset: start + 16, as: Int64.self)
            }
        }
        try bytes.write(to: file)
    }

    func remove() { try? FileManager.default.removeItem(at: file) }

    /// Hands over the keys, one after the other, as they stand in the file.
    func forEachKey(_ body: (UInt64) -> Void) throws {
        try Data(contentsOf: file, options: .alwaysMapped).withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: Self.record) {
                body(bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt64.self))
            }
        }
    }

    private static func key(at place: Double, in sums: [Double]) -> Int {
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
