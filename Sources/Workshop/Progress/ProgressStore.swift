import FoundationEssentials
import Scenario

/// Keeps progress in a file: written whole or not at all, and never at the cost of what is there.
///
/// A file that is damaged, or written by a newer version, is set aside under another name before anything is written.
public final class ProgressStore {
    public let path: String
    private let folder: String
    /// What went wrong, once each, for the end of the session.
    public private(set) var complaints: [String] = []

    public init(folder: String) {
        self.folder = folder
        path = folder + "/progress.json"
    }

    /// What is kept; nothing when there is no file.
    public func load() -> Progress {
        guard FileManager.default.fileExists(atPath: path) else { return Progress() }
        guard let data = FileManager.default.contents(atPath: path) else {
            return setAside("it cannot be read", suffix: "unreadable")
        }
        guard let version = try? JSONDecoder().decode(Version.self, from: data).version else {
            return setAside("it is damaged", suffix: "damaged")
        }
        if version > Progress.currentVersion {
            return setAside("a newer version of Ensayo wrote it (format \(version))", suffix: "v\(version)")
        }
        guard let progress = try? JSONDecoder().decode(Progress.self, from: data) else {
            return setAside("it is damaged", suffix: "damaged")
        }
        return progress
    }

    public func save(_ progress: Progress) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try encoder.encode(progress).write(to: URL(filePath: path), options: .atomic)
        } catch {
            complain("Progress could not be saved in \(path).")
        }
    }

    private struct Version: Decodable { var version: Int }

    private func setAside(_ reason: String, suffix: String) -> Progress {
        var kept = "\(path).\(suffix)"
        var count = 1
        while FileManager.default.fileExists(atPath: kept) {
            count += 1
            kept = "\(path).\(suffix).\(count)"
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
