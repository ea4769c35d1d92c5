import Resilience
import Simulation
import Trace

// How memory ends.
extension CacheBuffer {
    /// Memory is gone, and with it each dirty key whose newest value the backend does not have, and does not get from a
    /// flush that is on its way there: what a call does at the backend does not depend on who waits for its answer.
    func crash(cause: EventID = .none) {
        let event = cache.empty("crash", cause: cause)
        let dirty = core?.crash() ?? []
        world.simulation.cancel(timer)
        endRestart()
        isFlushing = false
        for flush in flushes {
            flush.isLost = true
            for strand in flush.strands { strand.cancel(Stopped(outcome: .cancelled, event: event)) }
        }
        for entry in dirty { settle(entry.key, entry.value, crash: event) }
        wakeThoseWithRoom(cause: event)
    }

    /// Says whether a key that was dirty is lost: now, or when the last call that could still save it is over.
    private func settle(_ key: String, _ pending: Pending, crash: EventID) {
        let write = pending.write
        if let done = write.done {
            world.record(
                .cacheFlushed, .ok, component: cache.component, detail: world.name(key), span: write.flush,
                cause: done.event, value: Int64(count))
        } else if write.isUnderWay {
            adrift.append(write)
            write.onSettled = { [unowned self] in
                adrift.removeAll { $0 === write }
                settle(key, pending, crash: crash)
            }
        } else {
            world.record(
                .cacheLost, component: cache.component, detail: world.name(key), cause: crash,
                value: world.now.nanoseconds - pending.since.nanoseconds)
        }
    }

    /// Brings everything to the backend, and then begins with an empty memory. What takes longer than its grace ends as
    /// in a crash.
    func beginRestart() {
        if restart != nil { return }
        restart = world.simulation.schedule(after: cache.spec.flush.grace.wholeNanoseconds) {
            self.crash(cause: self.flushes.last?.cause ?? .none)
        }
        core?.hurryAll()
        schedule()
        finishRestart(cause: .none)
    }

    func finishRestart(cause: EventID) {
        guard restart != nil, count == 0 else { return }
        endRestart()
        cache.empty("restart", cause: cause)
    }

    private func endRestart() {
        if let restart { world.simulation.cancel(restart) }
        restart = nil
    }
}
