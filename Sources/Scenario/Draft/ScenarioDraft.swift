/// A scenario while it is being put together: the tree of its file, which can be changed piece by piece.
///
/// A draft need not be a valid scenario. ``read()`` writes it as a file and reads that, so that every change meets the
/// same checks as a file. What the draft does not know it keeps as it is.
public struct ScenarioDraft: Sendable {
    public var root: YAMLNode
    /// What the scenario is called when it does not say.
    public let name: String
    let files: KeyFiles
    /// The keys read from files, by their paths.
    private var keyFiles: [String: [String]] = [:]

    /// A file as it is written, whether or not it is a scenario. Throws ``ScenarioError`` when it is not YAML.
    public init(bytes: some Collection<UInt8>, file: String, files: KeyFiles = .none) throws(ScenarioError) {
        let reader = YAMLReader()
        let root = reader.parse(bytes: bytes, file: file)
        self.init(root: try reader.finish(root), name: ScenarioDocument.name(of: file), files: files)
    }

    /// A scenario as a file of its own, its diagram translated.
    public init(_ document: ScenarioDocument) {
        self.init(root: document.root, name: document.defaultName, files: document.files)
        keyFiles = document.keyFiles
    }

    private init(root: YAMLNode, name: String, files: KeyFiles) {
        self.root = root
        self.name = name
        self.files = files
    }

    /// As a YAML file. Reads back as the same draft.
    public var yaml: String { root.document }

    /// The same, with its name in it, which is otherwise that of its file.
    public var namedYAML: String {
        guard root["name"] == nil, case .mapping(let entries) = root.content else { return yaml }
        var named = self
        named.root.content = .mapping([entry("name", .text(name, at: root.mark))] + entries)
        return named.yaml
    }

    /// Reads it as a scenario. Throws ``ScenarioError`` with every problem, located in ``yaml``.
    public func read() throws(ScenarioError) -> ScenarioDocument {
        let reader = YAMLReader()
        let written = try reader.finish(reader.parse(yaml, file: file))
        let document = try ScenarioDocument(
            written, name: name, reader: ScenarioReader(reader: reader, files: files, keyFiles: keyFiles))
        try document.checkChanges()
        return document
    }

    /// What files keys come from need not be read again.
    public mutating func remember(_ document: ScenarioDocument) { keyFiles = document.keyFiles }

    /// The files that the scenario needs besides its own, by their paths.
    public var neededFiles: [String] {
        let sources = (root["keys"]?.entries ?? []).map(\.value) + [root["diagram"]].compactMap(\.self)
        return sources.compactMap { $0["file"]?.text }
    }

    /// What problems call the file.
    var file: String { "\(name).yaml" }

    /// Where a problem of ``read()`` stands. O(values).
    public func place(of problem: Problem) -> NodePath {
        let reader = YAMLReader()
        guard problem.line > 0, let written = reader.parse(yaml, file: file) else { return .root }
        return written.place(line: problem.line, column: problem.column)
    }

    /// A value as people type it. Throws ``ScenarioError`` when it is not YAML.
    public static func value(_ text: String) throws(ScenarioError) -> YAMLNode {
        let reader = YAMLReader()
        let node = reader.parse(text, file: "value")
        guard node == nil, text.contains(where: { $0 != " " }) else { return try reader.finish(node) }
        // What the parser says is about lines and their indentation, and a field has one line.
        let problem = Problem(
            file: "value", line: 1, column: 1, source: text,
            text: LocalizedText(
                en: "\(SafeText.quoted(text)) cannot be read", es: "\(SafeText.quoted(text)) no se puede leer"),
            hint: LocalizedText(
                en: "close what is open, leave a blank after each colon, and put text with a colon in quotes",
                es: "cierra lo que quede abierto, deja un espacio tras los dos puntos "
                    + "y pon entre comillas el texto que los lleve"))
        throw ScenarioError(problems: [problem])
    }

    func entry(_ key: String, _ value: YAMLNode) -> YAMLEntry {
        YAMLEntry(key: key, keyMark: root.mark, value: value)
    }
}

extension YAMLNode {
    static func text(_ text: String, at mark: SourceMark) -> YAMLNode {
        YAMLNode(.scalar(text, plain: false), mark: mark)
    }

    /// The last value that begins at a place of the file or before it.
    fileprivate func place(line: Int, column: Int) -> NodePath {
        var found = NodePath.root
        search(NodePath.root) { mark, path in
            if (mark.line, mark.column) <= (line, column) { found = path }
        }
        return found
    }

    /// Every value and key in the order of the file.
    private func search(_ path: NodePath, _ visit: (SourceMark, NodePath) -> Void) {
        visit(mark, path)
        switch content {
        case .scalar: break
        case .sequence(let items): for (index, item) in items.enumerated() { item.search(path.item(index), visit) }
        case .mapping(let entries):
            for entry in entries {
                visit(entry.keyMark, path.key(entry.key))
                entry.value.search(path.key(entry.key), visit)
            }
        }
    }
}
