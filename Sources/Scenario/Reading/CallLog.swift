/// The calls of all flows and operations, noted while they are read: some things can be told only once all are known.
final class CallLog {
    /// Whose steps they are: `page`, or of an operation `insights.get`.
    typealias Owner = String

    struct Entry {
        var from: Owner
        var to: Owner
        var mark: SourceMark
        /// How often one run of the owner makes it, as far as is known.
        var times: Int
        var subject: Subject
        /// What the call stands in.
        var policies: [String]
        var caches: [FlowReader.CacheUse]
    }

    /// What a call is about.
    enum Subject {
        case known
        case nothing
        /// What the call of the operation is about that makes it.
        case inherited
    }

    /// A place in an operation that means something only when every call of the operation is about a key.
    struct Need {
        var owner: Owner
        var mark: SourceMark
        /// The operation that answers only to keys that it knows; `nil`: a reference to the key.
        var callee: String?
    }

    /// What steps use of the parts that everybody shares.
    enum Use: Hashable {
        case policy(String)
        case load(cache: String, key: Expression)
        case write(cache: String)
    }

    private(set) var entries: [Entry] = []
    private(set) var needs: [Need] = []
    /// How many calls, waits and look-ups one run makes itself, as far as is known.
    private(set) var work: [Owner: Int] = [:]
    private(set) var uses: [Owner: [Use]] = [:]

    func add(_ entry: Entry) { entries.append(entry) }
    func need(_ need: Need) { needs.append(need) }
    func use(_ use: Use, by owner: Owner) { uses[owner, default: []].append(use) }
    func setWork(_ work: Int, of owner: Owner) { self.work[owner] = work }
}
