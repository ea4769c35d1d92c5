import Classroom
import Scenario

/// Where one of this user's presentations is, for the notes on the same machine.
struct Rendezvous: Hashable {
    var address: HostPort
    var codes: Codes
    /// The lesson's id.
    var lesson: String

    var text: String { "\(address.description)\n\(codes.notes)\n\(codes.follower)\n\(lesson)\n" }

    init(address: HostPort, codes: Codes, lesson: String) {
        self.address = address
        self.codes = codes
        self.lesson = lesson
    }

    /// `nil` for what no presentation writes, or has not written whole yet.
    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 5, lines[4].isEmpty, let address = try? HostPort(lines[0]) else { return nil }
        self.init(address: address, codes: Codes(follower: lines[2], notes: lines[1]), lesson: lines[3])
    }
}

// MARK: Finding

extension Rendezvous {
    /// The one whose notes are wanted: at this address, or the only one (`nil`).
    ///
    /// Throws ``Failure`` where there is none, and where there are several to choose from.
    static func find(
        at place: HostPort?, _ running: [Rendezvous] = RendezvousFile.running
    ) throws(Failure) -> Rendezvous {
        if let place {
            let address = HostPort(host: place.host, port: place.port ?? HostPort.usualPort)
            if let found = running.first(where: { $0.address == address }) { return found }
            throw .badInput(
                "--code", "it is missing: notes from another machine need it",
                "`ensayo notes --invite` prints it there")
        }
        guard let only = running.first else {
            throw .badInput(
                "ensayo notes", "nobody presents on this machine",
                "start `ensayo present LESSON --share` first, or name the machine: "
                    + "`ensayo notes HOST:PORT --code CODE`")
        }
        if running.count == 1 { return only }
        let list = running.map { "ensayo notes \($0.address.description)   \($0.lesson)" }
        throw .badInput(
            "ensayo notes",
            lines: (["several presentations run on this machine; say which"] + list).joined(separator: "\n"))
    }
}
