import ArgumentParser
import Scenario
import TerminalKit
import Workshop

/// What is on a screen that is exported, and how it looks.
struct PictureOptions: ParsableArguments {
    @Option(help: "The screen of this step of the lesson.", completion: .steps)
    var step: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The moment shown. Default: where the step stops, or the end.", valueName: "time"))
    var at: String?

    @Option(help: "Columns and rows. Default: 100x30.")
    var size: Size?

    @Option(
        help: ArgumentHelp("The panels shown, the most important first.", valueName: "name,name"),
        completion: .list(PanelKind.allCases.map(\.rawValue)),
        transform: PictureOptions.panels)
    var panels: [PanelKind] = []

    @Option(help: "The language: en or es. Default: en.")
    var language: Language?

    @Option(
        help: "The theme: a name that 'ensayo list --themes' shows, or a file. Default: ensayo.",
        completion: .themes)
    var theme: String?

    @Flag(help: "Draw with plain ASCII characters.")
    var ascii = false

    @Option(help: "A named frame of the session. Default: its last screen.")
    var frame: String?

    @Option(help: "One of the lesson's recorded sessions. Default: the longest in the language.")
    var session: String?

    @Option(help: "Virtual seconds a second. Default: the step's, or what shows the run in about 20 seconds.")
    var speed: Double?

    static let usualSize = Size(width: 100, height: 30)

    var glyphs: Glyphs { ascii ? .ascii : .unicode }

    func resolvedTheme() throws(Failure) -> Theme {
        guard let theme, theme != "ensayo" else { return .ensayo }
        return try ThemeFile.read(theme, assets: try Installation.find().assets)
    }

    /// Virtual seconds a second, where one is given.
    func factor() throws(Failure) -> Double? {
        guard let speed else { return nil }
        guard speed.isFinite, (0.001...100_000).contains(speed) else {
            throw .badInput("--speed", "expected 0.001 to 100000, not \(speed)")
        }
        return speed
    }

    private static func panels(_ text: String) throws -> [PanelKind] {
        try text.split(separator: ",").map { name in
            if let kind = PanelKind(rawValue: String(name)) { return kind }
            let known = PanelKind.allCases.map(\.rawValue)
            let hint = Suggestion.nearest(to: String(name), in: known).map { "did you mean \(SafeText.quoted($0))?" }
            throw ValidationError(
                "there is no panel \(SafeText.quoted(String(name))); "
                    + (hint ?? "panels: \(known.joined(separator: ", "))"))
        }
    }
}

extension Size: ExpressibleByArgument {
    /// `100x30`: at least 20x6, at most 1000x1000.
    public init?(argument: String) {
        let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (20...1000).contains(width),
            (6...1000).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }
}
