@testable import Classroom

extension ClassroomServer {
    static func open(port: Int = 0, _ change: (inout Limits) -> Void = { _ in }) throws -> ClassroomServer {
        var limits = Limits()
        change(&limits)
        return try ClassroomServer(address: "127.0.0.1", port: port, limits: limits)
    }

    func follow(_ change: (inout Patience) -> Void = { _ in }) throws -> ClassroomClient {
        try enter(.follower, code: codes.follower, change)
    }

    func enter(
        _ role: Role, code: String, _ change: (inout Patience) -> Void = { _ in }
    ) throws -> ClassroomClient {
        var patience = Patience()
        patience.entry = .seconds(20)
        patience.firstPause = .milliseconds(1)
        patience.longestPause = .milliseconds(20)
        change(&patience)
        return try ClassroomClient(host: "127.0.0.1", port: port, code: code, role: role, patience: patience)
    }

    /// Somebody who is in and is no client of ours.
    func follower(receiveBuffer: Int32? = nil) -> RawPeer? {
        let peer = RawPeer(port: port, receiveBuffer: receiveBuffer)
        peer?.say(Array(Hello(role: .follower, code: Array(codes.follower.utf8)).frame.encoded.readableBytesView))
        return peer
    }
}

extension ClassroomClient {
    /// The newest of a topic, once it is what is waited for.
    func hears(_ bytes: [UInt8], _ topic: Topic) -> Bool {
        becomes { events().contains(.received(topic, bytes)) }
    }
}

/// What opening, following and so on fails with.
func failure(_ work: () throws -> Void) -> ClassroomError? {
    do {
        try work()
        return nil
    } catch {
        return error as? ClassroomError
    }
}
