/// A piece of a YAML file that knows its place.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// plain: written without quotes, so that `5` is a number and `~` is nothing.
        case scalar(String, plain: Bool)
        case sequence([YAMLNode])
        /// In the file's order; no key twice.
        case mapping([YAMLEntry])
    }

    public var content: Content
    public var mark: SourceMark

    public init(_ content: Content, mark: SourceMark) {
        self.content = content
        self.mark = mark
    }

    /// The text of a scalar, or `nil`.
    public var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The items of a list, or `nil`.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping, or `nil`.
    public var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// Whether nothing was written: `key:`, `~` or `null`.
    public var isNull: Bool {
        if case .scalar(let text, plain: true) = content { Self.nulls.contains(text) } else { false }
    }

    static let nulls = ["", "~", "null", "Null", "NULL"]

    /// The value of a key of a mapping, or `nil`.
    public subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

    /// What stands there, for messages: `"fast"`, `a list`, `nothing`.
    var found: String {
        switch content {
        case .scalar(let text, _): isNull ? "nothing" : SafeText.quoted(text)
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The same behind `y`: `hay "fast"`, `no hay nada`.
    var foundInSpanish: String {
        switch content {
        case .scalar(let text, _): isNull ? "no hay nada" : "hay \(SafeText.quoted(text))"
        case .sequence: "hay una lista"
        case .mapping: "hay varias claves"
        }
    }
}

/// A key of a mapping and its value.
public struct YAMLEntry: Sendable {
    public var key: String
    public var keyMark: SourceMark
    public var value: YAMLNode

    public init(key: String, keyMark: SourceMark, value: YAMLNode) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}
