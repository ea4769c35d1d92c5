import Scenario
import TerminalKit
import Trace

/// A script that is played on, a stretch at a time, between which the instructor speaks or tries things out.
struct Demo: Sendable {
    /// From one key without a time to the next: long enough to see what it did.
    static let pace = Duration.milliseconds(250)

    let script: SessionScript
    /// The line that comes next.
    private(set) var next = 0
    private(set) var isPlaying = false
    /// The lesson as the script left it; `nil`: it has not begun.
    private(set) var kept: LessonState?
    /// Until when the run plays before the next key.
    private(set) var until: VirtualTime?
    private var rest = Duration.zero

    private let hasPauses: Bool

    init(_ script: SessionScript) {
        self.script = script
        hasPauses = script.lines.contains { $0.action == .pause }
    }

    /// A line to do.
    var line: SessionScript.Line? { script.lines.indices.contains(next) ? script.lines[next] : nil }

    /// What it does next, for people; `nil`: it is over.
    var announcement: String? {
        script.lines.dropFirst(next).lazy.compactMap { line in
            switch line.action {
            case .key, .wait, .change: "\(line.action)"
            case .pause, .frame, .cancel, .resize, .expect, .clock, .restart: nil
            }
        }.first
    }

    /// Which stretch it plays next or now, the first is 1, and how many there are: from one stop to the next.
    var stretch: (number: Int, count: Int) {
        let stops = script.lines.indices.filter { isStop(script.lines[$0]) }
        let count = stops.count + (stops.last == script.lines.count - 1 ? 0 : 1)
        return (min(stops.count { $0 < next } + 1, count), count)
    }

    /// Whether it stands still at a line until it is asked to go on: at `pause`; in a script without any, at `frame`.
    private func isStop(_ line: SessionScript.Line) -> Bool {
        switch line.action {
        case .pause: true
        case .frame: !hasPauses
        default: false
        }
    }

    // MARK: Playing

    mutating func play() {
        guard line != nil else { return }
        isPlaying = true
        rest = .zero
    }

    /// - Parameter state: what the script left, to be gone on from. What it waits for, it waits for then too.
    mutating func stop(keeping state: LessonState?) {
        isPlaying = false
        kept = state
    }

    /// What to do now.
    enum Turn: Hashable, Sendable {
        case press(Key)
        case change(Intervention.Action)
        /// The run is played on; ``hold(until:)`` says how far.
        case play(SessionWait)
        /// Nothing yet: time passes.
        case wait
        /// Nothing at this line: it is for replays.
        case skip
        case stop
    }

    /// Lets so much wall time pass. A key with a time waits until a run that plays has come there; one without comes at
    /// once while a run plays, so that the run is where it is in a replay.
    mutating func turn(after wall: Duration, cursor: VirtualTime?, isRunPlaying: Bool) -> Turn {
        guard let line else { return .stop }
        rest -= wall
        if case .key(_, let time?) = line.action { until = time }
        if isRunPlaying, let until, let cursor, cursor < until { return .wait }
        until = nil
        if isStop(line) {
            next += 1
            return .stop
        }
        let turn: Turn? =
            switch line.action {
            case .key(let key, _): .press(key)
            case .change(let action): .change(action)
            case .wait(let wait): .play(wait)
            case .cancel, .resize, .frame, .expect, .pause, .clock, .restart: nil
            }
        if turn != nil, !isRunPlaying, rest > .zero { return .wait }
        next += 1
        if turn != nil { rest = Self.pace }
        return turn ?? .skip
    }

    /// What comes next waits until a run that plays has come there.
    mutating func hold(until time: VirtualTime) { until = time }
}
