import Resilience
import Scenario
import Simulation
import Trace

// Writing through a cache.
extension Strand {
    /// Writes a key as the cache's strategy says.
    nonisolated(nonsending) func write(_ step: WriteInstruction) async throws(Stopped) {
        let key = try key(of: step.key)
        let tags = try step.tags.map { formula throws(Stopped) in try text(of: formula) }
        let changes = try step.changes.map { formula throws(Stopped) in try self.key(of: formula) }
        let use = CacheModel.Use(ttl: nil, weight: step.weight, tags: tags, draw: self.key.part(step.drawKey))
        // A write in the steps of another one, for a cache behind that one's, is the same write.
        let write =
            if let outer = self.write, outer.key == key { outer } else {
                step.cache.truth.begin(key, changes: changes)
            }
        if step.cache.spec.writes == .back {
            try await writeBack(step, write, use)
        } else {
            try await writeNow(step, write, use)
        }
    }

    /// Writes to the backend first.
    nonisolated(nonsending) private func writeNow(
        _ step: WriteInstruction, _ write: BackendWrite, _ use: CacheModel.Use
    ) async throws(Stopped) {
        let (cache, key, strategy) = (step.cache, write.key, step.cache.spec.writes)
        cause = cache.record(.cacheWritten, side(step, key), cause: cause, value: 0)
        let answer: Datum?
        do throws(Stopped) { answer = try await carryOut(step, write) } catch {
            if write.mayBeDone, strategy != .around {
                // The cache cannot tell which value the backend has now.
                cause = error.event
                cause = cache.invalidate(.key(key), for: side(step, key))
            }
            throw error
        }
        write.finish(at: world.now, cause)
        cache.buffer.supersede(key, for: side(step, key))
        switch strategy {
        case .through:
            let value = if let value = step.value { try self.value(of: value) } else { answer ?? .null }
            try await pause(cache.storeTime(use.draw))
            // What a load under way brings is older.
            cache.loads.forget { $0 == key }
            cause = cache.store(
                value, under: key, use, took: .zero, version: write.version, for: side(step, key))
            cache.flushEvicted()
        case .aside: cause = cache.invalidate(.key(key), for: side(step, key))
        case .around, .back: break
        }
    }

    /// Runs the steps that write to the backend.
    nonisolated(nonsending) private func carryOut(
        _ step: WriteInstruction, _ write: BackendWrite
    ) async throws(Stopped) -> Datum? {
        let outer = self.write
        self.write = write
        defer { self.write = outer }
        return try await apart(step.steps)
    }

    /// Writes to the cache, which brings it to the backend later.
    nonisolated(nonsending) private func writeBack(
        _ step: WriteInstruction, _ write: BackendWrite, _ use: CacheModel.Use
    ) async throws(Stopped) {
        let (cache, key) = (step.cache, write.key)
        let value = if let value = step.value { try self.value(of: value) } else { Datum.null }
        try await pause(cache.storeTime(use.draw))
        try await cache.buffer.waitForRoom(key, self)
        let isCoalesced = cache.buffer.replaces(key)
        cause = cache.record(.cacheWritten, side(step, key), cause: cause, value: isCoalesced ? 1 : 0)
        write.isBuffered = true
        let version = write.version
        cache.loads.forget { $0 == key }
        cause = cache.store(value, under: key, use, took: .zero, version: version, for: side(step, key))
        let stored = cause
        let dirty = cache.buffer.count + (cache.buffer.isDirty(key) ? 0 : 1)
        cause = cache.record(.cacheDirtied, side(step, key), cause: cause, value: Int64(dirty))
        let pending = CacheBuffer.Pending(
            value: value, write: write, version: version, steps: step.steps, since: world.now, event: cause,
            client: client, subject: subject, key: use.draw, environment: Environment(slots: environment.slots))
        do throws(RunError) { try cache.buffer.write(key, pending) } catch { world.stop(error) }
        // What the cache did not take, or let go at once, is written like what it evicts.
        if !cache.holds(key) { cache.buffer.evicted(key, cache.departure(of: key) ?? stored) }
        cache.flushEvicted()
    }

    /// The strand's side of an event of a cache.
    private func side(_ step: WriteInstruction, _ key: String) -> Event {
        Event(
            time: world.now, kind: .cacheWritten, component: step.cache.component, detail: world.name(key),
            request: request, span: span, cause: cause)
    }
}
