import NcursesTerminal
import Scenario
import TerminalKit
import Workshop

/// `ensayo doctor --keys`: what arrives of the keys that somebody presses.
struct KeyTest {
    /// The keys that Ensayo's commands are on, but for letters.
    static let wanted: [Key] = [
        .up, .down, .left, .right, .enter, .tab, .backTab, .character(" "), .escape, .backspace, .delete, .home, .end,
        .pageUp, .pageDown,
    ]

    let language: Language
    let glyphs: Glyphs
    var size: Size
    /// The last ones, the newest last.
    private(set) var pressed: [Key] = []
    private(set) var seen: Set<Key> = []
    private(set) var isOver = false

    init(language: Language, glyphs: Glyphs, size: Size) {
        self.language = language
        self.glyphs = glyphs
        self.size = size
    }

    mutating func press(_ key: Key) {
        if key == .character("q") || key == .control("c") { isOver = true }
        seen.insert(key)
        pressed = (pressed + [key]).suffix(12)
    }

    func view() -> Frame {
        var frame = Frame(size: size)
        let title = LocalizedText(
            en: "Press keys: their names appear below. q leaves.", es: "Pulsa teclas: abajo salen sus nombres. q sale.")
        let rest = LocalizedText(en: "Not seen yet", es: "Aún no vistas")
        let newest = LocalizedText(en: "Pressed", es: "Pulsadas")
        let missing = Self.wanted.filter { !seen.contains($0) }.map(\.description)
        let lines: [(String, Style)] = [
            (title(language), Style(.title)), ("", .text),
            ("\(newest(language)): " + pressed.map(\.description).joined(separator: " "), .text), ("", .text),
            ("\(rest(language)): " + missing.joined(separator: " "), .text),
        ]
        var y = 0
        for (text, style) in lines {
            for line in StyledText(text, style).wrapped(to: max(1, size.width - 2)) where y < size.height {
                frame.write(line, x: 1, y: y)
                y += 1
            }
        }
        return frame
    }

    /// Runs it until `q`, Ctrl-C, or the terminal is gone. Returns the keys that came.
    static func run(_ language: Language) throws(Failure) -> Set<Key> {
        let terminal: NcursesTerminal
        do throws(NcursesError) { terminal = try NcursesTerminal(theme: .ensayo) } catch {
            throw .badInput("terminal", lines: error.description)
        }
        defer { terminal.close() }
        var test = KeyTest(language: language, glyphs: terminal.repertoire.glyphs, size: terminal.size)
        while !test.isOver {
            terminal.show(test.view())
            switch terminal.nextEvent(within: nil) {
            case .key(let key): test.press(key)
            case .resize(let size): test.size = size
            case .quit, nil: return test.seen
            default: continue
            }
        }
        return test.seen
    }
}
