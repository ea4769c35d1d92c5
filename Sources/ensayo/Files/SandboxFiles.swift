import FoundationEssentials
import Scenario
import Trace
import Workshop

/// Where the systems of the sandbox come from.
enum SandboxFiles {
    /// What somebody names on the command line; `nil`: what was left unsaved the last time, or a new one.
    static func source(_ name: String?) throws(Failure) -> SandboxSource {
        let shelf = SandboxShelf()
        guard let name else {
            var source = try fresh()
            source.unsaved = shelf.unsaved(source.shelf)
            return source
        }
        if ScenarioCode.isMeant(name) {
            return source(ScenarioDraft(try document(code: name)), "code-\(digest(name))", shelf)
        }
        if name.hasSuffix(".mmd") {
            return source(ScenarioDraft(try MermaidFile(name).document()), shelfName(name), shelf)
        }
        if isFile(name) { return try file(name, shelf) }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        let lesson = try Installation.find().lesson(parts.first ?? name)
        let scenario = parts.count > 1 ? parts[1] : lesson.main
        return source(ScenarioDraft(try lesson.document(of: scenario)), "\(lesson.id).\(scenario)", shelf)
    }

    private static func source(_ draft: ScenarioDraft, _ name: String, _ shelf: SandboxShelf) -> SandboxSource {
        SandboxSource(draft, shelf: name, unsaved: shelf.unsaved(name))
    }

    /// Whether a scenario file is meant.
    static func isFile(_ name: String) -> Bool {
        let isDiagram = name.hasSuffix(".mmd")
        return !isDiagram && (name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }

    static func fresh() throws(Failure) -> SandboxSource {
        do throws(ScenarioError) { return try SandboxSource.starter() } catch { throw Failure(error) }
    }

    /// The scenario that a code stands for.
    static func document(code text: String) throws(Failure) -> ScenarioDocument {
        let code: ScenarioCode
        do throws(CodeProblem) { code = try ScenarioCode(text) } catch { throw .badInput("code", "\(error)") }
        do throws(ScenarioError) { return try ScenarioDocument(yaml: code.yaml, file: "code") } catch {
            throw Failure(error)
        }
    }

    /// Under which name unsaved changes of a file are kept: its own, and a number for its folder.
    private static func shelfName(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let name = (path.split(separator: "/").last ?? "").prefix { $0 != "." }.prefix(60)
        return "\(name)-\(digest(whole))"
    }

    private static func digest(_ text: String) -> TraceDigest {
        var digest = TraceDigest()
        digest.add(text)
        return digest
    }

    private static func file(_ path: String, _ shelf: SandboxShelf) throws(Failure) -> SandboxSource {
        let bytes = try TextFile.read(path)
        do throws(ScenarioError) {
            let draft = try ScenarioDraft(bytes: bytes, file: path, files: .beside(path))
            let name = shelfName(path)
            return SandboxSource(
                draft, path: path, shelf: name, unsaved: shelf.unsaved(name, files: .beside(path)),
                hasComments: bytes.contains(UInt8(ascii: "#")))
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
        throw .unknown(id, "scenario", name, known: known)
    }
}
