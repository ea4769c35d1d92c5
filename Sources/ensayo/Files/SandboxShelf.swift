import FoundationEssentials
import Scenario
import Workshop

/// Where the sandbox keeps what is not saved: a file for each system in the state folder; and how it saves files.
final class SandboxShelf {
    private let folder: String
    /// What is to be printed when the workshop is left.
    private(set) var printed: [String] = []
    private(set) var complaints: [String] = []

    init(folder: String = StateFolder.path + "/sandbox") { self.folder = folder }

    func perform(_ effect: SandboxEffect) -> SandboxMessage? {
        switch effect {
        case .open: return .opened(fresh())
        case .keep(let yaml, let shelf):
            keep(yaml, on: shelf)
            return nil
        case .write(let yaml, let path, let replaces): return write(yaml, to: Self.expanded(path), replaces: replaces)
        case .print(let text):
            if !printed.contains(text) { printed.append(text) }
            return nil
        case .copy: return nil
        }
    }

    /// What was left unsaved of a system; `nil`: nothing, or nothing that can be read.
    func unsaved(_ shelf: String, files: KeyFiles = .none) -> ScenarioDraft? {
        let path = path(of: shelf)
        guard FileManager.default.fileExists(atPath: path), let bytes = try? TextFile.read(path) else { return nil }
        return try? ScenarioDraft(bytes: bytes, file: path, files: files)
    }

    private func fresh() -> Result<SandboxSource, ScenarioError> {
        do throws(ScenarioError) {
            var source = try SandboxSource.starter()
            source.unsaved = unsaved(source.shelf)
            return .success(source)
        } catch {
            return .failure(error)
        }
    }

    private func path(of shelf: String) -> String { "\(folder)/\(shelf).yaml" }

    private func keep(_ yaml: String?, on shelf: String) {
        let path = path(of: shelf)
        do {
            guard let yaml else {
                if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
                return
            }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try AtomicFile.write(yaml.utf8, to: path)
        } catch {
            let complaint = "What is not saved could not be kept in \(path)."
            if !complaints.contains(complaint) { complaints.append(complaint) }
        }
    }

    private func write(_ yaml: String, to path: String, replaces: Bool) -> SandboxMessage {
        if !replaces, FileManager.default.fileExists(atPath: path) { return .exists(path: path) }
        do throws(AtomicFile.Failure) {
            try AtomicFile.write(yaml.utf8, to: path)
            return .wrote(path: path)
        } catch {
            return .notWritten(path: path, reason: error.description)
        }
    }

    private static func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] else { return path }
        return home + path.dropFirst()
    }
}
