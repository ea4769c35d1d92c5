import Analysis
import Scenario
import Trace

/// Looks for the first moment of a run, from a cursor on, at which something is so.
///
/// A moment is looked at when everything that happens in it has happened.
struct MomentSearch {
    let index: TraceIndex
    let start: Cursor

    /// O(events), and a reading for each moment at which something happens that can change it.
    ///
    /// Throws ``SessionFailure`` with the nearest that it comes to.
    func first(
        touchedBy isTouched: (Event) -> Bool, reading: (Cursor) -> StateProbe.Reading
    ) throws(SessionFailure) -> VirtualTime {
        var best = (reading: reading(start), time: start.time)
        if best.reading.holds { return start.time }
        let events = index.trace.events
        var place = start.eventCount
        while place < events.count {
            let time = events[place].time
            var touched = false
            while place < events.count, events[place].time == time {
                touched = touched || isTouched(events[place])
                place += 1
            }
            guard touched else { continue }
            let now = reading(Cursor(time: time, eventCount: place))
            if now.holds { return time }
            if now.distance < best.reading.distance { best = (now, time) }
        }
        throw never("the nearest: \(best.reading.text), at \(best.time.written)")
    }

    /// For what stays so once it is. O(readings · log events).
    func firstForGood(reading: (Cursor) -> StateProbe.Reading) throws(SessionFailure) -> VirtualTime {
        if reading(start).holds { return start.time }
        let events = index.trace.events
        var (low, high) = (start.eventCount, events.count)
        while low < high {
            let middle = (low + high) / 2
            if reading(index.trace.cursor(at: events[middle].time)).holds { high = middle } else { low = middle + 1 }
        }
        if low < events.count { return events[low].time }
        throw never("at most \(reading(index.trace.lastCursor).text)")
    }

    /// The next event after the cursor of a kind, and of a component or one of its layers if one is named.
    func event(_ kind: EventKind, of name: String?) throws(SessionFailure) -> VirtualTime {
        let trace = index.trace
        func isMeant(_ event: Event) -> Bool {
            guard event.kind == kind, let name else { return event.kind == kind }
            let component = trace.name(event.component)
            return component == name || component.hasPrefix(name + ".")
        }
        if let next = trace.events[min(start.eventCount, trace.events.count)...].first(where: isMeant) {
            return next.time
        }
        let last = trace.events.last(where: isMeant)
        if last == nil, let name, let unknown = unknownName(name) { throw unknown }
        throw SessionFailure(
            reason: last.map { "there is no such event after \(start.time.written); the last is at \($0.time.written)" }
                ?? "the run has no such event")
    }

    /// That nothing in the run is called so; `nil`: something is.
    private func unknownName(_ name: String) -> SessionFailure? {
        let known = index.trace.components.map { index.trace.name($0.name) }
        if known.contains(where: { $0 == name || $0.hasPrefix(name + ".") }) { return nil }
        let hint = Suggestion.sentence(for: name, in: known)
        return SessionFailure(
            reason: "nothing in the run is called \(SafeText.quoted(name))\(hint.map { ": \($0)" } ?? "")")
    }

    private func never(_ nearest: String) -> SessionFailure {
        SessionFailure(
            reason: "it is never so from \(start.time.written) to the end at \(index.trace.end.written); \(nearest)")
    }
}

extension VirtualTime {
    /// As files write it: `1.25s`.
    var written: String { Duration.nanoseconds(nanoseconds).written }
}
