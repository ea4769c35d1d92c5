import Synchronization

/// Lets one task at a time work on a key, in the order in which they came.
final class KeyTurns<Key: Hashable & Sendable>: Sendable {
    /// Who waits for each key that is taken.
    private let queues = Mutex<[Key: [CheckedContinuation<Void, Never>]]>([:])

    /// Does the work when it is the caller's turn. A caller that is cancelled keeps its turn.
    func take<Value>(_ key: Key, _ work: () async throws -> Value) async rethrows -> Value {
        await withCheckedContinuation { continuation in
            let isFree = queues.withLock { queues in
                if queues[key] != nil {
                    queues[key]?.append(continuation)
                    return false
                }
                queues[key] = []
                return true
            }
            if isFree { continuation.resume() }
        }
        defer { give(key) }
        return try await work()
    }

    private func give(_ key: Key) {
        let next = queues.withLock { queues -> CheckedContinuation<Void, Never>? in
            guard let waiting = queues[key], !waiting.isEmpty else {
                queues[key] = nil
                return nil
            }
            return queues[key]?.removeFirst()
        }
        next?.resume()
    }
}
