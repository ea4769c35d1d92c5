import FoundationEssentials
import Workshop

/// Where editors find what a new `lesson.yaml` may hold: a path that is right on every machine.
///
/// A lesson among those of the working tree names the schemas there. Any other gets a copy beside it, which goes with
/// the pack wherever that goes.
struct EditorSchemas {
    private static let names = ["lesson.schema.json", "scenario.schema.json"]
    private static let copies = ".schemas"

    /// Path of `lesson.schema.json` from the lesson's folder; `nil`: this installation has none.
    let line: String?
    private var files: [(path: String, text: String)] = []

    /// - Parameter folder: the lesson's.
    init(_ installation: Installation, for folder: String) throws(Failure) {
        let root = URL(fileURLWithPath: installation.root).standardizedFileURL.path
        let lesson = URL(fileURLWithPath: folder).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: "\(root)/docs/\(Self.names[0])") else {
            line = nil
            return
        }
        if lesson.hasPrefix(root + "/") {
            let depth = lesson.dropFirst(root.count).split(separator: "/").count
            line = String(repeating: "../", count: depth) + "docs/\(Self.names[0])"
            return
        }
        line = "../\(Self.copies)/\(Self.names[0])"
        let pack = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        for name in Self.names {
            let text = try TextFile.text("\(root)/docs/\(name)", called: name)
            files.append(("\(pack)/\(Self.copies)/\(name)", text))
        }
    }

    /// Copies them, anew where they are those of an older program.
    func write() throws(Failure) {
        for file in files {
            let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw .badInput(folder, "this folder cannot be made")
            }
            try TextFile.write(file.text, to: file.path)
        }
    }
}
