import NcursesTerminal
import Scenario
import TerminalKit
import Workshop

/// What the doctor says about the terminal and the locale.
struct TerminalCheck {
    let traits: TerminalTraits
    let environment: [String: String]

    var findings: [Finding] {
        guard traits.isKnown else { return [terminal, characters] }
        return [terminal, size, colours, characters, keys, mouse].compactMap { $0 }
    }

    private var terminal: Finding {
        let name = SafeText.quoted(traits.name)
        var finding = Finding(topic: LocalizedText(en: "terminal", es: "terminal"), text: .same(traits.name))
        if !traits.isKnown {
            finding.state = .problem
            finding.text =
                traits.name.isEmpty
                ? LocalizedText(en: "TERM is not set", es: "TERM no está definida")
                : LocalizedText(
                    en: "no description of \(name) (TERM) is installed",
                    es: "no hay ninguna descripción de \(name) (TERM) instalada")
            finding.advice = LocalizedText(
                en: "Set TERM=xterm-256color, or install the package ncurses-term.",
                es: "Define TERM=xterm-256color o instala el paquete ncurses-term.")
        } else if !traits.placesCursor {
            finding.state = .problem
            finding.text = LocalizedText(
                en: "\(name) (TERM) cannot place its cursor", es: "\(name) (TERM) no sabe colocar el cursor")
            finding.advice = LocalizedText(
                en: "`ensayo --linear`, `ensayo run` and `ensayo export` do without.",
                es: "`ensayo --linear`, `ensayo run` y `ensayo export` no lo necesitan.")
        }
        if traits.size == nil, finding.state == .ok {
            // In a pipe or a script nothing of this is needed.
            finding.state = .warning
            finding.text = LocalizedText(
                en: "there is none here (TERM is \(name))", es: "aquí no hay ninguno (TERM es \(name))")
            finding.advice = LocalizedText(
                en: "`ensayo --linear`, run, replay, lint and export do without.",
                es: "`ensayo --linear`, run, replay, lint y export no lo necesitan.")
        }
        return finding
    }

    private var size: Finding? {
        guard let size = traits.size else { return nil }
        let minimum = App.minimumSize
        let here = "\(size.width)x\(size.height)"
        var finding = Finding(topic: LocalizedText(en: "size", es: "tamaño"), text: .same(here))
        if size.width < minimum.width || size.height < minimum.height {
            finding.state = .problem
            finding.text = LocalizedText(en: "\(here): too small", es: "\(here): demasiado pequeño")
            finding.advice = LocalizedText(
                en: "Ensayo needs \(minimum.width)x\(minimum.height), and shows a lesson well in 80x24.",
                es: "Ensayo necesita \(minimum.width)x\(minimum.height), y con 80x24 una lección se ve bien.")
        } else if size.width >= 120, size.height >= 40 {
            finding.text = LocalizedText(
                en: "\(here): there is room for more panels", es: "\(here): hay sitio para más paneles")
        } else {
            finding.text = LocalizedText(
                en: "\(here): fine; 120x40 shows more panels", es: "\(here): bien; con 120x40 se ven más paneles")
        }
        return finding
    }

    private var colours: Finding {
        var finding = Finding(topic: LocalizedText(en: "colours", es: "colores"), text: .same(""))
        let count = traits.colours
        if environment["NO_COLOR"].map({ !$0.isEmpty }) == true {
            finding.text = LocalizedText(
                en: "none, for NO_COLOR is set; the terminal has \(count)",
                es: "ninguno, porque NO_COLOR está definida; el terminal tiene \(count)")
            return finding
        }
        finding.text =
            switch traits.depth {
            case .truecolour:
                LocalizedText(en: "16 million; the theme is shown as it is", es: "16 millones; el tema se ve tal cual")
            case .indexed256:
                LocalizedText(
                    en: "\(count); the theme gets the nearest", es: "\(count); el tema recibe los más cercanos")
            case .basic16:
                LocalizedText(en: "\(count); the theme gets 16 at most", es: "\(count); el tema recibe 16 como mucho")
            case .monochrome:
                LocalizedText(
                    en: "none; nothing is told by colour alone", es: "ninguno; nada se dice solo con el color")
            }
        if traits.depth == .indexed256, ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") {
            finding.advice = LocalizedText(
                en: "The terminal says it has 16 million (COLORTERM). TERM=xterm-direct shows them.",
                es: "El terminal dice que tiene 16 millones (COLORTERM). Con TERM=xterm-direct se ven.")
        }
        return finding
    }

    private var characters: Finding {
        let locale = SafeText.quoted(traits.locale)
        var finding = Finding(topic: LocalizedText(en: "characters", es: "caracteres"), text: .same(""))
        guard traits.isUTF8 else {
            finding.state = .warning
            finding.text = LocalizedText(
                en: "the locale \(locale) cannot write them all: Ensayo draws with ASCII",
                es: "la configuración \(locale) no los escribe todos: Ensayo dibuja con ASCII")
            finding.advice = LocalizedText(
                en: "Set LC_ALL=C.UTF-8 if the terminal shows UTF-8.",
                es: "Define LC_ALL=C.UTF-8 si el terminal muestra UTF-8.")
            return finding
        }
        finding.text = LocalizedText(
            en: "UTF-8 (\(locale)). Below, both lines end in the same column and no sign is a box.",
            es: "UTF-8 (\(locale)). Abajo, las dos líneas acaban en la misma columna y no hay cuadros.")
        finding.advice = LocalizedText(
            en: "If it looks otherwise: ensayo menu --ascii, or another font.",
            es: "Si no es así: ensayo menu --ascii, u otra fuente.")
        finding.sample = Self.sample
        return finding
    }

    /// Every kind of sign that Ensayo draws with, and as many columns of plain ones.
    static var sample: [String] {
        let glyphs = Glyphs.unicode
        let signs: [Character] =
            [
                glyphs.topLeft, glyphs.horizontal, glyphs.teeDown, glyphs.horizontal, glyphs.topRight, glyphs.vertical,
                glyphs.heavyVertical, glyphs.dottedVertical, glyphs.callStart, glyphs.arrowRight, glyphs.arrowLeft,
                glyphs.answerStart, glyphs.playedFault, glyphs.fault, glyphs.rightwards, glyphs.downwards,
            ] + glyphs.heights + glyphs.eighths + glyphs.markers + ["⣀", "⠤", "⠒", "⠉", "⣿"]
            + [glyphs.empty, glyphs.ellipsis, glyphs.separator, glyphs.times, glyphs.missing, glyphs.vertical]
        let ruler = String(String(repeating: "1234567890", count: 8).prefix(signs.count - 1)) + "|"
        return [String(signs), ruler]
    }

    private var keys: Finding {
        let missing = traits.missingKeys.map(\.description).joined(separator: ", ")
        var finding = Finding(
            topic: LocalizedText(en: "keys", es: "teclas"),
            text: LocalizedText(en: "TERM describes all that are used", es: "TERM describe todas las que se usan"))
        if !missing.isEmpty {
            finding.state = .warning
            finding.text = LocalizedText(
                en: "TERM does not describe \(missing)", es: "TERM no describe \(missing)")
        }
        finding.advice = LocalizedText(
            en: "ensayo doctor --keys shows what arrives of those you press.",
            es: "ensayo doctor --keys muestra lo que llega de las que pulsas.")
        return finding
    }

    private var mouse: Finding {
        Finding(
            topic: LocalizedText(en: "mouse", es: "ratón"),
            text: traits.hasMouse
                ? LocalizedText(
                    en: "the terminal can report it; it is never needed",
                    es: "el terminal puede notificarlo; nunca hace falta")
                : LocalizedText(en: "none; it is never needed", es: "ninguno; nunca hace falta"))
    }
}

extension LocalizedText {
    /// What is the same in both languages.
    static func same(_ text: String) -> LocalizedText { LocalizedText(en: text, es: text) }
}
