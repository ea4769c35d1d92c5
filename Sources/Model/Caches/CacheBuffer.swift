import Resilience
import Scenario
import Simulation
import Trace

/// What a cache has been told and the backend has not: `Resilience`'s write-back core, and the strands that flush.
/// Confined to the run's thread.
final class CacheBuffer: @unchecked Sendable {
    private unowned let cache: CacheModel
    private var core: WriteBackCore<String, Pending, VirtualTime>?
    private var timer = Timer.none
    private var flushes: [Flush] = []
    /// Whether a flush by the clock is under way: the next one waits for its end.
    private var isFlushing = false
    private var isRestarting = false
    /// Dirty keys that the step at hand has evicted.
    private var evictions: [(key: String, event: EventID)] = []

    /// A write that waits for its flush.
    struct Pending: @unchecked Sendable {  // Confined to the run's thread.
        var value: Datum
        var changes: [String]
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
    private final class Flush: @unchecked Sendable {
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

    private var world: World { cache.world }

    var count: Int { core?.count ?? 0 }
    func isDirty(_ key: String) -> Bool { core?.isDirty(key) ?? false }
    func value(of key: String) -> Pending? { core?.value(of: key) }

    // MARK: Writes

    /// Whether a write of the key replaces one that was never flushed.
    func replaces(_ key: String) -> Bool { isDirty(key) && core?.isFlying(key) == false }

    func write(_ key: String, _ pending: Pending) throws(RunError) {
        if core == nil { core = WriteBackCore(try Self.rules(cache), at: .zero) }
        core?.write(key, pending, at: world.now)
        if isRestarting { core?.hurry(key) }
        schedule()
    }

    /// The key's newest value has reached the backend by another way.
    func supersede(_ key: String, for caller: Event) {
        guard core?.discard(key) == true else { return }
        cache.record(.cacheFlushed, caller, cause: caller.cause, value: Int64(count))
    }

    func evicted(_ key: String, _ event: EventID) {
        if isDirty(key) { evictions.append((key, event)) }
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

    private func schedule() {
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
            let strand = Strand(
                world: world, client: pending.client, request: .none, span: flush.span, cause: flush.cause,
                key: pending.key, environment: Environment(slots: pending.environment.slots))
            strand.subject = pending.subject
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
            core?.flushed([entry])
            cache.past[entry.key]?.version = cache.truth.commit(
                entry.key, and: entry.value.changes, at: world.now)
        case .failure(let stopped):
            core?.failed([entry], at: world.now)
            outcome = stopped.outcomeOfWhole
            flush.hasFailed = true
        }
        flush.cause = world.record(
            .cacheFlushed, outcome, component: cache.component, detail: world.name(entry.key), span: flush.span,
            cause: strand.cause, value: Int64(count))
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

    // MARK: Ends

    /// Memory is gone. What is on its way to the backend counts as lost too: nobody waits for its answer.
    func crash() {
        let now = world.now
        let event = cache.empty("crash")
        for entry in core?.crash() ?? [] {
            world.record(
                .cacheLost, component: cache.component, detail: world.name(entry.key), cause: event,
                value: now.nanoseconds - entry.value.since.nanoseconds)
        }
        world.simulation.cancel(timer)
        (isFlushing, isRestarting) = (false, false)
        for flush in flushes {
            flush.isLost = true
            for strand in flush.strands { strand.cancel(Stopped(outcome: .cancelled, event: event)) }
        }
    }

    /// Brings everything to the backend, and then begins with an empty memory.
    func restart() {
        isRestarting = true
        core?.hurryAll()
        schedule()
        finishRestart(cause: .none)
    }

    private func finishRestart(cause: EventID) {
        guard isRestarting, count == 0 else { return }
        isRestarting = false
        cache.empty("restart", cause: cause)
    }

    /// Lets go of what is left when the run is over; the steps of writes hold the caches that they speak of.
    func clear() {
        core = nil
        flushes = []
    }

    func adopt(_ new: Cache.Flush) throws(RunError) {
        guard core != nil else { return }
        core?.change(try Self.rules(cache), at: world.now)
        schedule()
    }

    private static func rules(_ cache: CacheModel) throws(RunError) -> WriteBackRules {
        let flush = cache.spec.flush
        do throws(PolicyError) {
            return try WriteBackRules(flush: .every(flush.every), batch: flush.batch, retry: flush.retry)
        } catch {
            throw .impossiblePolicy(layer: cache.name, reason: error.description)
        }
    }
}
