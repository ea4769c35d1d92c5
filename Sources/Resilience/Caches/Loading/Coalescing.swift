import Synchronization

/// One load at a time for each key, shared by all tasks that ask meanwhile: Go's `singleflight`, for servers.
///
/// Nothing is kept: see ``CachedLoader`` for that. The load runs on the task that came first. When that task is
/// cancelled, the one that has waited longest loads anew, so that nobody fails for another's sake.
public final class Coalescing<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Room = CoalescingRoom<Key, Value>
    private let room = Mutex(CoalescingRoom<Key, Value>())

    public init() {}

    /// Loads under way, forgotten ones included.
    public var inFlight: Int { room.withLock { $0.core.inFlight } }

    /// Loads a key, or waits for the load that is under way.
    ///
    /// - Returns: the value, and whether more than one caller got it.
    /// - Throws: what the load throws, to all who share it; `CancellationError` when it was cancelled while waiting.
    public func load(
        _ key: Key, _ load: () async throws -> Value
    ) async throws -> (value: Value, isShared: Bool) {
        let landing = try await land(key, load)
        return (try landing.result.get(), landing.isShared)
    }

    /// The next caller of the key loads afresh; those of the load under way still get its result.
    public func forget(_ key: Key) { room.withLock { $0.forget(key) } }

    private func land(_ key: Key, _ load: () async throws -> Value) async throws -> Room.Landing {
        let (ticket, entry) = room.withLock { $0.join(key) }
        let flight: Room.Core.Flight
        switch entry {
        case .leads(let own): flight = own
        case .joined(let other):
            switch await wait(ticket, other) {
            case .landed(let landing): return landing
            case .leads: flight = other
            case .left: throw CancellationError()
            }
        }
        let result: Result<Value, any Error>
        do { result = .success(try await load()) } catch {
            if Task.isCancelled {
                room.withLock { $0.handOver(flight) }?.resume()
                throw error
            }
            result = .failure(error)
        }
        let (landing, _, wakeUps) = room.withLock { $0.land(flight, result) }
        for wakeUp in wakeUps { wakeUp.resume() }
        return landing
    }

    private func wait(_ ticket: UInt64, _ flight: Room.Core.Flight) async -> Room.Word {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                room.withLock { $0.sleep(ticket, continuation) }?.resume()
            }
        } onCancel: {
            room.withLock { $0.leave(ticket, flight) }?.resume()
        }
    }
}
