import FoundationEssentials
import Glibc
import Workshop

/// The file that tells where a presentation is: one for each, which only its user can read.
///
/// It is locked while its program lives. One that is not locked was left by a program that broke off: the next at that
/// address goes on with its codes.
final class RendezvousFile {
    /// `$XDG_RUNTIME_DIR/ensayo`, or the folder of the progress.
    private static var folder: String {
        let run = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
        let parent = run.flatMap { $0.hasPrefix("/") ? $0 + "/ensayo" : nil } ?? StateFolder.path
        return parent + "/classes"
    }

    private let path: String
    private var lock: FolderLock?
    /// Why it could not be written, for people.
    private(set) var complaint: String?

    /// Tells where a presentation is.
    init(_ rendezvous: Rendezvous) {
        path = "\(Self.folder)/\(rendezvous.address.description)"
        let mask = umask(0o077)
        defer { umask(mask) }
        try? FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        lock = FolderLock(path)
        do {
            guard lock != nil else { throw CocoaError(.fileWriteNoPermission) }
            // In its place: another file would not be locked.
            try Data(rendezvous.text.utf8).write(to: URL(filePath: path))
        } catch {
            complaint = "The notes will not find this presentation: \(path) cannot be written."
        }
    }

    /// It has ended: nothing stays behind.
    func remove() {
        guard lock != nil else { return }
        unlink(path)
        lock = nil
        rmdir(Self.folder)
    }

    // MARK: What others have told

    /// Presentations that run, by address.
    static var running: [Rendezvous] { all { FolderLock.isHeld($0) } }

    /// What presentations left that broke off.
    static var left: [Rendezvous] { all { !FolderLock.isHeld($0) } }

    private static func all(_ isWanted: (String) -> Bool) -> [Rendezvous] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\(folder)/\($0)" }.filter(isWanted).compactMap { path in
            (try? TextFile.text(path, called: path, limit: 1024)).flatMap(Rendezvous.init(text:))
        }
    }
}
