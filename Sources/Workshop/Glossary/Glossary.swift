import Scenario

/// The terms of the field that the lessons use.
public struct Glossary: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var id: String
        public var name: LocalizedText
        /// Other names, by language.
        public var aliases: Aliases
        /// What the texts say where they name it otherwise: found like a name, and not shown as one.
        public var forms: Aliases
        /// One to three sentences.
        public var meaning: LocalizedText
        /// Ids of terms.
        public var see: [String]
        /// Ids of the lessons that teach it.
        public var lessons: [String]

        /// Whatever leads to it.
        func wordings(_ language: Language) -> [String] {
            [name(language)] + aliases(language) + forms(language)
        }
    }

    public struct Aliases: Hashable, Sendable {
        public var english: [String]
        public var spanish: [String]

        func callAsFunction(_ language: Language) -> [String] { language == .english ? english : spanish }
    }

    public var terms: [Term]

    public init(terms: [Term] = []) { self.terms = terms }

    /// Takes those of another whose ids it has not.
    mutating func add(_ more: Glossary) { terms += more.terms.filter { self[$0.id] == nil } }

    public subscript(id: String) -> Term? { terms.first { $0.id == id } }

    /// In the order of the alphabet of a language.
    func sorted(_ language: Language) -> [Term] {
        terms.sorted { ($0.name(language).folded, $0.id) < ($1.name(language).folded, $1.id) }
    }
}
