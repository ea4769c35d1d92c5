import Testing

@testable import TerminalKit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct WidthTests {
    static let bases = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter { Repertoire.baseWidth($0) != nil }
    static let marks = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter(Repertoire.isMark)

    #if canImport(Glibc)
        /// Swift does not see `wcwidth`, so the loader finds it.
        @Test func widthsAreThoseOfTheCLibrary() throws {
            let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
            let before = uselocale(locale)
            defer {
                uselocale(before)
                freelocale(locale)
            }
            let symbol = try #require(dlsym(nil, "wcwidth"))
            let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
            var different: [String] = []
            #expect(Self.bases.count > 100_000 && Self.marks.count > 1000)
            for scalar in Self.bases + Self.marks {
                let width = Repertoire.baseWidth(scalar) ?? 0
                let theirs = wcwidth(wchar_t(scalar.value))
                if theirs != width { different.append("U+\(String(scalar.value, radix: 16)): \(width), not \(theirs)") }
            }
            #expect(different.isEmpty, "\(different.prefix(20))")
        }
    #endif

    /// Else a row of cells, read as one text, would be other cells.
    @Test func acceptedCharactersNeverJoinTheirNeighbours() {
        var joining: [String] = []
        for scalar in Self.bases where scalar.value < 0x20000 && !(0x4E00...0x9FFF).contains(scalar.value) {
            for neighbour in ["한", "क"] {
                if "\(neighbour)\(scalar)".count != 2 || "\(scalar)\(neighbour)".count != 2 {
                    joining.append("U+\(String(scalar.value, radix: 16)) beside \(neighbour)")
                }
            }
        }
        #expect(joining.isEmpty, "\(joining.prefix(20))")
        var grasping: [String] = []
        for mark in Self.marks {
            if "क\(mark)क".count != 2 || "a\(mark)a".count != 2 {
                grasping.append("U+\(String(mark.value, radix: 16))")
            }
        }
        #expect(grasping.isEmpty, "\(grasping)")
    }

    @Test func theFastPathAgreesWithTheRules() {
        for scalar in Self.bases where Repertoire.isPlain(scalar.value) {
            #expect(scalar.properties.age.map { $0 <= Repertoire.newestVersion } == true)
            #expect(CellText.accept(Character(scalar)).width == 1)
            #expect(CellText.accept(Character(scalar)).character == Character(scalar))
        }
    }

    @Test func noBreakSpacesAreBlanks() {
        #expect(Array(CellText("1\u{202F}500\u{A0}ms")).map(\.character) == Array("1 500 ms"))
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("año", 3), ("e\u{301}", 1), ("等級", 4), ("🙂", 2), ("❤️", 1), ("👩‍💻x", 2), ("\u{1B}[2J", 4),
        ("⣿━", 2),
    ])
    func columnsOfAText(_ text: String, _ width: Int) {
        #expect(Text.width(text) == width)
    }

    @Test(arguments: [
        ("latency", 7, "latency"), ("latency", 6, "laten…"), ("latency", 1, "…"), ("latency", 0, ""), ("", 3, ""),
        ("等等等", 5, "等等…"), ("等等等", 4, "等…"), ("等等", 4, "等等"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func cutting(_ text: String, _ width: Int, _ expected: String) {
        #expect(Text.truncate(text, to: width) == expected)
    }

    @Test func filling() {
        #expect(Text.pad("ab", to: 5) == "ab   ")
        #expect(Text.pad("ab", to: 5, .right) == "   ab")
        #expect(Text.pad("ab", to: 5, .centre) == " ab  ")
        #expect(Text.pad("等等等", to: 4, .right) == " 等…")
        #expect(Text.pad("abc", to: 2, ellipsis: "~") == "a~")
    }
}
