import Trace

/// One write of a key, and what has become of it at the backend, whether or not its caller still waits.
///
/// Its steps may make several calls. It is done there with the last of them, in the order in which they are written.
final class BackendWrite {
    private let truth: Truth
    let number: Int
    let key: String
    let changes: [String]
    /// The event with which the backend has done it, and what it had then.
    private(set) var done: (event: EventID, version: Truth.Version)?
    /// Whether another cache has taken it, which brings it to the backend later.
    var isBuffered = false
    /// The last flush of it, where a cache has it in memory only.
    var flush = SpanID.none
    /// Called once no call is under way that could still do it.
    var onSettled: (() -> Void)?
    /// Whether a call that does it was ever sent, and how many of these have not ended at the backend.
    private var wasSent = false
    private var underWay = 0
    /// Calls of its steps of which the caller cannot rule out that they have begun.
    private var doubtful = 0

    init(_ truth: Truth, number: Int, key: String, changes: [String]) {
        self.truth = truth
        self.number = number
        self.key = key
        self.changes = changes
    }

    var isUnderWay: Bool { underWay > 0 }
    /// Whether the caller has to reckon with its being done.
    var mayBeDone: Bool { doubtful > 0 }

    /// What a cache has that keeps its value now.
    var version: Truth.Version {
        done?.version ?? Truth.Version(write: number, commits: truth.version(of: key).commits)
    }

    func sent(isLast: Bool) {
        doubtful += 1
        guard isLast else { return }
        wasSent = true
        underWay += 1
    }

    /// The caller has learnt that a call has not begun.
    func ruleOut() { doubtful -= 1 }

    /// Its last call has ended at the backend, or will never arrive.
    func ended(isDone: Bool, at now: VirtualTime, _ event: EventID) {
        underWay -= 1
        if isDone { commit(at: now, event) }
        guard underWay == 0 || isDone, let settle = onSettled else { return }
        onSettled = nil
        settle()
    }

    /// Its steps have ended well. Without a call of theirs that could have done it, this does.
    func finish(at now: VirtualTime, _ event: EventID) {
        if !wasSent, !isBuffered { commit(at: now, event) }
    }

    private func commit(at now: VirtualTime, _ event: EventID) {
        truth.commit(self, at: now)
        done = (event, truth.version(of: key))
    }
}
