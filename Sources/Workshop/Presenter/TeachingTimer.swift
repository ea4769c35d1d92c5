/// How long a lesson has been taught, in all and at each of its steps.
///
/// It has no clock: it is told how much wall time has passed since the workshop was opened.
struct TeachingTimer: Hashable, Sendable {
    private(set) var elapsed = Duration.zero
    /// By step; a step that is visited again goes on where it was left.
    private(set) var steps: [String: Duration] = [:]
    private(set) var isRunning = false
    private var hasBegun = false
    /// Whether somebody stopped it.
    var isPaused: Bool { hasBegun && !isRunning }
    /// What it was told last: the workshop was opened at zero.
    private(set) var last = Duration.zero

    /// The first step begins it. Until then the class comes in.
    mutating func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        isRunning = true
    }

    /// Goes on from where another one stood.
    mutating func resume(_ elapsed: Duration, steps: [String: Duration], isRunning: Bool) {
        self.elapsed = elapsed
        self.steps = steps
        self.isRunning = isRunning
        hasBegun = isRunning || elapsed > .zero
    }

    /// - Parameter now: since the workshop was opened.
    mutating func pass(to now: Duration, at step: String?) {
        if isRunning, now > last {
            elapsed += now - last
            if let step { steps[step, default: .zero] += now - last }
        }
        last = now
    }

    mutating func toggle() {
        hasBegun = true
        isRunning.toggle()
    }

    /// Everything from zero; it goes on running if it was.
    mutating func reset() {
        elapsed = .zero
        steps = [:]
    }
}
