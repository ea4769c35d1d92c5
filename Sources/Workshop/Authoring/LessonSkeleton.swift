import Scenario
import TerminalKit

/// A new lesson to begin with: the one that is kept among the assets, under a name of its own.
public struct LessonSkeleton: Sendable {
    /// Where it is kept, below the assets.
    public static let folder = "skeleton/01-new-lesson"
    public static let files = [LessonSource.yamlName, "en.md", "es.md", "replays/first-visit.replay"]

    private static let id = "new-lesson"
    private static let title = LocalizedText(en: "New lesson", es: "Lección nueva")
    private static let longestID = 40

    private let id: String
    private let title: LocalizedText
    /// Where editors find what a `lesson.yaml` may hold.
    private let schema: String?

    /// Throws ``ScenarioError`` when the id or a title cannot be used, with an id that can.
    ///
    /// - Parameters:
    ///   - title: in English, Spanish, or both; what is not given is made from the other, or from the id.
    ///   - schema: path of `lesson.schema.json` as seen from the lesson's folder.
    public init(id: String, title: String?, spanish: String?, schema: String?) throws(ScenarioError) {
        if !Self.isID(id) {
            let near = Self.id(from: id)
            throw Self.problem(
                "\(SafeText.quoted(id)) cannot be a lesson's id",
                near.isEmpty
                    ? "ids have small letters, digits and -, and begin with a letter: queue-basics" : "use \(near)")
        }
        let words = id.replacing("-", with: " ")
        let english = title ?? spanish ?? words.prefix(1).uppercased() + words.dropFirst()
        self.id = id
        self.title = LocalizedText(en: english, es: spanish ?? english)
        self.schema = schema
        for text in [self.title.en, self.title.es] where text.isEmpty || SafeText.line(text) != text {
            throw Self.problem("\(SafeText.quoted(text)) cannot be a title", "titles have letters in one line")
        }
        let limit = LabelLint.lessonWidth
        for text in [self.title.en, self.title.es] where Text.width(text) > limit {
            throw Self.problem(
                "the title \(SafeText.quoted(text)) takes \(Text.width(text)) columns, and \(limit) are allowed",
                "say it shorter")
        }
    }

    private static func problem(_ message: String, _ suggestion: String) -> ScenarioError {
        ScenarioError(problems: [Problem(file: "ensayo new", message: message, suggestion: suggestion)])
    }

    static func isID(_ text: String) -> Bool { !text.isEmpty && text == id(from: text) }

    /// The id that somebody probably means: `Queue basics`, `15-queue-basics`.
    static func id(from text: String) -> String {
        let letters = text.folded.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let words = String(letters).split(separator: "-").drop { $0.allSatisfy(\.isNumber) }
        let id = words.joined(separator: "-").drop { !$0.isLetter }
        return String(id.prefix(longestID))
    }

    /// A file of the new lesson, from that of the one that is kept.
    public func renamed(_ text: String, file: String) -> String {
        let isYAML = file == LessonSource.yamlName
        let english = isYAML ? Self.quoted(title.en) : title.en
        let spanish = isYAML ? Self.quoted(title.es) : title.es
        let old = isYAML ? (Self.quoted(Self.title.en), Self.quoted(Self.title.es)) : (Self.title.en, Self.title.es)
        let text = text.replacing(Self.id, with: id).replacing(old.0, with: english).replacing(old.1, with: spanish)
        guard isYAML, let schema else { return text }
        return "# yaml-language-server: $schema=\(schema)\n" + text
    }

    /// As YAML writes it between double quotes.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
