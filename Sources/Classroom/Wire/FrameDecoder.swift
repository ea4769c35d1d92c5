import NIOCore

/// Takes frames out of what comes in. Nothing is kept of a frame that is too long or of no known kind: it is an error
/// as soon as its first five bytes are there.
struct FrameDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = Frame

    enum Failure: Error, Equatable {
        case length(Int)
        case kind(UInt8)
        /// The peer left in the middle of a frame.
        case half
    }

    /// The longest frame, without its length.
    let limit: Int

    func decode(buffer: inout ByteBuffer) throws -> Frame? {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
        guard 1...limit ~= Int(length) else { throw Failure.length(Int(length)) }
        guard let byte = buffer.getInteger(at: buffer.readerIndex + 4, as: UInt8.self) else { return nil }
        guard let kind = Frame.Kind(rawValue: byte) else { throw Failure.kind(byte) }
        guard buffer.readableBytes >= 4 + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 5)
        return buffer.readSlice(length: Int(length) - 1).map { Frame(kind, $0) }
    }

    func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> Frame? {
        if let frame = try decode(buffer: &buffer) { return frame }
        if buffer.readableBytes > 0 { throw Failure.half }
        return nil
    }
}
