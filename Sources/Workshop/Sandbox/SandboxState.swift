import Model
import Scenario
import Trace

/// A system being assembled: its draft, the run of the last draft that could be run, and what is on the screen.
public struct SandboxState: RunScreen {
    /// What undo goes back to.
    struct Snapshot: Sendable {
        var draft: ScenarioDraft
        var changes: ChangeHistory
        var cursor: NodePath
    }

    /// What the line under the panels says, until the next key.
    enum Notice: Hashable, Sendable {
        case problem(LocalizedText, hint: LocalizedText?)
        /// What was not saved the last time is on the screen.
        case unsaved
        case saved(String)
        /// What cannot be given a name.
        case nameless(String)
        /// What has to stay, and why.
        case notRemoved(String, ScenarioDraft.RemovalRefusal)
        /// What a code cannot hold.
        case needsFile(String)
        case added(Added)
        /// Why a key does nothing.
        case refused(LocalizedText)
    }

    /// A part that was added, and what can be done to it next.
    struct Added: Hashable, Sendable {
        var path: NodePath
        var holdsOthers: Bool
        /// Whether it has a name of its own.
        var hasName: Bool
    }

    private(set) var draft: ScenarioDraft
    /// The file that it is saved to.
    var path: String?
    let shelf: String
    let hasComments: Bool
    public internal(set) var player: Player?
    /// The last rehearsal that could be run.
    private var settled: Player?
    /// Why the draft on the screen has no run.
    private(set) var failure: Notice?
    var notice: Notice?

    private var past: [Snapshot] = []
    private var future: [Snapshot] = []
    private var savedYAML: String?
    /// Whether the system has changes that no file has.
    public private(set) var isUnsaved = false
    /// Whether this sandbox has written the file: it may do so again without asking.
    private(set) var hasWritten = false
    /// The person leaves, whatever is not saved.
    var hasLeft = false

    // The screen
    var cursor: NodePath
    var unfolded: Set<NodePath>
    /// The first row of the tree that shows, as far as the cursor's shows too.
    var treeTop = 0
    var isInTree = true
    /// The panel that is shown largest; the focus is on it while it is not in the tree.
    var picture: PanelKind?
    var isZoomed = false
    var showsTrueTimes = false
    var scroll: [PanelKind: Int] = [:]
    /// What takes the keys instead of the tree.
    var input: SandboxInput?
    /// What is to be done outside.
    private(set) var requests: [SandboxEffect] = []

    private static let mostSteps = 500

    public init(_ source: SandboxSource) {
        draft = source.draft
        path = source.path
        shelf = source.shelf
        hasComments = source.hasComments
        savedYAML = source.draft.yaml
        cursor = NodePath()
        unfolded = SandboxTree.unfolded(source.draft.root)
        cursor = SandboxTree(draft.root, unfolded).rows.first { $0.isFolder }?.path ?? .root
        rehearse(draft, Self.read(draft), changes: ChangeHistory(), startingAt: nil)
        if let unsaved = source.unsaved, unsaved.yaml != savedYAML {
            edit(unsaved, cursor: .root)
            notice = .unsaved
        }
    }

    var focusedPanel: PanelKind? { isInTree ? nil : picture ?? panels.first }
    var window: Duration? { nil }
    var marks: [Mark] { player?.document.scenario.marks.sorted { $0.at < $1.at } ?? [] }
    var canUndo: Bool { !past.isEmpty }
    var canRedo: Bool { !future.isEmpty }

    mutating func takeRequests() -> [SandboxEffect] {
        defer { requests = [] }
        return requests
    }

    mutating func ask(_ effect: SandboxEffect) { requests.append(effect) }

    // MARK: Edits

    /// Takes a changed draft. One that does not read is refused, with its first problem: what is on the screen always
    /// is the run of what is in the tree. A draft that did not read before is taken when it gets no worse.
    @discardableResult
    mutating func edit(_ changed: ScenarioDraft, cursor: NodePath? = nil) -> Notice? {
        let read = Self.read(changed)
        if let problem = problem(of: read) { return problem }
        remember()
        rehearse(changed, read, changes: player?.history ?? ChangeHistory(), startingAt: player)
        if let cursor { self.cursor = cursor }
        keep()
        return nil
    }

    /// Why a draft cannot take the place of the one on the screen.
    private func problem(of read: Result<ScenarioDocument, ScenarioError>) -> Notice? {
        guard case .failure(let error) = read else { return nil }
        if failure != nil, error.problems.count <= draft.problemCount { return nil }
        return Notice(error)
    }

    private static func read(_ draft: ScenarioDraft) -> Result<ScenarioDocument, ScenarioError> {
        do throws(ScenarioError) { return .success(try draft.read()) } catch { return .failure(error) }
    }

    /// Makes what was done during the run part of the system.
    mutating func keepChanges(_ changed: ScenarioDraft) {
        let read = Self.read(changed)
        guard problem(of: read) == nil else { return }
        remember()
        rehearse(changed, read, changes: ChangeHistory(), startingAt: player)
        keep()
    }

    /// Does something to the system at the cursor of the run.
    mutating func change(_ action: Intervention.Action) {
        guard player != nil else { return }
        remember()
        player?.change(action)
        if let cursor = player?.cursor, cursor.time > .zero { player?.isComparing = true }
        keep()
    }

    mutating func undo() {
        guard let before = past.popLast() else { return }
        future.append(now)
        restore(before)
    }

    mutating func redo() {
        guard let after = future.popLast() else { return }
        past.append(now)
        restore(after)
    }

    private var now: Snapshot { Snapshot(draft: draft, changes: player?.history ?? ChangeHistory(), cursor: cursor) }

    private mutating func remember() {
        past.append(now)
        if past.count > Self.mostSteps { past.removeFirst() }
        future = []
    }

    private mutating func restore(_ snapshot: Snapshot) {
        rehearse(snapshot.draft, Self.read(snapshot.draft), changes: snapshot.changes, startingAt: player, isUndo: true)
        cursor = snapshot.cursor
        keep()
    }

    /// Runs a draft, at the moment at which the one before it was. What does not read leaves the last good run.
    private mutating func rehearse(
        _ draft: ScenarioDraft, _ read: Result<ScenarioDocument, ScenarioError>, changes: ChangeHistory,
        startingAt old: Player?, isUndo: Bool = false
    ) {
        self.draft = draft
        switch read {
        case .failure(let error): failure = Notice(error)
        case .success(let document):
            self.draft.remember(document)
            failure = nil
            if let old {
                player = Player(document, continuing: old, changes: changes, isCompared: !isUndo)
            } else {
                var player = Player(document: document)
                player.startsAt = VirtualTime.zero.advanced(by: document.scenario.duration / 2)
                self.player = player
            }
        }
    }

    /// The draft or the run's changes are not those of the file any more, or are again.
    private mutating func keep() {
        isUnsaved = draft.yaml != savedYAML
        ask(.keep(yaml: isUnsaved ? draft.namedYAML : nil, shelf: shelf))
    }

    mutating func isSaved(as path: String, _ yaml: String) {
        self.path = path
        hasWritten = true
        savedYAML = yaml
        keep()
    }

    /// What is not saved is not wanted.
    mutating func forget() { ask(.keep(yaml: nil, shelf: shelf)) }

    // MARK: Runs

    /// The run on the screen is that of the draft.
    mutating func settle() { if player?.isSettled == true { settled = player } }

    /// The run could not be made, or was stopped: the last one stays, and so does the draft.
    mutating func giveUp(_ reason: String) {
        player = settled
        failure = .problem(LocalizedText(reason), hint: nil)
    }
}

extension SandboxState.Notice {
    /// The first problem of a file.
    init(_ error: ScenarioError) {
        let first = error.problems.first
        self = .problem(first?.text ?? LocalizedText(""), hint: first?.hint)
    }
}

extension ScenarioDraft {
    var problemCount: Int {
        do throws(ScenarioError) {
            _ = try read()
            return 0
        } catch {
            return error.problems.count
        }
    }
}
