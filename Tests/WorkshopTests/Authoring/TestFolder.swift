import Foundation

/// A folder of a test's own, removed with it.
final class TestFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("ensayo-\(UUID())")
        .resolvingSymlinksInPath().path

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, name) }
    }

    deinit {
        // Folders that the test made unreadable.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
        }
        try? FileManager.default.removeItem(atPath: path)
    }

    subscript(name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, _ name: String) throws {
        let file = URL(filePath: self[name])
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: self[name], encoding: .utf8) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

    func link(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: destination)
    }

    /// A lesson that can be read, under any id.
    func writeLesson(_ name: String, id: String) throws {
        let yaml = RehearsalLesson.yaml.replacing("id: rehearsal", with: "id: \(id)", maxReplacements: 1)
        try write(yaml, "\(name)/lesson.yaml")
        try write(RehearsalLesson.english, "\(name)/en.md")
        try write(RehearsalLesson.spanish, "\(name)/es.md")
    }
}
