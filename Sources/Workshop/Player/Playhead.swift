import Analysis
import Trace

/// Where in a run the student is, and how it moves.
public struct Playhead: Hashable, Sendable {
    public private(set) var cursor = Cursor.start
    public private(set) var isPlaying = false
    public var speed = Speed.normal
    /// Playing pauses there once: the moment that a lesson's step wants to show.
    public var stop: VirtualTime?
    /// Where somebody asked to be taken: playing passes ``stop`` and pauses there.
    public private(set) var target: VirtualTime?

    public init() {}

    init(cursor: Cursor, isPlaying: Bool, speed: Speed, stop: VirtualTime?) {
        self.cursor = cursor
        self.isPlaying = isPlaying
        self.speed = speed
        self.stop = stop
    }

    public mutating func play(in trace: Trace) {
        if cursor.time >= trace.end { seek(to: .zero, in: trace) }
        isPlaying = true
    }

    /// Plays on to a moment after the cursor.
    public mutating func play(until time: VirtualTime, in trace: Trace) {
        target = time
        play(in: trace)
    }

    public mutating func pause() { isPlaying = false }

    /// Lets so much wall time pass. Pauses at the end of the run and at ``stop``.
    public mutating func advance(by wall: Duration, in trace: Trace) {
        guard isPlaying else { return }
        guard let factor = speed.factor else { return play(to: trace.end, in: trace) }
        let delta = VirtualTime.milliseconds(wall.milliseconds * factor)
        play(to: cursor.time.advanced(byNanoseconds: delta.nanoseconds), in: trace)
    }

    /// Plays on to a moment, as ``advance(by:in:)`` would: recorded sessions say when each key came in virtual time.
    public mutating func play(to time: VirtualTime, in trace: Trace) {
        guard isPlaying, time > cursor.time else { return }
        let next = target ?? stop
        let limit = min(next.flatMap { $0 > cursor.time ? $0 : nil } ?? trace.end, trace.end)
        move(to: min(time, limit), in: trace)
        guard cursor.time >= limit else { return }
        isPlaying = false
        target = nil
    }

    /// Paused, before the first event.
    public var rewound: Playhead {
        var playhead = self
        playhead.cursor = .start
        playhead.isPlaying = false
        playhead.target = nil
        return playhead
    }

    /// Jumps to a moment; everything that happens at it is shown. Pauses.
    public mutating func seek(to time: VirtualTime, in trace: Trace) {
        isPlaying = false
        target = nil
        move(to: time, in: trace)
    }

    /// Jumps to just after an event. Pauses.
    public mutating func seek(after event: EventID, in trace: Trace) {
        isPlaying = false
        target = nil
        cursor = trace.cursor(after: event)
    }

    /// One event forward (+1) or back (-1). Returns the event that is now the last one shown.
    @discardableResult
    public mutating func step(_ direction: Int, in trace: Trace) -> EventID? {
        isPlaying = false
        let target = cursor.eventCount + direction
        guard target <= trace.events.count else {
            cursor = trace.lastCursor
            return nil
        }
        let event = EventID(UInt32(max(target, 0)))
        cursor = trace.cursor(after: event)
        return event == .none ? nil : event
    }

    /// Goes to a moment, and goes on playing from there unless it is the end.
    mutating func move(to time: VirtualTime, in trace: Trace) {
        cursor = trace.cursor(at: min(max(time, .zero), trace.end))
        if cursor.time >= trace.end { isPlaying = false }
    }
}
