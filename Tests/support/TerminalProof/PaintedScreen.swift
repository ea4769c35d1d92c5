import TerminalKit

/// What a terminal shows, in words that everything that looks at a terminal can say.
///
/// A row is its text, a unit separator, and the looks that are not plain, as `0-13 fg=4 bg=#102030 bold+dim`. Colours
/// are numbers of the palette or `#rrggbb`.
public struct PaintedScreen: Hashable, Sendable {
    public var rows: [String]
    /// `cursor X Y` or `cursor hidden`; `nil` where nobody looked.
    public var cursor: String?

    public init(size: Size, cursor: String?, cell: (_ x: Int, _ y: Int) -> PaintedCell) {
        self.cursor = cursor
        rows = (0..<size.height).map { y in
            var text = ""
            var runs: [(columns: ClosedRange<Int>, look: String)] = []
            for x in 0..<size.width {
                let cell = cell(x, y)
                text += cell.text
                let look = cell.look
                if let last = runs.last, last.look == look {
                    runs[runs.count - 1].columns = last.columns.lowerBound...x
                } else {
                    runs.append((x...x, look))
                }
            }
            let looks = runs.filter { !$0.look.isEmpty }
                .map { "\($0.columns.lowerBound)-\($0.columns.upperBound) \($0.look)" }
            return text + "\u{1F}" + looks.joined(separator: "; ")
        }
    }

    /// The screens in what a probe or the emulator printed: each after a line `frame N`.
    public static func parse(_ text: String) -> [PaintedScreen] {
        var screens: [PaintedScreen] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("frame "), !line.contains("\u{1F}") {
                screens.append(PaintedScreen(rows: []))
            } else if line.hasPrefix("cursor "), !line.contains("\u{1F}"), !screens.isEmpty {
                screens[screens.count - 1].cursor = String(line)
            } else if line.contains("\u{1F}"), !screens.isEmpty {
                screens[screens.count - 1].rows.append(String(line))
            }
        }
        return screens
    }

    private init(rows: [String]) {
        self.rows = rows
    }

    /// What ``parse(_:)`` reads.
    public func printed(_ number: Int) -> String {
        (["frame \(number)"] + rows + [cursor ?? ""]).joined(separator: "\n") + "\n"
    }

    /// The rows that differ, one over the other; `nil` when all is equal.
    public func difference(from expected: PaintedScreen) -> String? {
        var lines: [String] = []
        if rows.count != expected.rows.count { lines.append("\(rows.count) rows, not \(expected.rows.count)") }
        for (y, (row, other)) in zip(rows, expected.rows).enumerated() where row != other {
            lines.append("row \(y) is        \(row.debugDescription)")
            lines.append("row \(y) should be \(other.debugDescription)")
        }
        if let wanted = expected.cursor, wanted != cursor { lines.append("\(cursor ?? "no cursor"), not \(wanted)") }
        return lines.isEmpty ? nil : lines.prefix(9).joined(separator: "\n")
    }
}

/// A cell as a terminal shows it.
public struct PaintedCell {
    /// Empty: the right half of a wide character.
    public var text: String
    /// `nil`: the terminal's own.
    public var foreground: String?
    public var background: String?
    public var attributes: Attributes

    public init(text: String, foreground: String?, background: String?, attributes: Attributes) {
        self.text = text
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    fileprivate var look: String {
        var words: [String] = []
        // Of a blank that is neither underlined nor reversed, nothing but the background shows.
        let isPlainBlank = text == " " && attributes.isDisjoint(with: [.underline, .reverse])
        if let foreground, !isPlainBlank { words.append("fg=\(foreground)") }
        if let background { words.append("bg=\(background)") }
        if !attributes.isEmpty, !isPlainBlank { words.append(attributes.words) }
        return words.joined(separator: " ")
    }
}

extension Attributes {
    private static let inOrder: [(word: String, attribute: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]

    /// `bold+dim`; `none` of none.
    public var words: String {
        let words = Self.inOrder.filter { contains($0.attribute) }.map(\.word)
        return words.isEmpty ? "none" : words.joined(separator: "+")
    }

    public init(words: some StringProtocol) {
        self = []
        for word in words.split(separator: "+") {
            if let known = Self.inOrder.first(where: { $0.word == word }) { insert(known.attribute) }
        }
    }
}
