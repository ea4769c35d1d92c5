import TerminalKit

/// What the rows of a drawn sequence diagram are.
public enum DiagramMode: String, CaseIterable, Hashable, Sendable {
    /// One message a row, in the order of the text.
    case compact
    /// Time: an arrow falls as far as it takes to arrive, and stretches in which nothing happens are folded.
    /// What was never measured has no time and is drawn ``compact``.
    case time
}

/// How a sequence diagram is drawn.
public struct DiagramStyle: Hashable, Sendable {
    public var mode: DiagramMode
    public var glyphs: Glyphs
    public var language: Language
    /// Columns that it should fit in. Long texts are wrapped to get there; a diagram that cannot is as wide as it must.
    public var width: Int
    /// For little room: names instead of boxes, notes without edges, no title.
    public var isDense: Bool

    public init(
        mode: DiagramMode = .compact, glyphs: Glyphs = .unicode, language: Language = .english, width: Int = 80,
        isDense: Bool = false
    ) {
        self.mode = mode
        self.glyphs = glyphs
        self.language = language
        self.width = width
        self.isDense = isDense
    }

    var numbers: NumberText { NumberText(language, glyphs.repertoire) }

    func text(_ english: String, _ spanish: String) -> String { language.text(english, spanish) }
}
