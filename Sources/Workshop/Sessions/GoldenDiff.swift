import Scenario
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
            let heads = old.head.map { "- \($0)" } + new.head.map { "+ \($0)" }
            found.append(Difference(cause: .unseen, heading: "the screens between the frames", details: heads))
        }
        differences = found
    }

    private static func difference(_ old: GoldenFile.Entry?, _ new: GoldenFile.Entry?) -> Difference? {
        guard let old, let new else {
            let details = [old == nil ? "+ a new frame" : "- the frame is gone"]
            return (old ?? new).map { Difference(cause: .story, heading: $0.heading, details: details) }
        }
        if old == new { return nil }
        let rows = changes(old.frame, new.frame)
        let cause: Cause =
            if old.run != new.run { .run } else if textRows(old.frame) != textRows(new.frame) {
                .text
            } else if old.frame != new.frame { .style } else { .story }
        let details = cause == .story ? ["- \(old.heading)", "+ \(new.heading)"] : rows
        return Difference(cause: cause, heading: new.heading, details: details)
    }

    private static func textRows(_ frame: String) -> [Substring] {
        frame.split(separator: "\n").filter { $0.hasPrefix("|") }
    }

    /// Lines that differ, old over new, with carets under the columns.
    private static func changes(_ old: String, _ new: String) -> [String] {
        let (before, after) = (textRows(old), textRows(new))
        guard before.count == after.count else { return ["- \(before.count) rows", "+ \(after.count) rows"] }
        var lines: [String] = []
        for index in before.indices where before[index] != after[index] {
            lines += [
                "row \(index + 1)", "- \(before[index])", "+ \(after[index])",
                "  \(carets(before[index], after[index]))",
            ]
        }
        return lines + styleChanges(old, new)
    }

    /// The lines about styles that only one side has.
    private static func styleChanges(_ old: String, _ new: String) -> [String] {
        let before = old.split(separator: "\n").filter { !$0.hasPrefix("|") }
        let after = new.split(separator: "\n").filter { !$0.hasPrefix("|") }
        let (known, wanted) = (Set(before), Set(after))
        return before.filter { !wanted.contains($0) }.map { "- \($0)" }
            + after.filter { !known.contains($0) }.map { "+ \($0)" }
    }

    /// A caret under each column that differs.
    private static func carets(_ old: Substring, _ new: Substring) -> String {
        let (old, new) = (columns(old), columns(new))
        let marks = (0..<max(old.count, new.count)).map { index -> Character in
            index < old.count && index < new.count && old[index] == new[index] ? " " : "^"
        }
        let text = String(marks)
        return String(
            text.prefix(text.lastIndex(of: "^").map { text.distance(from: text.startIndex, to: $0) + 1 } ?? 0))
    }

    /// The character in each column; a wide one stands in both of its columns.
    private static func columns(_ row: Substring) -> [Character] {
        row.flatMap { Array(repeating: $0, count: max(1, Text.width(String($0)))) }
    }

    /// `2 frames differ: 1 run, 1 text`.
    public var summary: String {
        let counts = Cause.allCases.map { cause in (cause, differences.count { $0.cause == cause }) }
        let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        return "\(differences.count == 1 ? "1 frame differs" : "\(differences.count) frames differ"): \(parts)"
    }

    /// The differences for people. Golden files may hold anything: nothing of it acts on a terminal.
    public var text: String {
        let lines = [summary] + differences.flatMap { ["", "\($0.heading)   (\($0.cause.rawValue))"] + $0.details }
        return lines.map(SafeText.line).joined(separator: "\n")
    }
}
