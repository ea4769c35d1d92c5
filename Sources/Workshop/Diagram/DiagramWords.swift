import Diagrams
import TerminalKit

/// What is written beside and on the arrows of a sequence diagram.
struct DiagramWords {
    typealias Passage = MeasuredDiagram.Passage

    let style: DiagramStyle

    /// A message's number and text.
    func label(_ step: DiagramScript.MessageStep) -> TextMeasure {
        guard let ordinal = step.ordinal else { return TextMeasure(step.message.text) }
        return TextMeasure(step.message.text.isEmpty ? "\(ordinal)." : "\(ordinal). \(step.message.text)")
    }

    /// What became of a message: before its text where all its passages fared alike, else behind it.
    ///
    /// What the head of an arrow says already is not repeated.
    func summary(_ passages: [Passage]) -> (before: StyledText, after: StyledText) {
        guard let first = passages.first else { return (StyledText(), StyledText()) }
        let count = passages.count > 1 ? " \(style.glyphs.times)\(style.numbers.count(passages.count))" : ""
        if passages.allSatisfy({ $0.fate == first.fate }) {
            guard let mark = first.fate.mark, first.fate.head == nil else {
                return (StyledText(), StyledText(count, Style(.text, .bold)))
            }
            return (
                StyledText("\(style.glyphs[mark]) ", Style(mark.role, .bold)), StyledText(count, Style(.text, .bold))
            )
        }
        var after = StyledText(count, Style(.text, .bold))
        for fate in Passage.Fate.allCases {
            let number = passages.count { $0.fate == fate }
            guard let mark = fate.mark, number > 0 else { continue }
            after.append(" \(style.glyphs[mark])\(style.numbers.count(number))", Style(mark.role, .bold))
        }
        return (StyledText(), after)
    }

    /// How long the calls took that these passages answer: shortest and longest; empty where they answer none.
    func took(_ passages: [Passage]) -> StyledText {
        var shortest = Int64.max
        var longest = Int64.min
        for passage in passages {
            guard let took = passage.took else { continue }
            shortest = min(shortest, took)
            longest = max(longest, took)
        }
        guard shortest <= longest else { return StyledText() }
        let fate = passages.allSatisfy { $0.fate == passages[0].fate } ? passages[0].fate : .plain
        return StyledText(style.numbers.range(from: shortest, to: longest), Style(fate.mark?.role ?? .text, .bold))
    }

    /// `loop [every minute]`; nothing for a coloured background.
    func title(_ section: DiagramScript.Section) -> TextMeasure {
        TextMeasure(section.label.isEmpty ? section.keyword : "\(section.keyword) [\(section.label)]")
    }
}

extension MeasuredDiagram.Passage.Fate {
    var mark: Mark? {
        switch self {
        case .plain: nil
        case .lost: .lost
        case .retried: .retried
        case .hedged: .hedged
        case .timedOut: .timedOut
        case .rejected: .rejected
        case .cached: .cached
        case .failed: .failed
        }
    }

    /// The mark that stands in place of an arrow's head: the message does not get through.
    var head: Mark? { self == .lost ? .lost : self == .rejected ? .rejected : nil }
}

/// How the times at the left edge are written: all in one unit, counted from the first message.
struct DiagramClock {
    let unit: String
    private let nanoseconds: Int64
    private let places: Int
    private let numbers: NumberText

    /// - Parameter times: all that will be written.
    init(_ times: some Sequence<Int64>, numbers: NumberText) {
        var longest: Int64 = 0
        // As many decimals as it takes to write each of them, up to hundredths.
        var places = 0
        for time in times {
            longest = max(longest, time)
            if places < 2, time % 100_000 >= 5_000 {
                places = 2
            } else if places < 1, time % 1_000_000 >= 50_000 {
                places = 1
            }
        }
        let inSeconds = longest >= 10_000_000_000
        unit = inSeconds ? "s" : "ms"
        nanoseconds = inSeconds ? 1_000_000_000 : 1_000_000
        self.places = inSeconds ? 3 : places
        self.numbers = numbers
    }

    func label(_ time: Int64) -> String { numbers.fixed(time, unit: nanoseconds, places: places) }
}
