import Synchronization

/// A value that is computed when it is first asked for, and kept.
public final class Once<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)

    public init() {}

    public func value(_ make: () -> Value) -> Value {
        known.withLock { known in
            if let known { return known }
            let value = make()
            known = value
            return value
        }
    }
}
