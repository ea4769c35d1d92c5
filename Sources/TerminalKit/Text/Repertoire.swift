/// Which scalars every terminal shows alike, and how many columns each takes.
///
/// A scalar is accepted when glibc's `wcwidth`, East Asian Width (Unicode Standard Annex 11) and common terminals agree
/// on its width. Left out are scalars younger than Unicode 13 (a C library may not know), those whose width changed
/// between versions, joiners, variation selectors, direction controls, spacing marks and conjoining jamo.
enum Repertoire {
    /// Shown in place of anything else. One column.
    static let replacement: Character = "\u{FFFD}"
    static let newestVersion = (major: 13, minor: 0)
    static let mostMarks = 4

    /// Scalars that never join with a neighbour of the same kind and take one column: the fast path.
    @inline(__always)
    static func isPlain(_ value: UInt32) -> Bool {
        if value < 0x7F { return value >= 0x20 }
        if value < 0x300 { return value > 0xA0 && value != 0xAD }
        return (value >= 0x2500 && value < 0x25FD) || (value >= 0x2800 && value < 0x2900)
            || (value >= 0x2190 && value < 0x2200)
    }

    /// Columns of a base scalar; `nil`: not accepted as one.
    static func baseWidth(_ scalar: Unicode.Scalar) -> Int? {
        if isPlain(scalar.value) { return 1 }
        guard isKnown(scalar) else { return nil }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
            return isWide(scalar.value) ? 2 : 1
        default:
            return nil
        }
    }

    /// Whether a scalar may follow a base without taking a column.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300, isKnown(scalar) else { return false }
        let category = scalar.properties.generalCategory
        return category == .nonspacingMark || category == .enclosingMark
    }

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        guard let age = scalar.properties.age, age <= newestVersion else { return false }
        return !scalar.properties.isDefaultIgnorableCodePoint && !contains(disputed, scalar.value)
    }

    private static func isWide(_ value: UInt32) -> Bool {
        value >= 0x1100 && contains(wideRanges, value)
    }

    private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }
}

/// The accepted characters of a text, each with its columns; what is not accepted comes out as `�`.
///
/// Kinds of blank one column wide (no-break space and the like) come out as a plain space.
struct CellText: Sequence, IteratorProtocol {
    private let text: String
    private var index: String.UnicodeScalarView.Index
    private let end: String.UnicodeScalarView.Index

    init(_ text: String) {
        self.text = text
        index = text.unicodeScalars.startIndex
        end = text.unicodeScalars.endIndex
    }

    mutating func next() -> (character: Character, width: Int)? {
        guard index != end else { return nil }
        let scalars = text.unicodeScalars
        let scalar = scalars[index]
        let following = scalars.index(after: index)
        if Repertoire.isPlain(scalar.value), following == end || Repertoire.isPlain(scalars[following].value) {
            index = following
            return (Character(scalar), 1)
        }
        let character = text[index]
        index = text.index(after: index)
        return Self.accept(character)
    }

    /// The character as a cell may hold it.
    static func accept(_ character: Character) -> (character: Character, width: Int) {
        let scalars = character.unicodeScalars
        if let only = scalars.first, Repertoire.isPlain(only.value), scalars.count == 1 { return (character, 1) }
        guard let base = scalars.first, scalars.count <= 1 + Repertoire.mostMarks,
            let width = Repertoire.baseWidth(base), scalars.dropFirst().allSatisfy(Repertoire.isMark)
        else { return (Repertoire.replacement, 1) }
        if width == 1, base.properties.generalCategory == .spaceSeparator {
            return scalars.count == 1 ? (" ", 1) : (Repertoire.replacement, 1)
        }
        return (character, width)
    }
}
