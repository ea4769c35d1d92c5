import Scenario

/// What the sandbox opens: a system, where it comes from, and what was left unsaved of it.
public struct SandboxSource: Sendable {
    public var draft: ScenarioDraft
    /// The file that it is saved to; `nil`: it has none yet.
    public var path: String?
    /// Under which name unsaved changes of it are kept.
    public var shelf: String
    /// What was changed and not saved the last time.
    public var unsaved: ScenarioDraft?
    /// Whether the file has comments, which saving does not keep.
    public var hasComments: Bool

    public init(
        _ draft: ScenarioDraft, path: String? = nil, shelf: String = "new", unsaved: ScenarioDraft? = nil,
        hasComments: Bool = false
    ) {
        self.draft = draft
        self.path = path
        self.shelf = shelf
        self.unsaved = unsaved
        self.hasComments = hasComments
    }

    /// The system in a file. Throws ``ScenarioError`` when it is not YAML.
    ///
    /// - Parameter files: those beside it.
    public init(bytes: [UInt8], file: String, files: KeyFiles) throws(ScenarioError) {
        self.init(
            try ScenarioDraft(bytes: bytes, file: file, files: files), path: file,
            hasComments: bytes.contains(UInt8(ascii: "#")))
    }

    /// The system that a one-line code stands for. Throws ``ScenarioError`` when it stands for none.
    public init(code text: String) throws(ScenarioError) {
        let code: ScenarioCode
        do throws(CodeProblem) { code = try ScenarioCode(text) } catch {
            throw ScenarioError(problems: [Problem(file: "code", message: "\(error)")])
        }
        self.init(ScenarioDraft(try ScenarioDocument(yaml: code.yaml, file: "code")))
    }

    /// A small system that works, to begin with.
    public static func starter() throws(ScenarioError) -> SandboxSource {
        SandboxSource(try ScenarioDraft(bytes: starterYAML.utf8, file: "sandbox.yaml"))
    }

    private static let starterYAML = """
        name: sandbox
        seed: 1
        duration: 30s
        backends:
          api: { latency: 20ms, concurrency: 10 }
          database: { latency: { lognormal: { p50: 40ms, p99: 250ms } }, concurrency: 4 }
        flows:
          visit: [ call: api.read, call: database.query ]
        clients:
          people: { flow: visit, arrivals: { poisson: 40/s } }
        """
}

/// What the sandbox wants done outside of the workshop.
public enum SandboxEffect: Hashable, Sendable {
    /// Give the system that was worked on last, or a new one.
    case open
    /// Keep what is not saved; `nil`: nothing is unsaved any more.
    case keep(yaml: String?, shelf: String)
    /// Write a file, whole or not at all; one that is there only where that was asked for.
    case write(yaml: String, path: String, replaces: Bool)
    /// Put a text in the clipboard, where the terminal can.
    case copy(String)
    /// Print a text when the workshop is left.
    case print(String)
}

/// What comes of it.
public enum SandboxMessage: Sendable {
    /// The sandbox is on the screen.
    case resumed
    case opened(Result<SandboxSource, ScenarioError>)
    case wrote(path: String)
    /// The file is there already.
    case exists(path: String)
    case notWritten(path: String, reason: String)
}
