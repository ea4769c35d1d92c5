import Scenario
import TerminalKit

/// Which keys do what: the one table behind the keyboard, the footers and the page of keys.
public enum KeyMap {
    public struct Binding: Sendable {
        public var command: Command
        public var keys: [Key]
        /// How the key is written for people.
        public var shown: (unicode: String, ascii: String)

        init(_ command: Command, _ keys: Key..., shown: String, ascii: String? = nil) {
            self.command = command
            self.keys = keys
            self.shown = (shown, ascii ?? shown)
        }
    }

    public static let bindings: [Binding] = [
        Binding(.playPause, .character(" "), shown: "space"),
        Binding(.back, .left, shown: "←", ascii: "left"),
        Binding(.forward, .right, shown: "→", ascii: "right"),
        Binding(.previousMark, .character("["), shown: "["),
        Binding(.nextMark, .character("]"), shown: "]"),
        Binding(.scrubBack, .character(","), shown: ","),
        Binding(.scrubForward, .character("."), shown: "."),
        Binding(.toStart, .character("g"), .home, shown: "g"),
        Binding(.toEnd, .character("G"), .end, shown: "G"),
        Binding(.goTo, .character(":"), shown: ":"),
        Binding(.slower, .character("<"), shown: "<"),
        Binding(.faster, .character(">"), shown: ">"),

        Binding(.nextPanel, .tab, shown: "tab"),
        Binding(.previousPanel, .backTab, shown: "shift-tab"),
        Binding(.up, .up, shown: "↑", ascii: "up"),
        Binding(.down, .down, shown: "↓", ascii: "down"),
        Binding(.scrollUp, .character("k"), shown: "k"),
        Binding(.scrollDown, .character("j"), shown: "j"),
        Binding(.pageUp, .pageUp, shown: "pgup"),
        Binding(.pageDown, .pageDown, shown: "pgdn"),
        Binding(.zoom, .character("z"), shown: "z"),
        Binding(.why, .character("e"), shown: "e"),
        Binding(.trueTimes, .character("t"), shown: "t"),

        Binding(.nextControl, .character("c"), shown: "c"),
        Binding(.lower, .character("-"), shown: "-"),
        Binding(.raise, .character("+"), shown: "+"),
        Binding(.fault, .character("f"), shown: "f"),
        Binding(.undo, .character("u"), shown: "u"),
        Binding(.redo, .character("r"), shown: "r"),
        Binding(.reset, .character("R"), shown: "R"),
        Binding(.compare, .character("="), shown: "="),
        Binding(.nextDifference, .character("d"), shown: "d"),

        Binding(.nextStep, .character("n"), shown: "n"),
        Binding(.previousStep, .character("p"), shown: "p"),
        Binding(.hint, .character("h"), shown: "h"),
        Binding(.confirm, .enter, shown: "enter"),
        Binding(.watchIt, .character("w"), shown: "w"),
        Binding(.solution, .character("s"), shown: "s"),

        Binding(.addPart, .character("a"), shown: "a"),
        Binding(.removePart, .character("x"), .delete, shown: "x"),
        Binding(.saveFile, .character("W"), shown: "W"),
        Binding(.share, .character("Y"), shown: "Y"),

        Binding(.black, .character("b"), shown: "b"),
        Binding(.faultList, .character("F"), shown: "F"),
        Binding(.timer, .character("T"), shown: "T"),
        Binding(.zeroTimer, .character("Z"), shown: "Z"),
        Binding(.detach, .character("D"), shown: "D"),

        Binding(.outline, .character("o"), shown: "o"),
        Binding(.glossary, .character("i"), shown: "i"),
        Binding(.sheet, .character("S"), shown: "S"),

        Binding(.search, .character("/"), shown: "/"),
        Binding(.record, .character("y"), shown: "y"),
        Binding(.problems, .character("!"), shown: "!"),
        Binding(.language, .character("l"), .character("L"), shown: "l"),
        Binding(.help, .character("?"), .function(1), shown: "?"),
        Binding(.close, .character("q"), .escape, shown: "q"),
        Binding(.quit, .control("c"), shown: "ctrl-c"),
    ]

    /// What a key does, if anything.
    public static func command(for key: Key) -> Command? {
        bindings.first { $0.keys.contains(key) }?.command
    }

    /// How the keys of some commands are written: `← →`.
    public static func keys(_ commands: [Command], _ repertoire: GlyphRepertoire) -> String {
        let found = commands.compactMap { command in bindings.first { $0.command == command } }
        return found.map { repertoire == .unicode ? $0.shown.unicode : $0.shown.ascii }.joined(separator: " ")
    }
}
