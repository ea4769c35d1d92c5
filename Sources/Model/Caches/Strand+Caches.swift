import Resilience
import Scenario
import Simulation
import Trace

// Reading through a cache.
extension Strand {
    /// Answers from the cache, and else loads and stores.
    nonisolated(nonsending) func cached(_ step: CacheInstruction) async throws(Stopped) -> Datum {
        let key = try key(of: step.key)
        let drawKey = self.key.part(step.drawKey)
        var event = Event(
            time: world.now, kind: .cacheLookup, component: step.cache.component, detail: world.name(key),
            request: request, span: world.newSpan(), parent: span, cause: cause)
        cause = world.record(event)
        event.cause = cause
        do throws(Stopped) { try await pause(step.cache.lookupTime(drawKey)) } catch {
            event.time = world.now
            event.kind = .cacheAbandoned
            event.outcome = .cancelled
            event.cause = error.event
            cause = world.record(event)
            throw error
        }
        let found = step.cache.look(up: key, for: event, draw: drawKey)
        cause = found.event
        let loaded: CacheLoads.Loaded
        if let answer = found.answer {
            loaded = (answer, found.version)
            if let reason = found.reload { reload(step, key, drawKey, reason) }
        } else {
            loaded = try await load(step, key, drawKey, event)
        }
        served = (key, loaded.version)
        answers.append(loaded.answer)
        save(loaded.answer, in: step.slot)
        return loaded.answer
    }

    /// Loads a key, or waits for whoever loads it.
    nonisolated(nonsending) private func load(
        _ step: CacheInstruction, _ key: String, _ drawKey: DrawKey, _ lookup: Event
    ) async throws(Stopped) -> CacheLoads.Loaded {
        guard step.cache.spec.coalesces else { return try await fill(step, key, drawKey, lookup, nil) }
        let loads = step.cache.loads
        if loading.contains(step.cache.component) {
            // Whoever is waited for must not wait in turn: two loads could wait for each other.
            let flight = loads.begin(key, isAlone: false) ?? loads.begin(key, isAlone: true)
            if let flight {
                loads.name(flight, event: cause)
                return try await lead(step, key, drawKey, lookup, flight)
            }
        }
        switch loads.join(key, self, event: cause) {
        case .leads(let flight): return try await lead(step, key, drawKey, lookup, flight)
        case .joined(let waiter, let began):
            cause = world.record(
                .cacheJoined, component: step.cache.component, detail: lookup.detail, request: request, span: span,
                cause: began)
            _ = await world.simulation.wait { waiting = $0 }
            do throws(Stopped) { try checkCancelled() } catch {
                loads.leave(waiter)
                // At the same moment as its time ran out it may have been told to load.
                if case .leads = waiter.word { loads.handOver(waiter.flight, cause: error.event) }
                throw error
            }
            switch waiter.word {
            case .landed(let result, let landed):
                cause = landed
                return try result.mapError { $0.after(landed) }.get()
            case .leads(let handed):
                cause = handed
                return try await lead(step, key, drawKey, lookup, waiter.flight)
            case nil: throw Stopped(outcome: .cancelled, event: cause)
            }
        }
    }

    /// Loads for all who wait.
    nonisolated(nonsending) private func lead(
        _ step: CacheInstruction, _ key: String, _ drawKey: DrawKey, _ lookup: Event, _ flight: CacheLoads.Core.Flight
    ) async throws(Stopped) -> CacheLoads.Loaded {
        let outer = loading
        loading.append(step.cache.component)
        defer { loading = outer }
        do throws(Stopped) {
            let loaded = try await fill(step, key, drawKey, lookup, flight)
            step.cache.loads.land(flight, .success(loaded), cause: cause)
            return loaded
        } catch {
            if canReplace(error) {
                step.cache.loads.land(flight, .failure(error), cause: error.event)
            } else {
                step.cache.loads.handOver(flight, cause: error.event)
            }
            throw error
        }
    }

    /// Runs the steps of a cache step and stores their answer.
    nonisolated(nonsending) private func fill(
        _ step: CacheInstruction, _ key: String, _ drawKey: DrawKey, _ lookup: Event,
        _ flight: CacheLoads.Core.Flight?
    ) async throws(Stopped) -> CacheLoads.Loaded {
        let cache = step.cache
        let start = world.now
        // What is read was there when the reading began, unless it came from another cache.
        let newest = cache.truth.version(of: key)
        served = nil
        let answer = try await apart(step.steps) ?? .null
        let version = if let served, served.key == key { served.version } else { newest }
        let took = Duration.nanoseconds(nanoseconds(since: start))
        let tags = try step.tags.map { formula throws(Stopped) in try text(of: formula) }
        try await pause(cache.storeTime(drawKey))
        // What is dirty is newer; what was invalidated meanwhile may be older than that.
        if cache.buffer.isDirty(key) || flight.map({ cache.loads.isForgotten($0, tags: tags) }) ?? false {
            return (answer, version)
        }
        var event = lookup
        event.cause = cause
        let use = CacheModel.Use(ttl: step.ttl, weight: step.weight, tags: tags, draw: drawKey)
        cause = cache.store(answer, under: key, use, took: took, version: version, for: event)
        cache.flushEvicted()
        return (answer, version)
    }

    /// Loads a key again in the background, if nobody does so already.
    private func reload(_ step: CacheInstruction, _ key: String, _ drawKey: DrawKey, _ reason: CacheModel.Reload) {
        let cache = step.cache
        let isAlone = reason == .early && !cache.spec.coalesces
        guard let flight = cache.loads.begin(key, isAlone: isAlone) else { return }
        let label = world.name(reason.rawValue)
        let worker = background(cache, detail: label, key: drawKey.part(DrawKey(reason.rawValue)))
        cache.loads.name(flight, event: worker.cause)
        let lookup = Event(
            time: world.now, kind: .cacheLookup, component: cache.component, detail: world.name(key), request: request,
            span: worker.span)
        work(worker, cache, label) { () async throws(Stopped) in
            _ = try await worker.lead(step, key, worker.key, lookup, flight)
        }
    }

    /// Runs steps whose answers are not the flow's own.
    nonisolated(nonsending) func apart(_ steps: [Instruction]) async throws(Stopped) -> Datum? {
        let before = answers
        answers = []
        defer { answers = before }
        return try await run(steps)
    }
}

// Invalidating.
extension Strand {
    /// Drops entries: at once, or when the event that tells the cache has reached it.
    func invalidate(_ step: InvalidateInstruction) throws(Stopped) {
        let targets = try targets(step.target)
        let cache = step.cache
        guard let (event, delay) = step.announcement else {
            let side = Event(
                time: world.now, kind: .cacheInvalidated, request: request, span: span, cause: cause)
            cause = cache.invalidate(targets, for: side)
            return
        }
        let worker = background(cache, detail: event, key: key.part(step.drawKey))
        work(worker, cache, event) { () async throws(Stopped) in
            try await worker.pause(delay.sample(worker.key))
            let side = Event(
                time: self.world.now, kind: .cacheInvalidated, request: self.request, span: worker.span,
                cause: worker.cause)
            worker.cause = cache.invalidate(targets, for: side)
        }
    }

    private func targets(_ target: InvalidateInstruction.Target) throws(Stopped) -> [CacheModel.Target] {
        switch target {
        case .everything: return [.everything]
        case .keys(let keys): return try keys.map { formula throws(Stopped) in .key(try key(of: formula)) }
        case .pattern(let pattern): return [.pattern(try key(of: pattern))]
        case .tag(let tag): return [.tag(try text(of: tag))]
        }
    }
}

// In the background.
extension Strand {
    /// A strand for work of a cache that this one gives rise to, and does not wait for.
    private func background(_ cache: CacheModel, detail: NameID, key: DrawKey) -> Strand {
        let span = world.newSpan()
        let event = world.record(
            .backgroundStarted, component: cache.component, detail: detail, request: request, span: span, cause: cause)
        let worker = Strand(
            world: world, client: client, request: request, span: span, cause: event, key: key,
            environment: Environment(slots: environment.slots))
        worker.origin = origin
        worker.subject = subject
        return worker
    }

    /// Runs the work of such a strand.
    private func work(
        _ worker: Strand, _ cache: CacheModel, _ label: NameID,
        _ work: nonisolated(nonsending) @escaping () async throws(Stopped) -> Void
    ) {
        let start = world.now
        let job = BackgroundJob(work: work)
        world.simulation.spawn {
            var outcome = Outcome.ok
            do throws(Stopped) { try await job.work() } catch {
                outcome = error.outcomeOfWhole
                worker.cause = error.event
            }
            worker.world.record(
                .backgroundFinished, outcome, component: cache.component, detail: label, request: worker.request,
                span: worker.span, cause: worker.cause, value: worker.nanoseconds(since: start))
        }
    }

    /// Confined to the run's thread, like everything that it holds.
    private struct BackgroundJob: @unchecked Sendable {
        let work: nonisolated(nonsending) () async throws(Stopped) -> Void
    }
}
