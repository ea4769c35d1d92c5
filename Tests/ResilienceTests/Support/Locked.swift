import Synchronization

/// A value that the tasks of a test share.
final class Locked<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }

    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        mutex.withLock { value in
            var copy = value
            defer { value = copy }
            return body(&copy)
        }
    }
}

extension Locked<Int> {
    /// Adds one, and gives the sum.
    @discardableResult func increment() -> Int {
        change {
            $0 += 1
            return $0
        }
    }
}
