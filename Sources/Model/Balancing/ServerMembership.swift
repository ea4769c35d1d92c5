import Scenario

/// Whether a server belongs to its pool, as a setting says it. A setting that says so has the effect of a `join` or a
/// `leave`, whatever the setting was before: servers have joined and left since.
struct ServerMembership {
    var server: String
    var isMember: Bool
}

extension Scenario {
    /// The servers whose `member` is the value at a path, or a part of it.
    func members(writtenAt path: String) -> [ServerMembership] {
        let parts = path.split(separator: ".").map(String.init)
        guard parts.first == "backends" else { return [] }
        return backends.flatMap { backend in
            (backend.pool?.servers ?? []).compactMap { server in
                let place = ["backends", backend.name, "servers", server.backend.name, "member"]
                guard place.starts(with: parts), let isMember = server.member else { return nil }
                return ServerMembership(server: server.backend.name, isMember: isMember)
            }
        }
    }
}
