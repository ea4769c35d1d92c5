import Foundation

/// A server on this machine that is not well at first: it turns the first request away, is silent to the second, and
/// answers from the third on.
struct FlakyServer {
    let port: UInt16
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // Port 0: the system chooses a free one.
        let status = withUnsafeMutablePointer(to: &address) { [listener] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) | listen(listener, 8) | getsockname(listener, $0, &length)
            }
        }
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
    }

    func start() {
        Thread { [listener] in
            for number in 1... {
                let connection = accept(listener, nil, nil)
                var request = [UInt8](repeating: 0, count: 4096)
                _ = read(connection, &request, request.count)
                switch number {
                case 1: Self.answer("503 Service Unavailable", "", on: connection)
                // No answer: the connection stays open until the client has had enough.
                case 2: break
                default: Self.answer("200 OK", "Hello, and sorry for the wait.", on: connection)
                }
            }
        }.start()
    }

    private static func answer(_ status: String, _ body: String, on connection: Int32) {
        let text = "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        _ = write(connection, text, text.utf8.count)
        close(connection)
    }
}
