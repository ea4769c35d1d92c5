import TerminalKit

/// What a session says line by line: every key, and the sentences that followed it.
public struct Transcript: Sendable {
    /// A key or another action, and what was said after it.
    public struct Passage: Hashable, Sendable {
        public var after: String
        public var sentences: [String]
        /// Whether those who see were shown something else.
        public var changesScreen: Bool
    }

    public private(set) var passages: [Passage] = []
    /// Texts that the screen shows at that point and nobody hears: the line of the script, and the text.
    public private(set) var gaps: [Gap] = []
    private let narrator = Narrator()
    private var told: Telling?
    /// Said on the page that is open: listeners can have it in mind.
    private var saidHere: [String] = []
    private var page: String?

    public struct Gap: Hashable, Sendable {
        public var line: Int
        public var text: String
    }

    init() {}

    /// The workshop after an action, and its screen.
    mutating func tell(_ app: App, on frame: Frame, after action: String) {
        let telling = Telling(app, on: frame)
        var sentences = narrator.news(from: told, to: telling)
        // All that changed is that what was told in the footer has gone.
        if sentences.isEmpty, let told, told.app.notice != app.notice {
            sentences = [Words.nothingChanges(app.language)]
        }
        passages.append(Passage(after: action, sentences: sentences, changesScreen: told?.screen != frame))
        if page != app.lesson?.pageName { saidHere = [] }
        page = app.lesson?.pageName
        saidHere += sentences
        told = telling
    }

    /// Whether a text of the screen is heard too: it was said on this page, or is told when it is asked for.
    mutating func expect(_ text: String, line: Int) {
        guard let told else { return }
        let wanted = Self.letters(of: Speech.plain(text, told.app.language))
        func isHeard(in sentence: String) -> Bool { Self.letters(of: sentence).contains(wanted) }
        if saidHere.contains(where: isHeard) || narrator.everything(told).contains(where: isHeard) { return }
        gaps.append(Gap(line: line, text: text))
    }

    /// What is compared: capitals, signs and how a text is set apart differ between a screen and a sentence.
    private static func letters(of text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}

extension Transcript: CustomStringConvertible {
    /// The session to be read: keys after a `>`, lines of at most so many columns as are said.
    public var description: String {
        passages.flatMap { passage in
            ["> \(passage.after)"] + passage.sentences.flatMap { Speech.lines($0) } + [""]
        }.joined(separator: "\n")
    }
}
