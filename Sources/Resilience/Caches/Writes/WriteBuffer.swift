import Synchronization

/// The dirty keys of a ``CachedStore``, and the tasks that flush them or wait for a flush.
final class WriteBuffer<Store: BackingStore, C: Clock>: Sendable where C.Duration == Duration {
    typealias Key = Store.Key
    /// `nil`: the key is to be removed.
    typealias Entry = WriteBackEntry<Key, Store.Value?>
    typealias Event = CachedStoreEvent<Key>

    private struct State {
        var core: WriteBackCore<Key, Store.Value?, C.Instant>
        var sleepers = Sleepers<Void>()
        /// Who waits until some write on its way has ended.
        var waiting: [UInt64] = []

        mutating func landed() -> [Sleepers<Void>.WakeUp] {
            defer { waiting = [] }
            return waiting.compactMap { sleepers.tell($0, ()) }
        }
    }

    private let state: Mutex<State>
    private let alarm = Alarm()
    private let store: Store
    private let clock: C
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (Event) -> Void)?

    init(
        _ rules: WriteBackRules, _ store: Store, _ clock: C, classify: @escaping @Sendable (any Error) -> Failure,
        onEvent: (@Sendable (Event) -> Void)?
    ) {
        state = Mutex(State(core: WriteBackCore(rules, at: clock.now)))
        self.store = store
        self.clock = clock
        self.classify = classify
        self.onEvent = onEvent
    }

    var count: Int { state.withLock { $0.core.count } }

    /// The newest value of a dirty key: `.some(nil)` for one that is being removed.
    func value(of key: Key) -> Store.Value?? { state.withLock { $0.core.value(of: key) } }

    /// Takes a write, once there is room for it.
    func write(_ key: Key, _ value: Store.Value?) async throws {
        while true {
            let (answer, dirty) = state.withLock { ($0.core.write(key, value, at: clock.now), $0.core.count) }
            guard answer == .full else {
                onEvent?(.dirtied(key, coalesced: answer == .coalesced, dirty: dirty))
                return alarm.ring()
            }
            onEvent?(.full(key, dirty: dirty))
            try await flush(hurrying: { $0.hurryAll() })
        }
    }

    /// Brings one key to the store, now.
    func flush(_ key: Key) async throws {
        while true {
            let (entry, isDirty) = state.withLock { ($0.core.take(key), $0.core.isDirty(key)) }
            if let entry {
                try await carryOut([entry])
            } else if isDirty {
                await nextLanding { $0.isFlying(key) }
            } else {
                return
            }
        }
    }

    /// A key leaves the cache: it goes with the next flush, which is now.
    func hurry(_ key: Key) {
        state.withLock { $0.core.hurry(key) }
        alarm.ring()
    }

    /// Brings all that is dirty to the store, now.
    func flushAll() async throws {
        while count > 0 { try await flush(hurrying: { $0.hurryAll() }) }
    }

    /// Flushes what is due, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let next = state.withLock { state in
                let now = clock.now
                return state.core.timeToFlush(at: now).map { now.advanced(by: $0.clamped) }
            }
            if let next, next <= clock.now {
                // What fails has been told, and stays dirty.
                try? await flush(hurrying: { _ in })
            } else {
                await alarm.wait(until: next, on: clock)
            }
        }
    }

    /// One batch; where all that is due is on its way already, waits for some of that.
    private func flush(hurrying: (inout WriteBackCore<Key, Store.Value?, C.Instant>) -> Void) async throws {
        let batch = state.withLock { state in
            hurrying(&state.core)
            return state.core.take(at: clock.now)
        }
        if batch.isEmpty {
            await nextLanding { !$0.isEmpty }
        } else {
            try await carryOut(batch)
        }
    }

    private func carryOut(_ batch: [Entry]) async throws {
        let start = clock.now
        do {
            let values = batch.compactMap { entry in entry.value.map { (key: entry.key, value: $0) } }
            if !values.isEmpty { try await store.storeAll(values) }
            for entry in batch where entry.value == nil { try await store.remove(entry.key) }
        } catch {
            let (dirty, wakeUps) = state.withLock { state in
                state.core.failed(batch, at: clock.now)
                return (state.core.count, state.landed())
            }
            onEvent?(.flushFailed(batch.map(\.key), classify(error), dirty: dirty))
            for wakeUp in wakeUps { wakeUp.resume() }
            alarm.ring()
            throw error
        }
        let (dirty, wakeUps) = state.withLock { state in
            state.core.flushed(batch)
            return (state.core.count, state.landed())
        }
        onEvent?(.flushed(batch.map(\.key), took: start.duration(to: clock.now), dirty: dirty))
        for wakeUp in wakeUps { wakeUp.resume() }
        alarm.ring()
    }

    /// Waits until some write on its way has ended, as long as there is reason to.
    private func nextLanding(_ isNeeded: (WriteBackCore<Key, Store.Value?, C.Instant>) -> Bool) async {
        let ticket = state.withLock { state -> UInt64? in
            guard isNeeded(state.core) else { return nil }
            let ticket = state.sleepers.newTicket()
            state.waiting.append(ticket)
            return ticket
        }
        guard let ticket else { return }
        await withCheckedContinuation { continuation in
            state.withLock { $0.sleepers.sleep(ticket, continuation) }?.resume()
        }
    }
}
