import FoundationEssentials
import Scenario

/// Keeps progress in a file: written whole or not at all, and never at the cost of what is there.
///
/// A file that is damaged, or written by a newer version, is set aside under another name before anything is written.
/// What other programs save meanwhile is kept too.
public final class ProgressStore {
    static let mostBytes = 4 << 20

    public let path: String
    private let folder: String
    /// What this program found or saved last.
    private var base = Progress()
    /// What went wrong, once each, for the end of the session.
    public private(set) var complaints: [String] = []

    public init(folder: String) {
        self.folder = folder
        path = folder + "/progress.json"
    }

    /// What is kept; nothing when there is no file.
    public func load() -> Progress {
        base = kept()
        return base
    }

    /// Never fails: what goes wrong is among the ``complaints``.
    public func save(_ progress: Progress) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try withExtendedLifetime(FolderLock(folder + "/progress.lock")) {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                let merged = progress.merged(with: kept(), since: base)
                try AtomicFile.write(try encoder.encode(merged), to: path)
            }
            base = progress
        } catch let error as AtomicFile.Failure {
            complain("Progress could not be saved in \(path): \(error).")
        } catch {
            complain("Progress could not be saved in \(path).")
        }
    }

    private struct Version: Decodable { var version: Int }

    private enum Contents {
        case nothing
        case progress(Progress)
        case unusable(ProgressDamage)
    }

    /// Why the file cannot be used; `nil`: it can, or there is none. It is left as it is.
    public var damage: ProgressDamage? {
        guard case .unusable(let damage) = contents else { return nil }
        return damage
    }

    /// The language that was spoken last. The file is left as it is.
    public var language: Language? {
        guard case .progress(let progress) = contents else { return nil }
        return progress.language
    }

    /// What is in the file. What cannot be used is set aside.
    private func kept() -> Progress {
        switch contents {
        case .nothing: Progress()
        case .progress(let progress): progress
        case .unusable(let damage): setAside(damage)
        }
    }

    private var contents: Contents {
        // A link to nothing is nothing too.
        guard FileManager.default.fileExists(atPath: path) else { return .nothing }
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: resolved)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            return .unusable(.noFile)
        }
        guard let size = attributes?[.size] as? Int, size <= Self.mostBytes else {
            return .unusable(.tooLarge)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            return .unusable(.unreadable)
        }
        guard let version = try? JSONDecoder().decode(Version.self, from: data).version else {
            return .unusable(.damaged)
        }
        if version > Progress.currentVersion {
            return .unusable(.newer(version: version))
        }
        guard let progress = try? JSONDecoder().decode(Progress.self, from: data) else {
            return .unusable(.damaged)
        }
        return .progress(progress)
    }

    private func setAside(_ damage: ProgressDamage) -> Progress {
        let reason = damage.reason(.english)
        var kept = "\(path).\(damage.suffix)"
        var count = 1
        while FileManager.default.fileExists(atPath: kept) {
            count += 1
            kept = "\(path).\(damage.suffix).\(count)"
        }
        do {
            try FileManager.default.moveItem(atPath: path, toPath: kept)
            complain("\(path) was set aside: \(reason). It is kept as \(kept).")
        } catch {
            complain("\(path) cannot be used: \(reason). It could not be set aside either.")
        }
        return Progress()
    }

    private func complain(_ text: String) {
        let text = SafeText.line(text)
        if !complaints.contains(text) { complaints.append(text) }
    }
}
