/// Reads Mermaid's sequence diagrams, as of Mermaid 11.
///
/// Accepted and without meaning here: front matter but its `title`, directives (`%%{init: ...}%%`), `properties`,
/// `details`, and the prefixes `wrap:` and `nowrap:` of texts. As in Mermaid a text ends at a semicolon and at a `#`
/// that begins no code; they are written `#59;` and `#35;`.
///
/// Stricter than Mermaid where a picture would make no sense: a participant cannot be used once destroyed, and a
/// `create` or `destroy` needs its message. More lenient in that letters of every alphabet are part of a word, and in
/// that the columns of a box are brought together.
public enum DiagramReader {
    /// In bytes of UTF-8: 16 MiB.
    public static let maximumBytes = 1 << 24
    public static let maximumMessages = 100_000
    public static let maximumDepth = 1_000
    public static let maximumParticipants = 1_000
    /// A text is read on after a problem, up to so many.
    public static let maximumProblems = 20

    /// The diagram that a text describes. Throws every problem found, each with its place. O(n).
    public static func read(_ text: String) throws(DiagramError) -> Diagram {
        guard text.utf8.count <= maximumBytes else {
            let problem = DiagramProblem(position: .unknown, message: "the text is larger than 16 MiB")
            throw DiagramError(problems: [problem])
        }
        var parser = DiagramParser(DiagramSource(text))
        return try parser.diagram()
    }
}
