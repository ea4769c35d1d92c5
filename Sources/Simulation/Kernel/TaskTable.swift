/// The tasks that were spawned and have not ended, so that the end of a run can cancel them.
struct TaskTable {
    private var tasks: [Task<Void, Never>?] = []
    private var free: [Int] = []

    mutating func reserve() -> Int {
        if let place = free.popLast() { return place }
        tasks.append(nil)
        return tasks.count - 1
    }

    mutating func release(_ place: Int) {
        tasks[place] = nil
        free.append(place)
    }

    subscript(place: Int) -> Task<Void, Never>? {
        get { tasks[place] }
        set { tasks[place] = newValue }
    }

    func cancelAll() {
        for task in tasks { task?.cancel() }
    }
}
