import ArgumentParser
import FoundationEssentials
import TerminalKit
import Workshop

/// What the workshop's commands have in common.
struct DisplayOptions: ParsableArguments {
    @OptionGroup var packs: PackOptions

    @Option(help: "The language: en or es. Default: the one used last, else the locale's.")
    var language: Language?

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    @Option(help: "Colours at most: truecolour, indexed256, basic16 or monochrome. Default: what the terminal has.")
    var colours: ColourDepth?

    @Option(
        help: "The theme: a name that 'ensayo list --themes' shows, or a file. Default: ENSAYO_THEME.",
        completion: .themes)
    var theme: String?

    @Flag(
        help: ArgumentHelp(
            "Tell it in sentences, line by line, without drawing.",
            discussion: "For screen readers, pipes, slow lines. A question mark says what can be done."))
    var linear = false

    @Flag(help: "Leave the mouse to the terminal, whose own selection needs it. Without it: shift and drag.")
    var noMouse = false

    @Flag(help: "Show no movement that is not information.")
    var reducedMotion = false
}

extension Language: ExpressibleByArgument {}
extension ColourDepth: ExpressibleByArgument {}
