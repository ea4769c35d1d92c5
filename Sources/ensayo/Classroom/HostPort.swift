import Scenario

/// A machine and a port as people write them: `192.0.2.7`, `room-3:4747`, `[2001:db8::7]:4747`.
struct HostPort: Hashable {
    /// The port of a presentation that names none.
    static let usualPort = 4747

    var host: String
    /// `nil`: none is named.
    var port: Int?

    var description: String {
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    init(host: String, port: Int?) {
        self.host = host
        self.port = port
    }

    init(_ text: String) throws(Failure) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isBare = !text.hasPrefix("[") && parts.count > 2
        guard !isBare, parts.count > 1, let last = parts.last, !text.hasSuffix("]") else {
            self.init(host: text, port: nil)
            if host.isEmpty { throw Self.failure(text) }
            return
        }
        guard let port = Int(last), (1...65535).contains(port) else { throw Self.failure(text) }
        self.init(host: String(text.dropLast(last.count + 1)), port: port)
        if host.isEmpty { throw Self.failure(text) }
    }

    /// With or without its brackets, an address is the same.
    static func == (one: HostPort, other: HostPort) -> Bool { one.description == other.description }

    func hash(into hasher: inout Hasher) { hasher.combine(description) }

    private static func failure(_ text: String) -> Failure {
        .badInput(
            "ensayo", "expected HOST or HOST:PORT, not \(SafeText.quoted(text))", "such as 192.0.2.7:\(usualPort)")
    }
}
