import Foundation
import Glibc

/// Something that listens and is no classroom.
final class RawServer {
    private let descriptor: Int32
    let port: Int

    init() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length)
                getsockname(descriptor, $0, &length)
            }
        }
        listen(descriptor, 8)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Says something to the next one who comes, listens to whatever it says, and hangs up when it does.
    func answer(_ bytes: [UInt8]) {
        let descriptor = dup(descriptor)
        Thread.detachNewThread {
            let visitor = accept(descriptor, nil, nil)
            _ = bytes.withUnsafeBytes { send(visitor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            var heard = [UInt8](repeating: 0, count: 512)
            while recv(visitor, &heard, heard.count, 0) > 0 {}
            close(visitor)
            close(descriptor)
        }
    }
}
