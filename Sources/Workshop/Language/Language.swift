import Scenario

/// The languages of the workshop.
public enum Language: String, CaseIterable, Hashable, Sendable, Codable {
    case english = "en"
    case spanish = "es"

    /// The language that `LC_ALL`, `LC_MESSAGES` or `LANG` asks for; English unless it is Spanish.
    public init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.lowercased().hasPrefix("es") == true ? .spanish : .english
    }

    public var other: Language { self == .english ? .spanish : .english }

    /// The text in this language.
    func text(_ english: String, _ spanish: String) -> String { self == .english ? english : spanish }
}

extension LocalizedText {
    /// The text in one language.
    public func callAsFunction(_ language: Language) -> String { language == .english ? en : es }
}
