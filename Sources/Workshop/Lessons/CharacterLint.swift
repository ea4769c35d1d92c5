import Scenario
import TerminalKit

/// Finds control characters, and what not every terminal shows: emoji sequences, direction marks, other scripts.
///
/// A line in another script is one mistake: each kind is told once a line, for the first such piece of it.
struct CharacterLint {
    private let source: SourceText

    init(_ source: SourceText) { self.source = source }

    func problems() -> [Problem] {
        source.lines.enumerated().flatMap { index, line in
            line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } ? [] : problems(in: line, number: index + 1)
        }
    }

    private func problems(in line: String, number: Int) -> [Problem] {
        var pieces: [Piece] = []
        var column = 1
        for character in line {
            let next = column + character.unicodeScalars.count
            if let kind = Self.kind(of: character) {
                if let place = pieces.firstIndex(where: { $0.kind == kind }) {
                    pieces[place].add(character, at: column, before: next)
                } else {
                    pieces.append(Piece(kind: kind, start: column, end: next, text: String(character)))
                }
            }
            column = next
        }
        return pieces.map { piece in
            let mark = source.mark(line: number, column: piece.start, length: piece.end - piece.start)
            let more = piece.more == 0 ? "" : ", and \(piece.more) more letter\(piece.more == 1 ? "" : "s") of the line"
            return mark.problem(piece.kind.message(piece.text) + more, suggestion: piece.kind.suggestion)
        }
    }

    /// What is wrong with a character; `nil`: every terminal shows it.
    private static func kind(of character: Character) -> Kind? {
        if character == "\t" { return .tab }
        if !isShown(character) { return .hidden }
        if character.unicodeScalars.contains(where: isRightToLeft) { return .rightToLeft }
        return character.isWhitespace || Text.hasLikeness(character) ? nil : .unlike
    }

    /// Whether a frame shows the character itself, not a stand-in.
    static func isShown(_ character: Character) -> Bool {
        if character.isASCII { return character >= " " && character != "\u{7f}" }
        let shown = Text.truncate(String(character), to: 4)
        return shown == String(character) || shown == " "
    }

    /// Hebrew, Arabic and their neighbours.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff: true
        default: false
        }
    }
}

extension CharacterLint {
    /// Characters of one kind that stand side by side.
    private struct Piece {
        let kind: Kind
        let start: Int
        /// The column behind it.
        var end: Int
        var text: String
        /// How many of its kind the line has besides.
        var more = 0

        mutating func add(_ character: Character, at column: Int, before next: Int) {
            guard column == end else {
                more += 1
                return
            }
            end = next
            text.append(character)
        }
    }

    private enum Kind {
        case tab, hidden, rightToLeft, unlike

        func message(_ text: String) -> String {
            switch self {
            case .tab: "a tab takes another width on every terminal"
            case .hidden: "not every terminal shows \(Self.codes(text)) alike"
            case .rightToLeft:
                "\(SafeText.quoted(text)) is read from right to left, which not every terminal does"
            case .unlike: "a terminal without Unicode has nothing like \(SafeText.quoted(text))"
            }
        }

        var suggestion: String {
            switch self {
            case .tab: "use spaces"
            case .hidden, .unlike: "write it with other characters"
            case .rightToLeft: "write it in Latin letters"
            }
        }

        /// A picture can take many scalars; a few tell which one is meant.
        private static func codes(_ text: String) -> String {
            let codes = text.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
            return codes.prefix(8).joined(separator: " ") + (codes.count > 8 ? " …" : "")
        }
    }
}
