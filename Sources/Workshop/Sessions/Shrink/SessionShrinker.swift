import Scenario
import TerminalKit
import Trace

/// Looks for the shortest script that still fails in the same way as one that fails.
///
/// Lines go first, in ever smaller pieces (delta debugging, Zeller and Hildebrandt 2002), then the times of keys, then
/// the head. Each try is a replay; the same script always shrinks to the same one.
public struct SessionShrinker {
    public struct Result: Sendable {
        public var script: SessionScript
        /// What fails in it.
        public var failure: SessionReplay.Check
        public var replays: Int
        /// Whether no line can go any more. Otherwise there was no replay left to try.
        public var isShortest: Bool
    }

    /// How a check fails: with the same words, whatever the numbers.
    struct Signature: Hashable {
        var action: String
        var reason: String

        /// `nil`: the check holds.
        init?(_ check: SessionReplay.Check, of action: SessionScript.Action?) {
            guard let failure = check.failure else { return nil }
            self.action = action?.withoutTime.description ?? check.name
            let words = failure.split(separator: " ").prefix { !$0.contains(where: \.isNumber) }
            reason = words.joined(separator: " ")
        }
    }

    private let shelf: SessionShelf
    private let mostReplays: Int
    private let progress: (_ lines: Int, _ replays: Int) -> Void
    private let signature: Signature
    private var best: SessionScript
    private var replays = 1

    /// Shrinks a script.
    /// - Parameters:
    ///   - mostReplays: how many are tried at most.
    ///   - progress: called after each replay with the lines that are left.
    /// - Returns: `nil`: nothing in it fails.
    /// - Throws: ``ScenarioError`` when the session cannot be replayed.
    public static func shrink(
        _ script: SessionScript, on shelf: SessionShelf, mostReplays: Int = 1000,
        progress: @escaping (_ lines: Int, _ replays: Int) -> Void = { _, _ in }
    ) throws(ScenarioError) -> Result? {
        let script = script.renumbered
        let checks = try SessionReplay.run(script, on: shelf, name: "", isWatched: false).checks
        guard let failed = checks.first(where: { $0.failure != nil }),
            let signature = Signature(failed, of: script.action(failed))
        else { return nil }
        var shrinker = SessionShrinker(script, shelf, signature, mostReplays, progress)
        shrinker.cut(after: failed)
        var size = Int.max
        while shrinker.size < size, !shrinker.isSpent {
            size = shrinker.size
            shrinker.dropLines()
            shrinker.beginLater()
            shrinker.simplifyTimes()
            shrinker.simplifyHead()
        }
        let result = shrinker.best.renumbered
        let last = try SessionReplay.run(result, on: shelf, name: "", isWatched: false).checks
        return Result(
            script: result, failure: last.first { $0.failure != nil } ?? failed, replays: shrinker.replays,
            isShortest: !shrinker.isSpent)
    }

    private init(
        _ script: SessionScript, _ shelf: SessionShelf, _ signature: Signature, _ mostReplays: Int,
        _ progress: @escaping (Int, Int) -> Void
    ) {
        best = script
        self.shelf = shelf
        self.signature = signature
        self.mostReplays = mostReplays
        self.progress = progress
    }

    private var isSpent: Bool { replays >= mostReplays }

    /// What shrinks: the written script.
    private var size: Int { best.description.count }

    // MARK: Tries

    /// Takes a script if it fails as the first one did.
    @discardableResult
    private mutating func take(_ candidate: SessionScript) -> Bool {
        guard !isSpent else { return false }
        replays += 1
        let script = candidate.renumbered
        guard let checks = try? SessionReplay.run(script, on: shelf, name: "", isWatched: false).checks,
            checks.contains(where: { Signature($0, of: script.action($0)) == signature })
        else {
            progress(best.lines.count, replays)
            return false
        }
        best = script
        progress(best.lines.count, replays)
        return true
    }

    private mutating func take(_ change: (inout SessionScript) -> Void) {
        var candidate = best
        change(&candidate)
        if candidate.description != best.description { take(candidate) }
    }

    /// What comes after the failure cannot be its cause.
    private mutating func cut(after check: SessionReplay.Check) {
        take { $0.lines = $0.lines.filter { $0.number <= check.line } }
        take { script in
            script.lines = script.lines.filter { line in
                if line.number == check.line { return true }
                switch line.action {
                case .frame, .expect, .pause: return false
                default: return true
                }
            }
        }
    }

    // MARK: Lines

    private mutating func dropLines() {
        var piece = max(1, best.lines.count / 2)
        while !isSpent {
            let before = best.lines.count
            var start = 0
            while start < best.lines.count, !isSpent {
                var candidate = best
                candidate.lines.removeSubrange(start..<min(start + piece, candidate.lines.count))
                // What stood behind the piece stands in its place now.
                if !take(candidate) { start += piece }
            }
            if piece == 1, best.lines.count == before { return }
            piece = max(1, piece / 2)
        }
    }

    /// The way to a step is shorter when the session begins there.
    private mutating func beginLater() {
        guard !best.lesson.isEmpty, best.lines.count > 1, case .success(let figures) = shelf.figures(of: best.lesson)
        else { return }
        let steps = figures.lesson.steps.map(\.id)
        let first = best.step.flatMap { steps.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        // The later steps first: they save the most. Leading keys are the way there.
        for step in steps.dropFirst(first).reversed() {
            for count in [1, 2, 4, 8, 16, 32] where count < best.lines.count {
                var candidate = best
                candidate.step = step
                candidate.lines.removeFirst(count)
                if take(candidate) { return dropLines() }
            }
        }
    }

    // MARK: Times and the head

    private mutating func simplifyTimes() {
        for index in best.lines.indices {
            for action in best.lines[index].action.simpler {
                var candidate = best
                candidate.lines[index].action = action
                if take(candidate) { break }
            }
        }
    }

    private mutating func simplifyHead() {
        take { $0.finished = [] }
        take { $0.demo = .own }
        take { $0.size = Size(width: 80, height: 24) }
        take { $0.language = .english }
        take { $0.repertoire = .unicode }
        take { $0.reducedMotion = false }
    }
}

extension SessionScript {
    /// Every line numbered by its place, from 1, as one file.
    fileprivate var renumbered: SessionScript {
        var script = self
        script.lines = lines.enumerated().map { Line($0.element.action, number: $0.offset + 1) }
        return script
    }

    /// The action that a check is of.
    fileprivate func action(_ check: SessionReplay.Check) -> Action? {
        lines.indices.contains(check.line - 1) ? lines[check.line - 1].action : nil
    }
}

extension SessionScript.Action {
    /// The same, whenever it comes.
    fileprivate var withoutTime: SessionScript.Action {
        switch self {
        case .key(let key, _): .key(key, at: nil)
        case .resize(let size, _): .resize(size, at: nil)
        default: self
        }
    }

    /// The same at rounder times, the simplest first.
    fileprivate var simpler: [SessionScript.Action] {
        switch self {
        case .key(let key, let time?):
            return [.key(key, at: nil)]
                + Self.rounder(time.nanoseconds).map { .key(key, at: VirtualTime(nanoseconds: $0)) }
        case .resize(let size, let time?):
            return [.resize(size, at: nil)]
                + Self.rounder(time.nanoseconds).map { .resize(size, at: VirtualTime(nanoseconds: $0)) }
        case .wait(.time(let duration)):
            return Self.rounder(duration.wholeNanoseconds).map { .wait(.time(.nanoseconds($0))) }
        default: return []
        }
    }

    private static func rounder(_ nanoseconds: Int64) -> [Int64] {
        let units: [Int64] = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 1000]
        return units.flatMap { unit -> [Int64] in
            guard nanoseconds % unit != 0 else { return [] }
            let down = nanoseconds / unit * unit
            return [down, down.addingReportingOverflow(unit).partialValue]
        }
    }
}
