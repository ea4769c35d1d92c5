/// A value in memory of its own, for what is touched at each step of each call.
///
/// A stored property of a class is checked for exclusive access whenever it is touched, which costs more than most of
/// what is done with it: an eighth of a run. Nothing here calls out while it holds such a value.
/// Confined to the run's thread.
final class Cell<Value> {
    private let memory: UnsafeMutablePointer<Value>

    init(_ value: Value) {
        memory = .allocate(capacity: 1)
        memory.initialize(to: value)
    }

    deinit {
        memory.deinitialize(count: 1)
        memory.deallocate()
    }

    var value: Value {
        _read { yield memory.pointee }
        _modify { yield &memory.pointee }
    }
}
