import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// A terminal as terminfo knows it, and how deep its colours must be found.
struct TerminalKind: Sendable, CustomTestStringConvertible {
    let name: String
    let depth: ColourDepth
    /// How many colours have numbers.
    let colours: Int

    static let xterm256 = TerminalKind(name: "xterm-256color", depth: .indexed256, colours: 256)
    static let tmux256 = TerminalKind(name: "tmux-256color", depth: .indexed256, colours: 256)
    static let xterm = TerminalKind(name: "xterm", depth: .basic16, colours: 8)
    static let linux = TerminalKind(name: "linux", depth: .basic16, colours: 8)
    static let vt100 = TerminalKind(name: "vt100", depth: .monochrome, colours: 0)
    /// Of our own: few machines have an entry with direct colour.
    static let direct = TerminalKind(name: "proof-direct", depth: .truecolour, colours: 1 << 24)
    /// Of our own: sixteen colours, and fewer pairs than a theme has.
    static let narrow = TerminalKind(name: "proof-narrow", depth: .basic16, colours: 16)

    static let all = [xterm256, tmux256, xterm, linux, vt100, direct]

    var testDescription: String { name }

    /// A folder with the entries of our own, beside the test program; `nil` when they cannot be compiled.
    static let terminfo: String? = {
        let folder = Program.products.appendingPathComponent("proof-terminfo").path
        let source = #"""
            proof-direct|xterm with direct colour,
                use=xterm-256color, RGB, ccc@, initc@, oc@, colors#0x1000000, pairs#0x10000,
                setaf=\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
                setab=\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
            proof-narrow|xterm with sixteen colours and five pairs,
                use=xterm-256color, ccc@, initc@, oc@, colors#16, pairs#5,

            """#
        let outcome = try? Program.run("/usr/bin/env", ["tic", "-x", "-o", folder, "-"], input: source)
        return outcome?.status == 0 ? folder : nil
    }()

    func environment(_ size: Size) -> [String: String] {
        var environment = [
            "TERM": name, "LC_ALL": "C.UTF-8", "COLUMNS": "\(size.width)", "LINES": "\(size.height)",
        ]
        if name.hasPrefix("proof-") { environment["TERMINFO"] = Self.terminfo }
        return environment
    }
}

/// What a terminal says it can, as the probe prints it.
struct Abilities {
    var depth: ColourDepth
    var repertoire: GlyphRepertoire
    var size: String
    var colours: Int
    var attributes: Attributes
    /// Attributes that it does not show together with colour.
    var colourless: Attributes
    /// It scrolls when its last cell is written; ncurses then cannot keep a wide character before that cell.
    var insertsCorner: Bool

    init?(_ report: String) {
        let line = report.prefix { $0 != "\n" }
        var values: [String: String] = [:]
        for word in line.split(separator: " ") {
            let parts = word.split(separator: "=").map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard let depth = ColourDepth(rawValue: values["depth"] ?? ""), let size = values["size"],
            let repertoire = GlyphRepertoire(rawValue: values["repertoire"] ?? ""),
            let colours = Int(values["colours"] ?? "")
        else { return nil }
        self.depth = depth
        self.repertoire = repertoire
        self.size = size
        self.colours = colours
        attributes = Attributes(words: values["attributes"] ?? "")
        colourless = Attributes(words: values["colourless"] ?? "")
        insertsCorner = values["corner"] == "inserted"
    }
}

extension PaintedScreen {
    /// The frame as it is meant to look.
    ///
    /// - Parameter shown: As the terminal shows it, rather than as ncurses keeps it: without attributes it lacks.
    init(_ frame: Frame, on abilities: Abilities, shown: Bool) {
        var frame = frame
        if abilities.insertsCorner, frame.size.width > 2, frame.size.height > 0 {
            let (x, y) = (frame.size.width - 3, frame.size.height - 1)
            if frame[x, y].width == 2 { frame.write("  ", x: x, y: y, style: frame[x, y].style) }
        }
        let cursor = shown ? frame.cursor.map { "cursor \($0.x) \($0.y)" } : nil
        self.init(size: frame.size, cursor: cursor) { x, y in
            let cell = frame[x, y]
            let look = Theme.ensayo.resolve(cell.style, depth: abilities.depth)
            let foreground = Self.word(look.foreground, colours: abilities.colours)
            let background = Self.word(look.background, colours: abilities.colours)
            var attributes = look.attributes
            if shown {
                attributes.formIntersection(abilities.attributes)
                if foreground != nil || background != nil { attributes.subtract(abilities.colourless) }
            }
            return PaintedCell(
                text: cell.width == 0 ? "" : String(cell.character), foreground: foreground, background: background,
                attributes: attributes)
        }
    }

    private static func word(_ colour: Colour, colours: Int) -> String? {
        switch colour {
        case .default: return nil
        case .indexed(8) where colours < 16: return nil
        case .indexed(let index) where colours < 16: return "\(index % 8)"
        case .indexed(let index) where colours <= 256 || index < 8: return "\(index)"
        default:
            guard let (red, green, blue) = colour.components else { return nil }
            return "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
