import Analysis
import TerminalKit
import Trace

/// The texts of the retry timeline.
struct RetryWords {
    let context: PanelContext
    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    func label(_ row: RetryTimeline.Row, isLong: Bool) -> String {
        let number = numbers.count(Int(row.request.rawValue))
        return isLong ? context.text("request \(number)", "petición \(number)") : number
    }

    /// How a row ended: `✓ 5.8 s`, `✗ no budget`.
    func ending(_ row: RetryTimeline.Row) -> StyledText {
        switch row.ending {
        case .open: return StyledText(String(glyphs.ellipsis), .muted)
        case .succeeded:
            return marked(.ok, numbers.duration(row.attempts.last?.end?.nanoseconds ?? 0, since: row.start))
        case .givenUp(let reason): return marked(.failed, self.reason(reason))
        case .cut:
            let mark = EventSentence.mark(row.outcome) ?? .lost
            return marked(mark, context.text("cut off", "cortado"))
        }
    }

    private func marked(_ mark: Mark, _ text: String) -> StyledText {
        StyledText("\(glyphs[mark]) ", Style(mark.role, .bold)) + StyledText(text)
    }

    /// Why there is no further attempt, in few words.
    func reason(_ reason: NameID) -> String {
        switch context.trace.name(reason) {
        case "attempts": context.text("no try left", "sin intentos")
        case "permanent": context.text("permanent", "permanente")
        case "budget": context.text("no budget", "sin presupuesto")
        case "deadline": context.text("deadline", "plazo vencido")
        case "not idempotent": context.text("not safe twice", "no repetible")
        case "told not to": context.text("told not to", "le piden que no")
        case let other: other
        }
    }

    /// Each attempt with its exact numbers: `attempt 2  +1.9 s  ✗ error 80 ms  wait 3.7 s of 3.2-4.8 s`.
    func details(_ row: RetryTimeline.Row) -> Table {
        Table(
            [
                Table.Column("", importance: 9), Table.Column("", .right, importance: 7),
                Table.Column("", importance: 5), Table.Column("", importance: 8), Table.Column("", importance: 6),
            ],
            rows: row.attempts.enumerated().map { place, attempt in
                let number = numbers.count(attempt.number)
                let after = attempt.start.nanoseconds - row.start.nanoseconds
                return [
                    StyledText(context.text("attempt \(number)", "intento \(number)"), Style(.text, .bold)),
                    StyledText("+" + numbers.duration(after), .muted), result(attempt),
                    next(row, after: place), window(row, after: place),
                ]
            }, hasHeading: false)
    }

    private func result(_ attempt: RetryTimeline.Attempt) -> StyledText {
        guard let end = attempt.end, let mark = EventSentence.mark(attempt.outcome) else {
            return StyledText(String(glyphs.ellipsis), .muted)
        }
        let length = numbers.duration(end.nanoseconds, since: attempt.start)
        let word = attempt.outcome.isSuccess ? "" : context.outcomeWord(attempt.outcome) + " "
        return marked(mark, word + length)
    }

    /// What follows an attempt: the wait, or why there is none.
    private func next(_ row: RetryTimeline.Row, after place: Int) -> StyledText {
        if place < row.waits.count {
            let length = numbers.duration(row.waits[place].length)
            return StyledText(context.text("wait \(length)", "espera \(length)"), Style(.wait))
        }
        guard place == row.attempts.count - 1, case .givenUp(let reason) = row.ending else { return StyledText() }
        return StyledText(self.reason(reason), Style(.fail))
    }

    /// From what the wait was chosen, or who asked for it.
    private func window(_ row: RetryTimeline.Row, after place: Int) -> StyledText {
        guard place < row.waits.count else { return StyledText() }
        let wait = row.waits[place]
        if context.trace.name(wait.source) == "Retry-After" { return StyledText("Retry-After", .muted) }
        guard let floor = wait.floor, let ceiling = wait.ceiling, floor < ceiling else { return StyledText() }
        let range = numbers.range(from: floor, to: ceiling)
        return StyledText(context.text("of \(range)", "de \(range)"), .muted)
    }
}

extension NumberText {
    fileprivate func duration(_ end: Int64, since start: VirtualTime) -> String {
        duration(max(0, end - start.nanoseconds))
    }
}
