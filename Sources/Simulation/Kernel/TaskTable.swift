/// The tasks that were spawned and have not ended: the end of a run cancels them, and nothing else can.
struct TaskTable {
    private var tasks: [(task: Task<Void, Never>, identity: UInt)?] = []
    private var free: [Int] = []
    private var identities = IdentitySet()

    /// All of them, by place.
    var all: [Task<Void, Never>] { tasks.compactMap { $0?.task } }

    func contains(_ job: UnownedJob) -> Bool { identities.contains(Job.identity(job)) }

    mutating func reserve() -> Int {
        if let place = free.popLast() { return place }
        tasks.append(nil)
        return tasks.count - 1
    }

    mutating func set(_ place: Int, _ task: Task<Void, Never>, identity: UInt) {
        tasks[place] = (task, identity)
        identities.insert(identity)
    }

    mutating func release(_ place: Int) {
        if let identity = tasks[place]?.identity { identities.remove(identity) }
        tasks[place] = nil
        free.append(place)
    }
}
