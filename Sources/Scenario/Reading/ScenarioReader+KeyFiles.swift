/// Keys that stand in a file of their own.
extension ScenarioReader {
    private static let longestPath = 255

    /// The keys in a file; read once, however often the scenario is.
    mutating func loadKeys(_ sources: [YAMLEntry]) {
        for source in sources {
            guard let node = source.value["file"],
                let path = keyFilePath(node, "the path of a file of keys", example: "traces/web.txt"),
                keyFiles[path] == nil
            else { continue }
            keyFiles[path] = keys(in: path, at: node)
        }
    }

    /// The keys of `{ file: traces/web.txt }`, once they have been loaded.
    func loadedKeys(_ node: YAMLNode) -> [String]? { node.text.flatMap { keyFiles[$0] } }

    private func keys(in path: String, at node: YAMLNode) -> [String]? {
        let quoted = SafeText.quoted(path)
        switch files.read(path) {
        case .success(let bytes):
            do throws(KeyTrace.Failure) { return try KeyTrace.keys(bytes, name: path) } catch {
                let (message, suggestion) = Self.explain(error)
                reader.report("\(quoted) \(message)", at: node.mark, suggestion: suggestion)
            }
        case .failure(let failure):
            let (message, suggestion) = Self.explain(failure)
            reader.report("\(quoted) \(message)", at: node.mark, suggestion: suggestion)
        }
        return nil
    }

    private static func explain(_ failure: KeyTrace.Failure) -> (String, String?) {
        switch failure {
        case .empty: ("holds no keys", "write one key a line")
        case .tooMany: ("holds more than \(KeyTrace.most) requests", "take a part of it")
        case .badLine(let line): ("is not a list of keys: line \(line) cannot be one", "write one key a line, in UTF-8")
        case .torn(let record):
            ("is not a trace in oracleGeneral's format: record \(record) is cut off", "its records have 24 bytes each")
        case .compressed: ("is compressed", "decompress it: zstd -d")
        }
    }

    static func explain(_ failure: KeyFiles.Failure) -> (String, String?) {
        switch failure {
        case .missing: ("is not there", "its path begins at the scenario's folder")
        case .tooLarge: ("is larger than \(KeyFiles.largest >> 20) MiB", "take a part of it")
        case .outside: ("leads out of the scenario's folder", "copy it there")
        case .unreadable(let reason): ("cannot be read: \(reason)", nil)
        case .noFolder: ("cannot be read: this scenario does not come from a file", nil)
        }
    }

    /// A path below the scenario's folder.
    func keyFilePath(_ node: YAMLNode, _ what: String, example: String) -> String? {
        guard let path = reader.text(node, what) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = path.unicodeScalars.allSatisfy { SafeText.isAllowed($0) && $0 != "\\" && $0 >= " " }
        if isPlain, path.utf8.count <= Self.longestPath, parts.allSatisfy({ !["", ".", ".."].contains($0) }) {
            return path
        }
        reader.report(
            "\(SafeText.quoted(path)) is not a path below the scenario's folder", at: node.mark,
            suggestion: "write a path such as \(example)")
        return nil
    }
}
