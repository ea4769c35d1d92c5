import Synchronization
import TerminalKit

/// Texts as they were laid out: the same in each frame that shows them, and in each session of a lesson.
final class TextLayouts: Sendable {
    struct Key: Hashable {
        var blocks: [MarkdownBlock]
        var width: Int
        var glyphs: GlyphRepertoire
        var language: Language
        /// The step whose figures stand in it.
        var step: String?
    }

    /// Layouts kept at most: a few for each step of a lesson. A terminal that is being resized makes many.
    private static let capacity = 200
    private let known = Mutex<[Key: [MarkdownRenderer.Group]]>([:])

    func groups(_ key: Key, layOut: () -> [MarkdownRenderer.Group]) -> [MarkdownRenderer.Group] {
        if let groups = known.withLock({ $0[key] }) { return groups }
        let groups = layOut()
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[key] = groups
        }
        return groups
    }
}
