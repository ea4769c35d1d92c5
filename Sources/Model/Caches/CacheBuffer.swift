import Resilience
import Scenario
import Simulation
import Trace

/// What a cache has been told and the backend has not: `Resilience`'s write-back core, and the strands that flush.
/// Confined to the run's thread.
final class CacheBuffer: @unchecked Sendable {
    unowned let cache: CacheModel
    var core: WriteBackCore<String, Pending, VirtualTime>?
    private(set) var timer = Timer.none
    var flushes: [Flush] = []
    /// Whether a flush by the clock is under way: the next one waits for its end.
    var isFlushing = false
    /// While it restarts, the end of its grace.
    var restart: Timer?
    /// Dirty keys that the step at hand has evicted.
    private var evictions: [(key: String, event: EventID)] = []
    /// Writes that were on their way when memory was lost.
    var adrift: [BackendWrite] = []
    /// Who waits until fewer keys are dirty, in the order in which they came.
    private var waiting: [Strand] = []

    /// A write that waits for its flush.
    struct Pending: @unchecked Sendable {  // Confined to the run's thread.
        var value: Datum
        var write: BackendWrite
        /// What a reader of the value has.
        var version: Truth.Version
        var steps: [Instruction]
        var since: VirtualTime
        /// The event that says it is in memory only.
        var event: EventID
        // Who wrote it, and what the steps know.
        var client: NameID
        var subject: String?
        var key: DrawKey
        var environment: Environment
    }

    typealias Entry = WriteBackEntry<String, Pending>

    /// Dirty keys on their way to the backend together.
    final class Flush: @unchecked Sendable {
        let span: SpanID
        let start: VirtualTime
        var strands: [Strand] = []
        var remaining: Int
        var hasFailed = false
        /// Whether a crash has ended it.
        var isLost = false
        var cause = EventID.none

        init(span: SpanID, start: VirtualTime, count: Int) {
            self.span = span
            self.start = start
            remaining = count
        }
    }

    init(_ cache: CacheModel) { self.cache = cache }

    var world: World { cache.world }

    var count: Int { core?.count ?? 0 }
    func isDirty(_ key: String) -> Bool { core?.isDirty(key) ?? false }
    func value(of key: String) -> Pending? { core?.value(of: key) }

    // MARK: Writes

    /// Whether a write of the key replaces one that was never flushed.
    func replaces(_ key: String) -> Bool { isDirty(key) && core?.isFlying(key) == false }

    func write(_ key: String, _ pending: Pending) throws(RunError) {
        if core == nil { core = WriteBackCore(try Self.rules(cache), at: .zero) }
        core?.write(key, pending, at: world.now)
        if restart != nil { core?.hurry(key) }
        schedule()
    }

    /// Waits until there is room for a dirty key more.
    nonisolated(nonsending) func waitForRoom(_ key: String, _ strand: Strand) async throws(Stopped) {
        guard isFull(for: key) || !waiting.isEmpty && !isDirty(key) else { return }
        waiting.append(strand)
        defer { waiting.removeAll { $0 === strand } }
        repeat {
            core?.hurryAll()
            schedule()
            _ = await world.simulation.wait { strand.waiting = $0 }
            do throws(Stopped) { try strand.checkCancelled() } catch {
                waiting.removeAll { $0 === strand }
                wakeThoseWithRoom(cause: error.event)
                throw error
            }
        } while isFull(for: key)
    }

    private func isFull(for key: String) -> Bool { room < 1 && !isDirty(key) }

    /// How many more keys may be dirty.
    private var room: Int { (cache.spec.flush.maxDirty ?? .max) - count }

    func wakeThoseWithRoom(cause: EventID) {
        for strand in waiting.prefix(max(0, room)) {
            strand.cause = cause
            world.simulation.wake(strand.waiting)
        }
    }

    /// The key's newest value has reached the backend by another way. A flush of it that is under way may still arrive
    /// there, and then counts as the backend's newest.
    func supersede(_ key: String, for caller: Event) {
        guard core?.discard(key) == true else { return }
        let event = cache.record(.cacheFlushed, caller, cause: caller.cause, value: Int64(count))
        wakeThoseWithRoom(cause: event)
    }

    func evicted(_ key: String, _ event: EventID) {
        if isDirty(key), !evictions.contains(where: { $0.key == key }) { evictions.append((key, event)) }
    }

    /// Writes at once what was dirty and has been evicted.
    func flushEvicted() {
        while let (key, event) = evictions.popLast() {
            if let entry = core?.take(key) {
                begin([entry], cause: event, isByTheClock: false)
            } else {
                // An older value is on its way; this one follows it.
                core?.hurry(key)
            }
        }
        schedule()
    }

    // MARK: Flushes

    func schedule() {
        world.simulation.cancel(timer)
        guard !isFlushing, let wait = core?.timeToFlush(at: world.now) else { return }
        timer = world.simulation.schedule(after: wait.wholeNanoseconds) { self.flush() }
    }

    private func flush() {
        let batch = core?.take(at: world.now) ?? []
        guard let first = batch.first else { return schedule() }
        isFlushing = true
        begin(batch, cause: first.value.event, isByTheClock: true)
    }

    private func begin(_ batch: [Entry], cause: EventID, isByTheClock: Bool) {
        let flush = Flush(span: world.newSpan(), start: world.now, count: batch.count)
        flushes.append(flush)
        flush.cause = world.record(
            .backgroundStarted, component: cache.component, detail: world.name("flush"), span: flush.span, cause: cause)
        for entry in batch {
            let pending = entry.value
            pending.write.flush = flush.span
            pending.write.isBuffered = false
            let strand = Strand(
                world: world, client: pending.client, request: .none, span: flush.span, cause: flush.cause,
                key: pending.key, environment: Environment(slots: pending.environment.slots))
            strand.subject = pending.subject
            strand.write = pending.write
            flush.strands.append(strand)
            world.simulation.spawn {
                let result: Result<Datum?, Stopped>
                do throws(Stopped) { result = .success(try await strand.run(pending.steps)) } catch {
                    strand.cause = error.event
                    result = .failure(error)
                }
                self.land(entry, result, strand, flush)
                if flush.remaining == 0 { self.finish(flush, isByTheClock: isByTheClock) }
            }
        }
    }

    private func land(_ entry: Entry, _ result: Result<Datum?, Stopped>, _ strand: Strand, _ flush: Flush) {
        flush.remaining -= 1
        flush.cause = strand.cause
        if flush.isLost || world.isOver { return }
        var outcome = Outcome.ok
        switch result {
        case .success:
            entry.value.write.finish(at: world.now, strand.cause)
            core?.flushed([entry])
        case .failure(let stopped):
            core?.failed([entry], at: world.now)
            outcome = stopped.outcomeOfWhole
            flush.hasFailed = true
        }
        flush.cause = world.record(
            .cacheFlushed, outcome, component: cache.component, detail: world.name(entry.key), span: flush.span,
            cause: strand.cause, value: Int64(count))
        wakeThoseWithRoom(cause: flush.cause)
    }

    private func finish(_ flush: Flush, isByTheClock: Bool) {
        let outcome: Outcome = flush.isLost ? .cancelled : flush.hasFailed ? .failed : .ok
        world.record(
            .backgroundFinished, outcome, component: cache.component, detail: world.name("flush"), span: flush.span,
            cause: flush.cause, value: world.now.nanoseconds - flush.start.nanoseconds)
        flushes.removeAll { $0 === flush }
        if isByTheClock, !flush.isLost { isFlushing = false }
        schedule()
        finishRestart(cause: flush.cause)
    }

    // MARK: Ends and changes

    /// Lets go of what is left when the run is over; the steps of writes hold the caches that they speak of.
    func clear() {
        core = nil
        flushes = []
        waiting = []
        for write in adrift { write.onSettled = nil }
        adrift = []
    }

    /// The cache has other rules.
    func adoptRules(cause: EventID) throws(RunError) {
        guard core != nil else { return }
        core?.change(try Self.rules(cache), at: world.now)
        wakeThoseWithRoom(cause: cause)
        schedule()
    }

    private static func rules(_ cache: CacheModel) throws(RunError) -> WriteBackRules {
        let flush = cache.spec.flush
        let timing: WriteBackRules.Flush =
            switch flush.timing {
            case .every(let interval): .every(interval)
            case .after(let delay): .after(delay)
            }
        do throws(PolicyError) {
            return try WriteBackRules(
                flush: timing, batch: flush.batch, retry: flush.retry, maxDirty: flush.maxDirty)
        } catch {
            throw .impossiblePolicy(layer: cache.name, reason: error.description)
        }
    }
}
