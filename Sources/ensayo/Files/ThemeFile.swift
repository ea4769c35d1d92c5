import FoundationEssentials
import Scenario
import TerminalKit

/// Themes by name, or from a file.
enum ThemeFile {
    /// The one that `ENSAYO_THEME` names; without it, the one that needs no file.
    static var usual: String {
        let wanted = ProcessInfo.processInfo.environment["ENSAYO_THEME"] ?? ""
        return wanted.isEmpty ? "ensayo" : wanted
    }

    /// The themes that come with Ensayo.
    static func names(in assets: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: assets + "/themes")) ?? []
        return files.filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }.sorted()
    }

    /// A name in the folder `themes` of the assets, or a path.
    static func read(_ name: String, assets: String) throws(Failure) -> Theme {
        if name == "ensayo" { return .ensayo }
        let isFile = name.contains("/") || name.hasSuffix(".theme")
        let path = isFile ? name : "\(assets)/themes/\(name).theme"
        if !isFile, !FileManager.default.fileExists(atPath: path) {
            throw .unknown("theme", "theme", name, known: names(in: assets))
        }
        let text = String(decoding: try TextFile.read(path), as: UTF8.self)
        do throws(ThemeError) { return try Theme(parsing: text, file: path) } catch {
            let problem = Problem(
                file: error.file, line: error.line, column: error.column, source: error.source, message: error.message)
            throw Failure(ScenarioError(problems: [problem]))
        }
    }
}
