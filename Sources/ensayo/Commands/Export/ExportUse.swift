/// Which options make sense together. What makes none is refused: nobody takes a file for something else than it is.
struct ExportUse {
    private let format: ExportFormat
    private let source: Source
    private let table: ExportTable?
    private let given: [Option]

    private enum Source: String {
        case scenario = "a scenario file"
        case lesson = "a lesson"
        case session = "a recorded session"
    }

    /// The options that not every export understands, as they are written.
    private enum Option: String {
        case scenario, seed, set, until, `do`
        case request, from, to, only, table
        case step, at, size, panels, language, theme, ascii, frame, session, speed

        /// The formats that take it; `nil`: all.
        var formats: [ExportFormat]? {
            switch self {
            case .scenario, .seed, .set, .until, .do: nil
            case .request: [.mermaid, .chromeTrace, .otlpJSON, .csv, .json, .svg, .text]
            case .from, .to: [.mermaid, .chromeTrace, .otlpJSON, .csv, .json, .asciicast]
            case .only: [.mermaid, .chromeTrace, .otlpJSON, .csv, .json]
            case .table: [.csv]
            case .at, .frame: [.svg, .text]
            case .step, .size: [.svg, .text, .asciicast]
            case .panels, .language: [.svg, .text, .asciicast, .html, .markdown]
            case .ascii: [.svg, .text, .asciicast]
            case .theme: [.svg, .asciicast]
            case .session, .speed: [.asciicast]
            }
        }

        var sources: [Source] {
            switch self {
            case .scenario, .step, .session: [.lesson]
            case .frame: [.session]
            case .theme: [.scenario, .lesson, .session]
            default: [.scenario, .lesson]
            }
        }

        /// A step has a scenario, a place and a language of its own; a recorded session has everything.
        var isOfStep: Bool { [.step, .at, .size, .panels, .language, .theme, .ascii, .speed, .request].contains(self) }
        var isOfSession: Bool { [.session, .language, .theme].contains(self) }
    }

    init(_ export: Export) {
        format = export.format
        source = export.source.isSession ? .session : export.source.isFile ? .scenario : .lesson
        table = export.part.table
        let (run, part, picture) = (export.source, export.part, export.picture)
        let all: [(Option, Bool)] = [
            (.scenario, run.scenario != nil), (.seed, run.changes.seed != nil),
            (.set, !run.changes.settings.isEmpty),
            (.until, run.until != nil), (.do, !run.changes.actions.isEmpty), (.request, part.request != nil),
            (.from, part.from != nil), (.to, part.to != nil), (.only, !part.only.isEmpty), (.table, table != nil),
            (.step, picture.step != nil), (.at, picture.at != nil), (.size, picture.size != nil),
            (.panels, !picture.panels.isEmpty), (.language, picture.language != nil), (.theme, picture.theme != nil),
            (.ascii, picture.ascii), (.frame, picture.frame != nil), (.session, picture.session != nil),
            (.speed, picture.speed != nil),
        ]
        given = all.filter(\.1).map(\.0)
    }

    func check() throws(Failure) {
        if source == .session, ![.svg, .text, .asciicast].contains(format) {
            throw .badInput(
                "--as", "a recorded session is exported as svg, text or asciicast, not as \(format.rawValue)")
        }
        for option in given {
            if let formats = option.formats, !formats.contains(format) {
                let known = formats.map(\.rawValue).joined(separator: ", ")
                throw Self.useless(option, "--as \(format.rawValue)", "it is for \(known)")
            }
            if !option.sources.contains(source) {
                let known = option.sources.map(\.rawValue).joined(separator: " or ")
                throw Self.useless(option, source.rawValue, "it is for \(known)")
            }
        }
        try checkTogether()
    }

    private static func useless(_ option: Option, _ with: String, _ reason: String) -> Failure {
        .badInput("--\(option.rawValue)", "it means nothing with \(with)", reason)
    }

    private func checkTogether() throws(Failure) {
        if format == .csv, table ?? .figures == .figures,
            let option = given.first(where: { [.request, .from, .to, .only].contains($0) })
        {
            throw .badInput(
                "--\(option.rawValue)", "it picks rows, and figures are of the whole run",
                "add --table requests, spans or events")
        }
        if given.contains(.step), let option = given.first(where: { !$0.isOfStep }) {
            throw Self.useless(option, "--step", "it shows the lesson as it is")
        }
        if given.contains(.session), let option = given.first(where: { !$0.isOfSession }) {
            throw Self.useless(option, "--session", "it is as it was recorded")
        }
    }
}
