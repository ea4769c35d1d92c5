/// A text in each language of the workshop.
public struct LocalizedText: Hashable, Sendable {
    public var en: String
    public var es: String

    public init(en: String, es: String) {
        self.en = en
        self.es = es
    }

    /// The same text in both languages: a name, a number.
    public init(_ text: String) { self.init(en: text, es: text) }
}
