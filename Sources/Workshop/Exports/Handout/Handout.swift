import Analysis
import TerminalKit

/// A document for paper and browsers: what a lesson or a run says and shows, with its figures filled in.
///
/// It is plain data: ``HandoutHTML`` and ``HandoutMarkdown`` write it.
public struct Handout: Sendable {
    public enum Block: Sendable {
        /// Text of the lesson, its figures filled in.
        case text([MarkdownBlock])
        case line(String)
        case heading(String)
        case list([String], isNumbered: Bool = false)
        case table(header: [String], rows: [[String]])
        /// What is read after thinking: an answer, a hint.
        case folded(title: String, [Block])
        case picture(Picture)
        case chart(FlowChart)
        case code([String])
    }

    /// Panels of a run at a moment.
    public struct Picture: Sendable {
        public var frame: Frame
        public var caption: String
        /// The request on it, as a Mermaid diagram; `nil`: it is not about one.
        public var diagram: String?
    }

    public struct Section: Sendable {
        /// For links: letters, digits and dashes.
        public var id: String
        public var title: String
        /// What kind of step it is; empty: none.
        public var note = ""
        public var blocks: [Block]
    }

    public var language: Language
    public var title: String
    /// What stands under the title.
    public var facts: [String]
    public var sections: [Section]
}
