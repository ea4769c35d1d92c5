import TerminalKit

/// What is not the same in two sets of golden frames, for people.
public struct GoldenDiff: Sendable {
    /// Why a frame differs.
    public enum Cause: String, CaseIterable, Hashable, Sendable {
        /// The run is another one: the simulation changed.
        case run
        /// The same run, other text.
        case text
        /// The same text in other styles.
        case style
        /// A frame that only one side has, or under another heading.
        case story
        /// Frames between the named ones.
        case unseen
    }

    public struct Difference: Sendable {
        public var cause: Cause
        public var heading: String
        /// The rows that differ, old over new.
        public var details: [String]
    }

    public let differences: [Difference]

    public init(old: GoldenFile, new: GoldenFile) {
        var found: [Difference] = []
        for index in 0..<max(old.entries.count, new.entries.count) {
            let before = index < old.entries.count ? old.entries[index] : nil
            let after = index < new.entries.count ? new.entries[index] : nil
            if let difference = Self.difference(before, after) { found.append(difference) }
        }
        if found.isEmpty, old.head != new.head {
            found.append(Difference(cause: .unseen, heading: "the screens between the frames", details: old.head.map { "- \($0)" } + new.head.map { "+ \($0)" }))
        }
        differences = found
    }

    private static func difference(_ old: GoldenFile.Entry?, _ new: GoldenFile.Entry?) -> Difference? {
        guard let old, let new else {
            return (old ?? new).map { entry in
                Difference(cause: .story, heading: entry.heading, details: [old == nil ? "+ a new frame" : "- the frame is gone"])
            }
        }
        if old == new { return nil }
        let rows = changes(old.frame, new.frame)
        let cause: Cause =
            if old.run != new.run { .run } else if textRows(old.frame) != textRows(new.frame) { .text }
            else if old.frame != new.frame { .style } else { .story }
        let details = cause == .story ? ["- \(old.heading)", "+ \(new.heading)"] : rows
        return Difference(cause: cause, heading: new.heading, details: details)
    }

    private static func textRows(_ frame: String) -> [Substring] {
        frame.split(separator: "\n").filter { $0.hasPrefix("|") }
    }

    /// Lines that differ, old over new, with carets under the columns.
    private static func changes(_ old: String, _ new: String) -> [String] {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        guard textRows(old).count == textRows(new).count else {
            return ["- \(textRows(old).count) rows", "+ \(textRows(new).count) rows"]
        }
        // Rows stand in the same places; the lines about styles may not.
        let rows = textRows(old).count
        var lines: [String] = []
        for index in 0..<rows where before[index] != after[index] {
            lines += ["\(index + 1)", "- \(before[index])", "+ \(after[index])", "  \(carets(before[index], after[index]))"]
        }
        let gone = Set(before.dropFirst(rows)).subtracting(after.dropFirst(rows))
        let come = Set(after.dropFirst(rows)).subtracting(before.dropFirst(rows))
        lines += before.dropFirst(rows).filter { gone.contains($0) }.map { "- \($0)" }
        lines += after.dropFirst(rows).filter { come.contains($0) }.map { "+ \($0)" }
        return lines
    }

    private static func carets(_ old: Substring, _ new: Substring) -> String {
        let (old, new) = (Array(old), Array(new))
        let marks = (0..<max(old.count, new.count)).map { index -> Character in
            index < old.count && index < new.count && old[index] == new[index] ? " " : "^"
        }
        return String(marks)
    }

    /// `2 frames differ: 1 run, 1 text`.
    public var summary: String {
        let counts = Cause.allCases.map { cause in (cause, differences.count { $0.cause == cause }) }
        let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
        return "\(differences.count == 1 ? "1 frame differs" : "\(differences.count) frames differ"): \(parts.joined(separator: ", "))"
    }

    public var text: String {
        ([summary] + differences.flatMap { ["", "\($0.heading)   (\($0.cause.rawValue))"] + $0.details }).joined(separator: "\n")
    }
}
