import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A classroom that is open: those who know a code come in and are told the newest of each topic.
///
/// The presenter never waits for the network, and nobody waits for anybody else. Whoever is slow misses what was
/// replaced meanwhile; whoever takes nothing, says nothing or talks nonsense has to go. What is sent is not encrypted.
public final class ClassroomServer: Sendable {
    /// The port that was found when none was asked for.
    public let port: Int
    public let codes: Codes
    public let limits: Limits

    private let handover = Handover()
    private let room: NIOLoopBoundBox<Room>
    private let channel: any Channel
    private let isClosed = Mutex(false)

    /// Opens a classroom.
    ///
    /// - Parameters:
    ///   - address: one of this machine's, IPv4 or IPv6, or a name for one.
    ///   - port: 0: any that is free.
    public init(
        address: String, port: Int, codes: Codes = Codes(), limits: Limits = Limits()
    ) throws(ClassroomError) {
        guard 0...65535 ~= port else { throw .cannotListen("ports go from 0 to 65535") }
        self.codes = codes
        self.limits = limits
        let loop = NetworkThread.loop
        let room = NIOLoopBoundBox.makeBoxSendingValue(
            Room(codes: codes, limits: limits, handover: handover), as: Room.self, eventLoop: loop)
        self.room = room
        do {
            channel = try Self.bootstrap(room).bind(host: HostName.plain(address), port: port).wait()
        } catch {
            throw Self.reason(error, address: address, port: port)
        }
        self.port = channel.localAddress?.port ?? port
        loop.execute { room.value.open(on: loop) }
    }

    deinit { close() }

    private static func bootstrap(_ room: NIOLoopBoundBox<Room>) -> ServerBootstrap {
        ServerBootstrap(group: NetworkThread.group)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // What the system holds back cannot be replaced by something newer.
            .childChannelOption(.socketOption(.so_sndbuf), value: 1 << 17)
            // Nobody has more to say.
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 512))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Member(room.value))
                }
            }
    }

    private static func reason(_ error: any Error, address: String, port: Int) -> ClassroomError {
        guard let error = error as? IOError else { return .noSuchAddress(address) }
        return switch error.errnoCode {
        case EADDRINUSE: .portInUse(port)
        case EADDRNOTAVAIL: .noSuchAddress(address)
        default: .cannotListen(String(cString: strerror(error.errnoCode)))
        }
    }

    /// Who is in.
    public var audience: Audience { handover.audience }

    /// Tells everyone who hears the topic. Returns at once, in a time that depends neither on them nor on the bytes.
    ///
    /// - Returns: whether the message is short enough to be sent at all.
    @discardableResult
    public func publish(_ bytes: [UInt8], _ topic: Topic) -> Bool {
        guard bytes.count < limits.messageBytes else { return false }
        if handover.leave(bytes, topic) {
            let room = room
            channel.eventLoop.execute { room.value.deliver() }
        }
        return true
    }

    /// Sends everyone home. The port is free afterwards.
    public func close() {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        if wasClosed { return }
        let room = room
        _ = try? channel.eventLoop.submit { room.value.close() }.wait()
        _ = try? channel.close().wait()
    }
}

/// Names of machines as people write them.
enum HostName {
    /// IPv6 addresses may stand in brackets.
    static func plain(_ name: String) -> String {
        name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
    }
}
