import Scenario
import TerminalKit

/// Which keys do what: the one table behind the keyboard, the footer and the page of keys.
public struct KeyMap: Sendable {
    public struct Binding: Sendable {
        public var command: Command
        public var keys: [Key]
        /// How the keys are written for people: `← →`. A pair of commands shares one hint.
        public var shown: (unicode: String, ascii: String)
        public var label: LocalizedText
        public var group: Group

        init(
            _ command: Command, _ keys: [Key], _ shown: String, ascii: String? = nil, _ group: Group, en: String, es: String
        ) {
            self.command = command
            self.keys = keys
            self.shown = (shown, ascii ?? shown)
            self.group = group
            label = LocalizedText(en: en, es: es)
        }
    }

    public enum Group: CaseIterable, Hashable, Sendable {
        case time, panels, changes, lesson, workshop

        public var title: LocalizedText {
            switch self {
            case .time: LocalizedText(en: "Time", es: "Tiempo")
            case .panels: LocalizedText(en: "Panels", es: "Paneles")
            case .changes: LocalizedText(en: "Changes", es: "Cambios")
            case .lesson: LocalizedText(en: "Lesson", es: "Lección")
            case .workshop: LocalizedText(en: "Workshop", es: "Taller")
            }
        }
    }

    public static let bindings: [Binding] = [
        Binding(.playPause, [.character(" ")], "space", .time, en: "play, pause", es: "reproducir, pausar"),
        Binding(.back, [.left], "←", ascii: "left", .time, en: "one event back", es: "un evento atrás"),
        Binding(.forward, [.right], "→", ascii: "right", .time, en: "one event forward", es: "un evento adelante"),
        Binding(.previousMark, [.character("[")], "[", .time, en: "previous mark", es: "marca anterior"),
        Binding(.nextMark, [.character("]")], "]", .time, en: "next mark", es: "marca siguiente"),
        Binding(.scrubBack, [.character(",")], ",", .time, en: "back along the timeline", es: "atrás en la línea de tiempo"),
        Binding(.scrubForward, [.character(".")], ".", .time, en: "on along the timeline", es: "adelante en la línea de tiempo"),
        Binding(.toStart, [.home, .character("g")], "g", .time, en: "to the start", es: "al principio"),
        Binding(.toEnd, [.end, .character("G")], "G", .time, en: "to the end", es: "al final"),
        Binding(.slower, [.character("<")], "<", .time, en: "slower", es: "más despacio"),
        Binding(.faster, [.character(">")], ">", .time, en: "faster", es: "más deprisa"),

        Binding(.nextPanel, [.tab], "tab", .panels, en: "next panel", es: "panel siguiente"),
        Binding(.previousPanel, [.backTab], "shift-tab", .panels, en: "previous panel", es: "panel anterior"),
        Binding(.up, [.up], "↑", ascii: "up", .panels, en: "select the one above", es: "seleccionar el de arriba"),
        Binding(.down, [.down], "↓", ascii: "down", .panels, en: "select the one below", es: "seleccionar el de abajo"),
        Binding(.pageUp, [.pageUp], "pgup", .panels, en: "page back", es: "página anterior"),
        Binding(.pageDown, [.pageDown], "pgdn", .panels, en: "page on", es: "página siguiente"),
        Binding(.zoom, [.character("z")], "z", .panels, en: "fill the screen with the panel", es: "panel a pantalla completa"),
        Binding(.why, [.character("e")], "e", .panels, en: "why did this happen?", es: "¿por qué ha pasado?"),

        Binding(.nextControl, [.character("c")], "c", .changes, en: "next control", es: "control siguiente"),
        Binding(.lower, [.character("-")], "-", .changes, en: "lower it", es: "bajarlo"),
        Binding(.raise, [.character("+")], "+", .changes, en: "raise it", es: "subirlo"),
        Binding(.fault, [.character("f")], "f", .changes, en: "inject a fault", es: "provocar un fallo"),
        Binding(.undo, [.character("u")], "u", .changes, en: "undo", es: "deshacer"),
        Binding(.redo, [.character("r")], "r", .changes, en: "redo", es: "rehacer"),
        Binding(.reset, [.character("R")], "R", .changes, en: "undo everything", es: "deshacer todo"),
        Binding(.compare, [.character("=")], "=", .changes, en: "both futures, or one", es: "los dos futuros, o uno"),
        Binding(.nextDifference, [.character("d")], "d", .changes, en: "to where they part", es: "a donde se separan"),

        Binding(.nextStep, [.character("n")], "n", .lesson, en: "next step", es: "paso siguiente"),
        Binding(.previousStep, [.character("p")], "p", .lesson, en: "previous step", es: "paso anterior"),
        Binding(.hint, [.character("h")], "h", .lesson, en: "hint", es: "pista"),
        Binding(.confirm, [.enter], "enter", .lesson, en: "choose, check", es: "elegir, comprobar"),
        Binding(.watchIt, [.character("w")], "w", .lesson, en: "watch it happen", es: "verlo"),
        Binding(.solution, [.character("s")], "s", .lesson, en: "one solution", es: "una solución"),

        Binding(.language, [.character("l")], "l", .workshop, en: "español", es: "English"),
        Binding(.help, [.character("?"), .function(1)], "?", .workshop, en: "keys", es: "teclas"),
        Binding(.close, [.escape, .character("q")], "q", .workshop, en: "back", es: "volver"),
        Binding(.quit, [.control("c")], "ctrl-c", .workshop, en: "leave", es: "salir"),
    ]

    /// What a key does, if anything.
    public static func command(for key: Key) -> Command? {
        bindings.first { $0.keys.contains(key) }?.command
    }

    public static func binding(of command: Command) -> Binding? { bindings.first { $0.command == command } }

    /// Hints for a footer, the most important first. Keys that belong together share one: `↑ ↓`.
    static func hint(
        _ commands: Command..., label: LocalizedText? = nil, in language: Language, _ glyphs: Glyphs
    ) -> KeyHint {
        let found = commands.compactMap(binding(of:))
        let keys = found.map { glyphs.repertoire == .unicode ? $0.shown.unicode : $0.shown.ascii }
        return KeyHint(keys.joined(separator: " "), (label ?? found.first?.label)?(language) ?? "")
    }
}
