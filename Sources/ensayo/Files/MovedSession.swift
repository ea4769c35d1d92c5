import Scenario
import Workshop

/// A session that is written into another folder than the one it was read from: the files that it names are found there
/// too.
struct MovedSession {
    private(set) var script: SessionScript
    /// A copy of its demo to be written beside it; `nil`: there is none, or it finds the one it has.
    private(set) var demo: (path: String, text: String)?

    /// Throws ``Failure`` where it cannot do without a file that lies elsewhere.
    init(_ script: SessionScript, from source: String, to path: String) throws(Failure) {
        self.script = script
        let place = RecordingPlace(path)
        if case .file(let name, let played) = script.demo {
            let file = Self.folder(source) + name
            if let name = place.name(of: file) {
                self.script.demo = .file(name, played)
            } else {
                let copy = Self.folder(path) + GoldenFiles.name(of: path) + ".demo.replay"
                self.script.demo = .file(place.name(of: copy) ?? name, played)
                demo = (copy, played.description)
            }
        }
        if let name = script.systemFile, SandboxFiles.isFile(name) {
            let file = Self.folder(source) + name
            let found = place.name(of: file)
            self.script.systemFile = if let found { found } else { try Self.code(of: file, for: path) }
        }
    }

    /// A file's system in one line.
    private static func code(of file: String, for path: String) throws(Failure) -> String {
        let draft = try SandboxFiles.source(file).draft
        if let keys = draft.keyFile {
            throw .badInput(
                "--out", "\(path) lies elsewhere than \(file), whose keys come from \(keys)",
                "write it into the folder of the session, or above it")
        }
        do { return try draft.code().description } catch {
            throw .badInput("--out", "\(file) cannot be taken along: \(error)")
        }
    }

    /// The part of a path up to its last `/`.
    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
