import Diagrams
import Scenario

/// A sequence diagram that people name on the command line; `-` is standard input.
struct MermaidFile {
    /// How problems call it.
    let name: String
    let text: String

    init(_ path: String) throws(Failure) {
        name = path == "-" ? "standard input" : path
        text = try TextFile.text(
            path == "-" ? "/dev/stdin" : path, called: name, limit: DiagramReader.maximumBytes)
    }

    func diagram() throws(Failure) -> Diagram {
        do throws(DiagramError) { return try DiagramReader.read(text) } catch {
            throw Failure(ScenarioError(error, text: text, file: name))
        }
    }

    /// What it is as a scenario.
    /// - Parameters:
    ///   - latency: of participants that call nobody, when nothing else is said; `nil`: the usual one.
    ///   - side: the path of a scenario file that says more.
    func document(latency: Duration? = nil, side: String? = nil) throws(Failure) -> ScenarioDocument {
        let more = try side.map { path throws(Failure) in (bytes: try TextFile.read(path), file: path) }
        do throws(ScenarioError) {
            return try ScenarioDocument(
                diagram: text, file: name, latency: latency, side: more, files: side.map(KeyFiles.beside) ?? .none)
        } catch {
            throw Failure(error)
        }
    }
}
