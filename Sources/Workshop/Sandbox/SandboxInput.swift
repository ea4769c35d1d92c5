import Scenario
import TerminalKit

/// What takes the keys instead of the sandbox's tree: something being typed, a list, a question.
enum SandboxInput: Sendable {
    case value(ValueForm)
    case palette(Palette)
    case removal(RemovalQuestion)
    case save(SaveForm)
    case share(ShareSheet)
    case leaving
}

/// A value or a name being typed.
struct ValueForm: Sendable {
    var path: NodePath
    var isName = false
    var field: TextField
    /// Why what was typed last cannot stand there.
    var problem: SandboxState.Notice?

    private static let limit = 20_000

    init(name path: NodePath) {
        self.path = path
        isName = true
        field = TextField(path.name ?? "", limit: 64)
    }

    init(_ node: YAMLNode, at path: NodePath) {
        self.path = path
        field = TextField(node.isNull ? "" : node.written, limit: Self.limit)
    }
}

/// Whether to remove a part with all that depends on it.
struct RemovalQuestion: Sendable {
    var path: NodePath
    var removal: ScenarioDraft.Removal
}

/// Where to save to.
struct SaveForm: Sendable {
    var field: TextField
    /// Whether what was changed during the run is written too, as interventions; `nil`: nothing was.
    var keepsChanges: Bool?
    /// The file that is there already, once that is known.
    var existing: String?
    var problem: SandboxState.Notice?
}

/// The code on the screen.
struct ShareSheet: Sendable {
    var code: String
    var offset = 0
    var isCopied = false
    var isPrinted = false
}
