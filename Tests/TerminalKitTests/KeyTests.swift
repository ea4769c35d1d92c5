import TerminalKit
import Testing

@Suite struct KeyTests {
    @Test(arguments: [
        (Key.character("a"), "a"), (.character("A"), "A"), (.character("+"), "+"), (.character("-"), "-"),
        (.character(" "), "space"),
        (.character("ñ"), "ñ"), (.control("c"), "ctrl-c"), (.control(" "), "ctrl-space"), (.backTab, "shift-tab"),
        (.tab, "tab"),
        (.left, "left"), (.pageDown, "pagedown"), (.escape, "escape"), (.function(1), "f1"), (.function(12), "f12"),
        (.character("f"), "f"), (.enter, "enter"), (.delete, "delete"), (.control("-"), "ctrl--"), (.home, "home"),
    ])
    func namesGoBothWays(_ key: Key, _ name: String) {
        #expect(key.description == name)
        #expect(Key(name) == key)
    }

    @Test(arguments: [
        "", "ctrl-", "ctrl-ab", "ctrl-C", "f0", "f64", "f01", "lft", "\u{1B}", "👩‍💻", "ctrl-\u{1B}", "Space",
    ])
    func whatIsNoKeyIsRefused(_ name: String) {
        #expect(Key(name) == nil)
    }

    @Test func othersNamesAreUnderstood() {
        #expect(Key("esc") == .escape)
        #expect(Key("return") == .enter)
        #expect(Key("page-up") == .pageUp)
    }
}
