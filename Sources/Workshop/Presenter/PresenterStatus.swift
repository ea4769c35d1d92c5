import Scenario
import TerminalKit

/// The one quiet line: where the lesson is, the time, who follows, what the demo does next.
struct PresenterStatus {
    var state: LessonState
    var presenter: PresenterState
    var language: Language
    var glyphs: Glyphs

    private static let gap = 2

    private struct Part {
        var text: String
        /// The same in fewer words.
        var brief: String?
        /// Without room for all, those of least importance are said in brief, and then go.
        var importance: Int
        var style = Style.muted
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let parts = parts(in: area.width)
        var x = area.x
        for part in parts {
            let text = Text.truncate(part.text, to: area.maxX - x, ellipsis: glyphs.ellipsis)
            x = frame.write(text, x: x, y: area.y, style: part.style, clip: area) + Self.gap
        }
    }

    private func parts(in room: Int) -> [Part] {
        var parts = self.parts
        func isTooWide() -> Bool { parts.reduce(-Self.gap) { $0 + Text.width($1.text) + Self.gap } > room }
        func least(_ isIn: (Part) -> Bool) -> Int? {
            parts.indices.filter { isIn(parts[$0]) }.min { parts[$0].importance < parts[$1].importance }
        }
        while isTooWide(), let index = least({ $0.brief != nil }), let brief = parts[index].brief {
            parts[index].text = brief
            parts[index].brief = nil
        }
        while parts.count > 1, isTooWide(), let index = least({ _ in true }) { parts.remove(at: index) }
        return parts
    }

    private var parts: [Part] {
        var parts = [place]
        let clock = TeachingClock(presenter.timer, state)
        if let step = clock.step { parts.append(self.step(step)) }
        parts.append(total(clock))
        if let sharing = presenter.sharing {
            parts.append(Part(text: Words.following(presenter.followers)(language), importance: 7))
            // The cover has it large.
            if state.page != .card { parts.append(Part(text: "\(sharing.address) \(sharing.code)", importance: 4)) }
        }
        if let demo = presenter.demo {
            parts.append(Part(text: "x  \(text(demo))", importance: 2))
        }
        if state.isAsking, presenter.tallies[state.step?.id ?? ""]?.isRevealed != true {
            parts.append(Part(text: Words.handsAndAnswer(state.tallyOptionCount)(language), importance: 5))
        }
        if state.page == .card { parts.append(Part(text: "n  \(Words.beginLesson(language))", importance: 3)) }
        return parts
    }

    private var place: Part {
        switch state.page {
        case .card: return Part(text: "0/\(state.lesson.steps.count)", importance: 9)
        case .summary: return Part(text: Words.summary(language), importance: 9)
        case .step(let index):
            return Part(text: "\(index + 1)/\(state.lesson.steps.count)", importance: 9)
        }
    }

    /// The step's time and its budget. Over it, a mark and a word say so.
    private func step(_ step: TeachingClock.Span) -> Part {
        let text = "\(step.elapsed.clockText) / \(step.budget.clockText)"
        guard step.isOver else { return Part(text: text, importance: 8) }
        let brief = "\(glyphs[.timedOut]) \(Words.overBy(step.elapsed - step.budget)(language))"
        return Part(
            text: "\(glyphs[.timedOut]) \(text) \(Words.overTime(language))", brief: brief, importance: 10,
            style: Style(.warn))
    }

    private func text(_ demo: Demo) -> String {
        guard demo.line != nil else { return Words.demoOver(language) }
        let (number, count) = demo.stretch
        return "\(demo.isPlaying ? glyphs.play + " " : "")\(Words.demo(language)) \(number)/\(count)"
    }

    private func total(_ clock: TeachingClock) -> Part {
        let total = clock.total
        let left =
            total.isOver
            ? Words.overBy(total.elapsed - total.budget)(language) : Words.left(total.budget - total.elapsed)(language)
        let paused = presenter.timer.isPaused ? "\(glyphs.pause) " : ""
        return Part(text: "\(paused)\(total.elapsed.clockText), \(left)", brief: paused + left, importance: 6)
    }
}

/// Time spent against time planned, at the step on the screen and in all.
struct TeachingClock {
    struct Span: Hashable {
        var elapsed: Duration
        var budget: Duration
        var isOver: Bool { elapsed > budget }

        /// In whole seconds, so that what is spent and what is left add up to the budget.
        init(_ elapsed: Duration, of budget: Duration) {
            self.elapsed = .seconds(elapsed.components.seconds)
            self.budget = budget
        }
    }

    /// `nil` on the cover and the summary.
    var step: Span?
    var total: Span

    init(_ timer: TeachingTimer, _ state: LessonState) {
        step = state.step.map { step in
            Span(timer.steps[step.id] ?? .zero, of: .seconds(60 * step.minutes))
        }
        total = Span(timer.elapsed, of: .seconds(60 * state.lesson.minutes))
    }
}

extension Duration {
    /// Reads what ``clockText`` writes; `nil`: it is none.
    init?(clock text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (48...57).contains($0) } && part.utf8.count <= 4 ? Int(part) : nil
        }
        let small = parts.dropFirst().allSatisfy { $0.count == 2 } && numbers.dropFirst().allSatisfy { $0 < 60 }
        guard (2...3).contains(parts.count), numbers.count == parts.count, small else { return nil }
        self = .seconds(numbers.reduce(0) { $0 * 60 + $1 })
    }

    /// As a clock: `1:05`, `1:02:05`.
    var clockText: String {
        let seconds = max(0, components.seconds)
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let rest = two(seconds % 60)
        return hours == 0 ? "\(minutes):\(rest)" : "\(hours):\(two(minutes)):\(rest)"
    }
}
