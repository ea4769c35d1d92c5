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

    @Option(help: "The theme: a name in Assets/themes, or a file.", completion: .themes)
    var theme = "ensayo"

    @Flag(help: "Show no movement that is not information.")
    var reducedMotion = false
}

extension Language: ExpressibleByArgument {}
extension ColourDepth: ExpressibleByArgument {}
