/// Appends numbers and text to bytes: LEB128 for numbers, zigzag before it for those with a sign.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func write(_ raw: [UInt8]) { bytes += raw }

    mutating func write(byte: UInt8) { bytes.append(byte) }

    mutating func write(unsigned number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(signed number: Int64) {
        write(unsigned: UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    mutating func write(_ text: String) {
        write(unsigned: UInt64(text.utf8.count))
        bytes += text.utf8
    }

    /// Eight bytes, the lowest first.
    mutating func write(fixed word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
