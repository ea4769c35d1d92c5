import Glibc

/// A peer that says what no client of ours would say: plain blocking sockets, every wait bounded.
final class RawPeer {
    private let descriptor: Int32

    /// `nil`: nobody takes the connection.
    init?(port: Int, receiveBuffer: Int32? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if connected != 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Returns whether the other side took all of it.
    @discardableResult
    func say(_ bytes: [UInt8]) -> Bool {
        var left = bytes[...]
        while !left.isEmpty {
            let sent = left.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent <= 0 { return false }
            left = left.dropFirst(sent)
        }
        return true
    }

    /// What comes next; empty: the other side has hung up.
    func hear(atMost count: Int = 1 << 16) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &bytes, count, 0)
        return received > 0 ? Array(bytes[..<received]) : []
    }

    /// Everything until the other side hangs up, but no more than a few megabytes.
    func hearAll() -> [UInt8] {
        var all: [UInt8] = []
        while all.count < 8 << 20 {
            let piece = hear()
            if piece.isEmpty { break }
            all += piece
        }
        return all
    }
}
