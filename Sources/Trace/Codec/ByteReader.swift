/// Reads what ``ByteWriter`` wrote. Never past the end, never more than is there.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    func error(_ reason: TraceCodecError.Reason) -> TraceCodecError { TraceCodecError(reason, offset: offset) }

    mutating func byte() throws(TraceCodecError) -> UInt8 {
        guard offset < bytes.count else { throw error(.truncated) }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func unsigned() throws(TraceCodecError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            number |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                // One number, one way to write it: no zero at the end, no bit above the 64th.
                if shift > 0, byte == 0 { throw error(.badNumber) }
                if shift == 63, byte > 1 { throw error(.badNumber) }
                return number
            }
            shift += 7
            if shift > 63 { throw error(.badNumber) }
        }
    }

    mutating func unsigned32() throws(TraceCodecError) -> UInt32 {
        guard let number = UInt32(exactly: try unsigned()) else { throw error(.badNumber) }
        return number
    }

    mutating func signed() throws(TraceCodecError) -> Int64 {
        let word = try unsigned()
        return Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1)
    }

    /// The number of things that follow, each of at least so many bytes.
    mutating func count(minimumSize: Int) throws(TraceCodecError) -> Int {
        guard let count = Int(exactly: try unsigned()), count <= remaining / minimumSize else {
            throw error(.truncated)
        }
        return count
    }

    mutating func text() throws(TraceCodecError) -> String {
        let count = try count(minimumSize: 1)
        guard let text = String(validating: bytes[offset..<offset + count], as: UTF8.self) else {
            throw error(.badText)
        }
        offset += count
        return text
    }

    mutating func fixed() throws(TraceCodecError) -> UInt64 {
        var word: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { word |= UInt64(try byte()) << shift }
        return word
    }
}
