import FoundationEssentials
import Glibc
import Workshop

/// Where it is kept how far the presentation of a lesson is, until it ends as it should: a file a lesson, beside the
/// progress.
final class PresentationShelf {
    /// How often the clock alone is worth writing.
    private static let pause = Duration.seconds(5)

    private let folder: String
    private let path: String
    private let lockPath: String
    /// Of two presentations of one lesson on this machine the first is kept. `nil`: another one has it.
    private var lock: FolderLock?
    private var kept: PresentationRecord?
    private var time = Duration.zero
    /// Why it could not be kept, for the end of the session.
    private(set) var complaint: String?

    init(lesson: String, in folder: String = StateFolder.path + "/presentations") {
        self.folder = folder
        path = "\(folder)/\(lesson).json"
        lockPath = "\(folder)/\(lesson).lock"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        lock = FolderLock(lockPath)
    }

    /// What a presentation left that broke off; `nil`: none did.
    var left: PresentationRecord? {
        guard lock != nil, let bytes = try? TextFile.read(path, limit: PresentationRecord.mostBytes) else { return nil }
        return PresentationRecord(bytes: bytes)
    }

    /// Writes where it is when it is somewhere else, and now and then how late it is.
    ///
    /// - Parameter now: since the program began.
    func keep(_ app: App, at now: Duration) {
        guard lock != nil, let record = PresentationRecord(app), record != kept else { return }
        if let kept, kept.isContinued(by: record), now - time < Self.pause { return }
        kept = record
        time = now
        do throws(AtomicFile.Failure) { try AtomicFile.write(record.bytes, to: path) } catch {
            complaint = "It could not be kept how far the presentation was: \(path): \(error)."
        }
    }

    /// It has ended: nothing stays behind.
    func clear() {
        guard lock != nil else { return }
        unlink(path)
        unlink(lockPath)
        lock = nil
        rmdir(folder)
    }
}
