import Analysis
import ArgumentParser
import FoundationEssentials
import NcursesTerminal
import Scenario
import TerminalKit
import Workshop

/// `ensayo doctor`: what Ensayo finds on this machine.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what Ensayo finds here: the terminal, the language, its files; and what to do about it.",
        discussion: """
              ensayo doctor
              ensayo doctor --keys              press keys and see what arrives
              ensayo doctor --format json
              ENSAYO_HOME=~/lessons ensayo doctor

            Nothing is changed. Exit status: 0, or 1 when there is a problem; warnings are
            none.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Flag(help: "Press keys and see their names; q leaves.")
    var keys = false

    @Option(help: "How to print: text or json.")
    var format = Format.text

    @Option(help: "The language: en or es. Default: the one used last, else the locale's.")
    var language: Language?

    @OptionGroup var packs: PackOptions

    func run() throws {
        let last = ProgressStore(folder: StateFolder.path).language
        let language = language ?? last ?? .fromEnvironment
        if keys { return try testKeys(language) }
        let environment = ProcessInfo.processInfo.environment
        let traits = TerminalTraits.look()
        let findings =
            [version, spoken(language, last: last, environment)]
            + TerminalCheck(traits: traits, environment: environment).findings
            + FolderCheck().findings
        switch format {
        case .text:
            let width = traits.size?.width ?? 80
            for line in findings.flatMap({ $0.lines(language, width: width) }) { Output.result(line) }
        case .json: Output.result(JSON.array(findings.map { $0.json(language) }).pretty, terminator: "")
        }
        try conclude(findings, language)
    }

    private func conclude(_ findings: [Finding], _ language: Language) throws(Failure) {
        let problems = findings.count { $0.state == .problem }
        let warnings = findings.count { $0.state == .warning }
        let words = LocalizedText(
            en: "Problems: \(problems). Warnings: \(warnings).", es: "Problemas: \(problems). Avisos: \(warnings).")
        if problems > 0 { throw .checkFailed(words(language)) }
        Output.error(words(language))
    }

    private var version: Finding {
        Finding(
            topic: LocalizedText(en: "version", es: "versión"),
            text: .same("ensayo \(Ensayo.configuration.version), \(TerminalTraits.library)"))
    }

    /// The language that is spoken, and who says so.
    private func spoken(_ language: Language, last: Language?, _ environment: [String: String]) -> Finding {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { name in
            environment[name].flatMap { $0.isEmpty ? nil : "\(name)=\($0)" }
        }.first
        let name = language == .english ? "English" : "español"
        let topic = LocalizedText(en: "language", es: "idioma")
        if self.language == nil, last != nil {
            let text = LocalizedText(en: "\(name) (used last)", es: "\(name) (el último usado)")
            return Finding(topic: topic, text: text)
        }
        return Finding(topic: topic, text: .same(set.map { "\(name) (\($0))" } ?? name))
    }

    private func testKeys(_ language: Language) throws(Failure) {
        let seen = try KeyTest.run(language)
        let missing = KeyTest.wanted.filter { !seen.contains($0) }
        if missing.isEmpty { return }
        let names = missing.map(\.description).joined(separator: ", ")
        Output.error(LocalizedText(en: "Not seen: \(names).", es: "No vistas: \(names).")(language))
    }
}
