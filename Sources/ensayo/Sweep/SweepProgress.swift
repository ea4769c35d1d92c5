import Glibc
import Synchronization
import TerminalKit
import Workshop

/// Says on the terminal how far a sweep is. The one part of a sweep that knows the wall clock.
final class SweepProgress: Sendable {
    private static let interval = Duration.milliseconds(200)

    private struct State {
        var shown: ContinuousClock.Instant?
        var isDrawn = false
    }

    private let start = ContinuousClock.now
    /// Runs that were there already.
    private let known: Int
    private let isShown = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(known: Int) { self.known = known }

    func show(_ summary: SweepSummary) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let shown = state.shown, now - shown < Self.interval { return false }
            state.shown = now
            state.isDrawn = true
            return true
        }
        guard isDue else { return }
        let (done, all) = (summary.taken, summary.plan.runs)
        var words = "\(done) of \(Counted(all, "run"))"
        let failed = summary.failed.reduce(0, +)
        if failed > 0 { words += ", \(failed) failed" }
        if let left = left(done, all, now) { words += ", \(left) left" }
        Output.progress("\r\(Self.line(words, Double(done) / Double(all), width: Output.progressColumns))\u{1b}[K")
    }

    /// A line that wrapped could not be drawn over: the bar takes what the words leave.
    private static func line(_ words: String, _ share: Double, width: Int) -> String {
        let room = min(30, width - Text.width(words) - 1)
        guard room >= 5 else { return Text.truncate(words, to: width) }
        let bar = Bar(share).text(width: room, glyphs: .unicode)
        return "\(bar.filled)\(bar.empty) \(words)"
    }

    /// Takes the bar off the screen.
    func finish() {
        let isDrawn = state.withLock { $0.isDrawn }
        if isDrawn { Output.progress("\r\u{1b}[K") }
    }

    private func left(_ done: Int, _ all: Int, _ now: ContinuousClock.Instant) -> String? {
        guard done - known >= 4 else { return nil }
        let seconds = (now - start).seconds / Double(done - known) * Double(all - done)
        if seconds < 90 { return "\(Int(seconds.rounded(.up))) s" }
        return seconds < 5400 ? "\(Int((seconds / 60).rounded(.up))) min" : "\(Int((seconds / 3600).rounded(.up))) h"
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
