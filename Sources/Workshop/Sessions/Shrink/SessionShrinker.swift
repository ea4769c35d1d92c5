import Scenario
import TerminalKit
import Trace

/// Looks for the shortest script that still fails in the same way as one that fails.
///
/// Lines go first, in ever smaller pieces (delta debugging, Zeller and Hildebrandt 2002), then the times of keys, then
/// the head: at first only where the reason stays the same to the digit, then also where its figures become others but
/// what is done to the system does not. Each try is a replay; the same script always shrinks to the same one.
public struct SessionShrinker {
    public struct Result: Sendable {
        public var script: SessionScript
        /// What fails in it.
        public var failure: SessionReplay.Check
        public var replays: Int
        /// Whether no line can go any more. Otherwise there was no replay left to try.
        public var isShortest: Bool
    }

    private let shelf: SessionShelf
    private let mostReplays: Int
    private let progress: (_ lines: Int, _ replays: Int) -> Void
    /// The failure that is to stay.
    private var signature: FailureSignature
    private var strictness = FailureSignature.Strictness.figures
    private var best: SessionScript
    /// What fails in the best script; `nil`: it is the first one.
    private var failure: SessionReplay.Check?
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
            let signature = FailureSignature(failed, of: script.action(failed))
        else { return nil }
        var shrinker = SessionShrinker(script, shelf, signature, mostReplays, progress)
        shrinker.cut(after: failed)
        for strictness in FailureSignature.Strictness.allCases {
            shrinker.strictness = strictness
            shrinker.shrink()
            shrinker.settle()
        }
        return Result(
            script: shrinker.best.renumbered, failure: shrinker.failure ?? failed, replays: shrinker.replays,
            isShortest: !shrinker.isSpent)
    }

    private init(
        _ script: SessionScript, _ shelf: SessionShelf, _ signature: FailureSignature, _ mostReplays: Int,
        _ progress: @escaping (Int, Int) -> Void
    ) {
        best = script
        self.shelf = shelf
        self.signature = signature
        self.mostReplays = mostReplays
        self.progress = progress
    }

    private var isSpent: Bool { replays >= mostReplays }

    private mutating func shrink() {
        var size = Int.max
        while self.size < size, !isSpent {
            size = self.size
            dropLines()
            beginAtStep()
            mergeWaits()
            simplifyTimes()
            simplifyHead()
        }
    }

    /// From here on the failure to keep is that of the best script.
    private mutating func settle() {
        if let failure, let now = FailureSignature(failure, of: best.action(failure)) { signature = now }
    }

    /// What shrinks: the written script.
    private var size: Int { best.description.count }

    // MARK: Tries

    /// Takes a script if it fails as the first one did.
    @discardableResult
    private mutating func take(_ candidate: SessionScript) -> Bool {
        guard !isSpent else { return false }
        replays += 1
        let script = candidate.renumbered
        let checks = (try? SessionReplay.run(script, on: shelf, name: "", isWatched: false).checks) ?? []
        let same = checks.last { check in
            guard let now = FailureSignature(check, of: script.action(check)) else { return false }
            return now.isSame(as: signature, strictness)
        }
        if let same {
            best = script
            failure = same
        }
        progress(best.lines.count, replays)
        return same != nil
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
        // Pairs of keys that undo each other, wherever they stand, can only go together.
        var piece = max(2, best.lines.count / 2)
        while !isSpent {
            let before = best.lines.count
            var start = 0
            while start < best.lines.count, !isSpent {
                var candidate = best
                candidate.lines.removeSubrange(start..<min(start + piece, candidate.lines.count))
                // What stood behind the piece stands in its place now.
                if !take(candidate) { start += piece > 2 ? piece : 1 }
            }
            if piece == 1, best.lines.count == before { return }
            piece = piece > 2 ? max(2, piece / 2) : 1
        }
    }

    /// The way to the step where it fails is shorter when the session begins there.
    private mutating func beginAtStep() {
        guard !signature.isOfWay, !best.lesson.isEmpty, best.lines.count > 1, best.step != signature.page,
            case .success(let figures) = shelf.figures(of: best.lesson), figures.lesson.step(signature.page) != nil
        else { return }
        // Leading keys are the way there.
        for count in [1, 2, 4, 8, 16, 32] where count < best.lines.count {
            var candidate = best
            candidate.step = signature.page
            candidate.lines.removeFirst(count)
            if take(candidate) { return dropLines() }
        }
    }

    // MARK: Times and the head

    /// Two waits that follow each other are one.
    private mutating func mergeWaits() {
        var index = 0
        while index + 1 < best.lines.count {
            guard case .wait(.time(let first)) = best.lines[index].action,
                case .wait(.time(let second)) = best.lines[index + 1].action
            else {
                index += 1
                continue
            }
            var candidate = best
            candidate.lines[index].action = .wait(.time(first + second))
            candidate.lines.remove(at: index + 1)
            if !take(candidate) { index += 1 }
        }
    }

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
        take { $0.keepsTranscript = false }
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
