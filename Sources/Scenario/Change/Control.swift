/// A value of the scenario that a student may change.
public struct Control: Hashable, Sendable {
    public var path: String
    public var label: LocalizedText
    public var range: Range

    public init(path: String, label: LocalizedText, range: Range) {
        self.path = path
        self.label = label
        self.range = range
    }

    /// What it can be set to: values as written in YAML, in order. `from`, `to` and `step` are expanded on reading.
    public struct Range: Hashable, Sendable {
        public var values: [String]
        public init(values: [String]) { self.values = values }
    }
}

/// A moment worth stopping at.
public struct Mark: Hashable, Sendable {
    public var at: Duration
    public var label: LocalizedText

    public init(at: Duration, label: LocalizedText) {
        self.at = at
        self.label = label
    }
}
