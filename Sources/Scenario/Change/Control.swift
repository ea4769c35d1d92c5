/// A value of the scenario that a student may change.
public struct Control: Hashable, Sendable {
    public var path: String
    public var label: LocalizedText
    public var range: Range
    /// What people call values that do not speak for themselves, by the value as it is written.
    public var labels: [String: LocalizedText]

    public init(path: String, label: LocalizedText, range: Range, labels: [String: LocalizedText] = [:]) {
        self.path = path
        self.label = label
        self.range = range
        self.labels = labels
    }

    /// What it can be set to: values as written in YAML, in order. `from`, `to` and `step` are expanded on reading.
    public struct Range: Hashable, Sendable {
        public var values: [String]
        public init(values: [String]) { self.values = values }

        /// Whether it can be set to this, however that is written: `0.5s` is `500ms`.
        public func offers(_ value: String) -> Bool {
            let meant = Stepped(value)
            return values.contains { $0 == value || meant != nil && Stepped($0) == meant }
        }

        /// The values on both sides of one that it cannot be set to; all of them where there is no order.
        public func values(near value: String) -> [String] {
            guard let meant = Stepped(value) else { return values.count <= Self.mostNamed ? values : [] }
            let steps = values.compactMap { text in Stepped(text).map { (text: text, step: $0) } }
                .filter { $0.step.kind == meant.kind }
            let below = steps.filter { $0.step.units < meant.units }.max { $0.step.units < $1.step.units }
            let above = steps.filter { $0.step.units > meant.units }.min { $0.step.units < $1.step.units }
            return [below, above].compactMap { $0?.text }
        }

        private static let mostNamed = 12
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
