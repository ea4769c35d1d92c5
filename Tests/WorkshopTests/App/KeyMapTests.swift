import TerminalKit
import Testing

@testable import Workshop

/// The one table of keys, and the page that shows it.
@Suite struct KeyMapTests {
    @Test(arguments: Command.allCases) func everyCommandHasAKey(command: Command) {
        let bindings = KeyMap.bindings.filter { $0.command == command }
        #expect(bindings.count == 1)
        let keys = bindings.flatMap(\.keys)
        #expect(!keys.isEmpty)
        for key in keys { #expect(KeyMap.command(for: key) == command, "\(key) does something else") }
    }

    @Test func noKeyDoesTwoThings() {
        let keys = KeyMap.bindings.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    /// What a person reads on the page of keys can be typed, and recorded.
    @Test func shownKeysAreKeys() {
        for binding in KeyMap.bindings {
            #expect(!binding.shown.unicode.isEmpty)
            #expect(binding.shown.ascii.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "\(binding.shown.ascii)")
            for key in binding.keys { #expect(Key(key.description) == key) }
        }
    }

    /// `shift-tab` is told in the words about `tab`.
    @Test func somePageOfKeysTellsOfEveryCommandAndNoneTwice() {
        let pages = [
            KeyPage.student, KeyPage.inMenu, KeyPage.building, KeyPage.teaching, KeyPage.inNotes, [KeyPage.follower],
            [KeyPage.author],
        ]
        for page in pages {
            let told = page.flatMap(\.lines).flatMap(\.commands)
            #expect(Set(told).count == told.count)
            for line in page.flatMap(\.lines) { #expect(!line.label.en.isEmpty && !line.label.es.isEmpty) }
        }
        let told = Set(pages.joined().flatMap(\.lines).flatMap(\.commands))
        #expect(told.union([.previousPanel]) == Set(Command.allCases))
    }

    /// On the smallest screen it takes more pages; nothing is cut.
    @Test(arguments: [Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 61, height: 40)])
    func thePagesOfKeysTellEveryLineWhole(size: Size) {
        for groups in [KeyPage.student, KeyPage.teaching, KeyPage.building, [KeyPage.follower] + KeyPage.student] {
            for language in Language.allCases {
                let view = KeysView(language: language, glyphs: .unicode, groups: groups)
                var rows: [String] = []
                for page in 0..<view.pageCount(in: size) {
                    var frame = Frame(size: size)
                    KeysView(page: page, language: language, glyphs: .unicode, groups: groups).draw(on: &frame)
                    rows += frame.rows
                }
                for line in groups.flatMap(\.lines) {
                    let isTold = rows.contains {
                        $0.contains(line.shownKeys(.unicode) + " ") && $0.contains(line.label(language) + " ")
                    }
                    #expect(isTold, "\(line.label(language)) at \(size.width)x\(size.height)")
                }
            }
        }
    }
}
