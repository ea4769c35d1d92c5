import NIOCore

@testable import Classroom

/// Frames out of pieces.
struct Reassembler {
    private var buffer = ByteBuffer()
    private let decoder = FrameDecoder(limit: 4 << 20)

    mutating func frames(_ bytes: [UInt8]) throws -> [Frame] {
        buffer.writeBytes(bytes)
        defer { buffer.discardReadBytes() }
        var frames: [Frame] = []
        while let frame = try decoder.decode(buffer: &buffer) { frames.append(frame) }
        return frames
    }
}
