import FoundationEssentials
import Scenario
import Workshop

/// Where the systems of the sandbox come from.
enum SandboxFiles {
    /// What somebody names on the command line; `nil`: what was left unsaved the last time, or a new one.
    static func source(_ name: String?) throws(Failure) -> SandboxSource {
        guard let name else { return try fresh() }
        if name.hasSuffix(".mmd") { return SandboxSource(ScenarioDraft(try MermaidFile(name).document())) }
        if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return try file(name) }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        let lesson = try Installation.find().lesson(parts.first ?? name)
        return SandboxSource(ScenarioDraft(try lesson.document(of: parts.count > 1 ? parts[1] : nil)))
    }

    private static func fresh() throws(Failure) -> SandboxSource {
        do throws(ScenarioError) { return try SandboxSource.starter() } catch { throw Failure(error) }
    }

    private static func file(_ path: String) throws(Failure) -> SandboxSource {
        let bytes = try TextFile.read(path)
        do throws(ScenarioError) {
            let draft = try ScenarioDraft(bytes: bytes, file: path, files: .beside(path))
            return SandboxSource(draft, path: path, hasComments: bytes.contains(UInt8(ascii: "#")))
        } catch {
            throw Failure(error)
        }
    }
}

extension Lesson {
    /// One of its scenarios; `nil`: its main one.
    func document(of name: String?) throws(Failure) -> ScenarioDocument {
        let name = name ?? main
        if let found = scenario(name) { return found.document }
        let known = scenarios.map(\.name)
        let nearest = Suggestion.nearest(to: name, in: known).map { "Did you mean \"\($0)\"?" }
        throw .badInput(
            "\(id) has no scenario \(SafeText.quoted(name)). "
                + (nearest ?? "It has: \(known.joined(separator: ", "))."))
    }
}
