import Foundation

/// The project's own files, as the tests see them.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct SourceFile {
        var path: String
        var lines: [String]
    }

    /// Every file below a folder with one of these endings, in order of path.
    static func files(below folder: String, endings: [String]) -> [SourceFile] {
        let start = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { url in endings.contains(url.pathExtension) && !url.pathComponents.contains(".build") }
            .sorted { $0.path < $1.path }
            .compactMap { url in
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                let path = String(url.path.dropFirst(root.path.count + 1))
                return SourceFile(path: path, lines: text.components(separatedBy: "\n"))
            }
    }

    /// `path:line` of each line that a test calls out.
    static func places(in files: [SourceFile], where isWrong: (String) -> Bool) -> [String] {
        files.flatMap { file in
            file.lines.enumerated().filter { isWrong($0.element) }.map { "\(file.path):\($0.offset + 1)" }
        }
    }
}
