import FoundationEssentials
import Glibc
import Scenario
import Workshop

/// Notices when the files of a lesson are saved, and reads them again.
///
/// It looks at their times twice a second; that costs a few system calls.
struct LessonWatcher {
    static let interval = Duration.milliseconds(500)
    private static let names = ["lesson.yaml", "en.md", "es.md", "texts.agreed"]
    /// Whose files scenarios read.
    private static let folders = ["traces", "diagrams"]

    /// When a file was changed and how large it is; `nil`: it is not there.
    private struct Stamp: Hashable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int
        var inode: UInt64

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
            size = Int(status.st_size)
            inode = UInt64(status.st_ino)
        }
    }

    let folder: String
    let isAsked: Bool
    private let clock = ContinuousClock()
    private var lookedAt: ContinuousClock.Instant
    /// The files as they were read, and as they were at the last look.
    private var read: [String: Stamp]
    private var seen: [String: Stamp]

    /// Begins just before the lesson is read. `nil` where nobody can edit: an installed lesson.
    ///
    /// - Parameter isAsked: somebody asked for it: whatever happens to the folder, it is looked at.
    init?(_ folder: String, isAsked: Bool = false) {
        guard isAsked || access("\(folder)/\(Self.names[0])", W_OK) == 0 else { return nil }
        self.folder = folder
        self.isAsked = isAsked
        lookedAt = clock.now
        read = Self.stamps(folder)
        seen = read
    }

    /// The lesson after an edit, or what is wrong with it; `nil`: nothing changed.
    ///
    /// Editors write files in parts and by renaming: they are read when they have stayed the same for one look.
    mutating func change() -> Result<Lesson, ScenarioError>? {
        guard clock.now - lookedAt >= Self.interval else { return nil }
        lookedAt = clock.now
        let now = Self.stamps(folder)
        defer { seen = now }
        guard now != read, now == seen else { return nil }
        read = now
        return Self.read(folder, tryingChanges: true)
    }

    /// Reads a lesson: to take it, or as its author has just saved it, and then with all that it speaks of.
    static func read(_ folder: String, tryingChanges: Bool = false) -> Result<Lesson, ScenarioError> {
        let source = LessonLibrary.source(folder: folder)
        do throws(ScenarioError) { return .success(try LessonReader.read(source, tryingChanges: tryingChanges)) } catch
        {
            return .failure(error)
        }
    }

    /// Of those files that are there, by their path in the lesson's folder.
    private static func stamps(_ folder: String) -> [String: Stamp] {
        let beside = folders.flatMap { name in
            ((try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).map { "\(name)/\($0)" }
        }
        return (names + beside).reduce(into: [:]) { stamps, path in stamps[path] = Stamp("\(folder)/\(path)") }
    }
}
