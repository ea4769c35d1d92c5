import Classroom
import FoundationEssentials
import Glibc
import Scenario
import Workshop

/// Where this user's presentation is, for the notes on the same machine: a file that only the user can read.
struct Rendezvous {
    var address: HostPort
    var codes: Codes

    /// `$XDG_RUNTIME_DIR/ensayo`, or the folder of the progress.
    private static var folder: String {
        let run = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
        return run.flatMap { $0.hasPrefix("/") ? $0 + "/ensayo" : nil } ?? StateFolder.path
    }

    private static var path: String { folder + "/presentation" }

    private var text: String { "\(address.description)\n\(codes.notes)\n\(codes.follower)\n" }

    /// Returns why it could not be written, for people.
    func write() -> String? {
        let mask = umask(0o077)
        defer { umask(mask) }
        do {
            try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        } catch {
            return "The notes will not find this presentation: \(Self.folder) cannot be made."
        }
        do throws(Failure) {
            try TextFile.write(text, to: Self.path)
            return nil
        } catch {
            return "The notes will not find this presentation: \(error.message)"
        }
    }

    /// Takes it away, unless another presentation has put its own there.
    func remove() {
        guard let found = try? TextFile.read(Self.path, limit: 1024), found.elementsEqual(text.utf8) else { return }
        unlink(Self.path)
    }

    /// Throws ``Failure`` when nobody presents.
    static func find() throws(Failure) -> Rendezvous {
        guard let bytes = try? TextFile.read(path, limit: 1024) else {
            throw .badInput(
                "ensayo notes", "nobody presents on this machine",
                "start `ensayo present LESSON --share` first, or name the machine: "
                    + "`ensayo notes HOST:PORT --code CODE`")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count == 3 else { throw .badInput(path, "this is not what a presentation writes", "delete it") }
        return Rendezvous(address: try HostPort(lines[0]), codes: Codes(follower: lines[2], notes: lines[1]))
    }

    /// The codes of a presentation that was at this address and did not end as it should.
    static func codes(leftAt address: HostPort) -> Codes? {
        guard let left = try? find(), left.address == address else { return nil }
        return left.codes
    }
}
