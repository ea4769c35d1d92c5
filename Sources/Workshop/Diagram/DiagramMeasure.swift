import Diagrams
import TerminalKit

/// How wide everything of a diagram is, and how far apart that keeps its lifelines.
struct DiagramMeasure {
    /// What a message's text takes.
    struct MessageText {
        var text: TextMeasure
        /// Columns of what became of it, on the line of its text.
        var extra: Int
        /// Columns of how long the call took that it answers.
        var took: Int
    }

    /// Columns of an arrow besides its text: `├── text ─▶`, and of a row above the arrow.
    static let arrow = 7
    /// Columns besides for arrows that take time: they come down beside one another.
    static let falls = 3
    static let above = 3
    /// Between the border of a block or the edge of a note and what it is round.
    static let margin = 2
    /// Columns of a note besides its text.
    static let noteEdges = 4
    /// How wide gaps may be for the sake of texts that could be wrapped, from roomy to narrow.
    private static let caps = [46, 42, 38, 34, 30, 27, 24, 22, 20, 18, 16, 14]
    /// As narrow as words allow: for little room.
    private static let narrowest = [12, 10]
    /// Where nothing fits, texts are at least easy to read.
    private static let comfortable = 22

    let script: DiagramScript
    let heads: [DiagramHead]
    let boxes: [DiagramBox]
    let words: DiagramWords
    private let hasFalls: Bool
    /// By step; `nil` for what is no message.
    private(set) var messages: [MessageText?] = []
    /// By section.
    private(set) var titles: [TextMeasure] = []
    /// By step.
    private(set) var notes: [TextMeasure?] = []
    /// Columns that bars reach to the right of each lifeline.
    private(set) var reach: [Int]

    /// Results.
    private(set) var places: [Int] = []
    private(set) var width = 0
    /// How wide gaps were made for texts that can be wrapped.
    private(set) var cap = 0
    /// By block: columns from its first lifeline to its left border, and from its last one to its right border.
    private(set) var pads: [(left: Int, right: Int)] = []

    /// - Parameter width: columns to fit in, where that can be done by wrapping.
    init(
        _ script: DiagramScript, heads: [DiagramHead], boxes: [DiagramBox], words: DiagramWords, width: Int,
        hasFalls: Bool = false
    ) {
        self.script = script
        self.heads = heads
        self.boxes = boxes
        self.words = words
        self.hasFalls = hasFalls
        reach = Array(repeating: 0, count: heads.count)
        for bar in script.bars { reach[bar.column] = max(reach[bar.column], min(bar.level, Self.mostBars - 1)) }
        measureTexts()
        let caps = words.style.isDense ? Self.caps + Self.narrowest : Self.caps
        var low = 0
        var high = caps.count
        // The roomiest that fits.
        while low < high {
            let middle = (low + high) / 2
            solve(cap: caps[middle])
            if self.width <= width { high = middle } else { low = middle + 1 }
        }
        solve(cap: low < caps.count ? caps[low] : Self.comfortable)
    }

    /// Bars beside one another on a lifeline, at most.
    static let mostBars = 6

    /// Columns that so many bars reach to the right of their lifeline.
    static func reach(_ depth: Int) -> Int { max(0, min(depth, mostBars) - 1) }

    private mutating func measureTexts() {
        for step in script.steps {
            var message: MessageText?
            var note: TextMeasure?
            switch step {
            case .message(let step):
                let all = script.measured.passages
                let passages = all.indices.contains(step.message.number) ? all[step.message.number] : []
                let summary = words.summary(passages)
                message = MessageText(
                    text: words.label(step), extra: summary.before.width + summary.after.width,
                    took: words.took(passages).width)
            case .note(let step): note = TextMeasure(step.text)
            case .open, .divide, .close: break
            }
            messages.append(message)
            notes.append(note)
        }
        titles = script.sections.map(words.title)
    }

    // MARK: Distances

    private mutating func solve(cap: Int) {
        self.cap = cap
        var columns = DiagramColumns(count: heads.count)
        pads = Array(repeating: (Self.margin, Self.margin), count: script.blocks.count)
        keepHeads(&columns)
        for (place, step) in script.steps.enumerated() {
            switch step {
            case .message(let step): if let text = messages[place] { keep(step, text, cap, &columns) }
            case .note(let step): if let text = notes[place] { keep(step, text, cap, &columns) }
            case .open, .divide, .close: break
            }
        }
        // Inner blocks come after those that they are in.
        for number in script.blocks.indices.reversed() { keepBlock(number, cap, &columns) }
        (places, width) = columns.solved()
    }

    /// Keeps a lifeline's neighbours away from what stands at its sides.
    private mutating func extend(
        _ column: Int, left: Int = 0, right: Int = 0, in block: Int?, _ columns: inout DiagramColumns
    ) {
        if left > 0 {
            columns.keep(column - 1, column, apart: left + (column == 0 ? 0 : Self.margin + reach[column - 1]))
        }
        if right > 0 {
            columns.keep(column, column + 1, apart: right + (column == heads.count - 1 ? 1 : Self.margin))
        }
        guard let block, let range = script.blocks[block].columns else { return }
        if range.lowerBound == column { pads[block].left = max(pads[block].left, left + Self.margin) }
        if range.upperBound == column { pads[block].right = max(pads[block].right, right + Self.margin) }
    }

    private func keepHeads(_ columns: inout DiagramColumns) {
        for (place, head) in heads.enumerated() {
            if place > 0 {
                columns.keep(place - 1, place, apart: max(heads[place - 1].right + head.left + 3, 5 + reach[place - 1]))
            }
        }
        guard let first = heads.first, let last = heads.last else { return }
        columns.keep(-1, 0, apart: first.left)
        columns.keep(heads.count - 1, heads.count, apart: max(last.right, reach[heads.count - 1]) + 1)
        for box in boxes { keep(box, &columns) }
    }

    /// `╭ label ─╮` goes round the heads with a blank at either side.
    private func keep(_ box: DiagramBox, _ columns: inout DiagramColumns) {
        let (first, last) = (box.columns.lowerBound, box.columns.upperBound)
        let left = heads[first].left + Self.margin
        var right = heads[last].right + Self.margin
        let title = Text.width(box.label) + 4
        if first == last { right = max(right, title - left) }
        columns.keep(first, last, apart: title - left - right)
        let before =
            first == 0 ? 0 : heads[first - 1].right + (boxes.contains { $0.columns.contains(first - 1) } ? 2 : 0)
        columns.keep(first - 1, first, apart: left + (first == 0 ? 0 : before + 2))
        columns.keep(last, last + 1, apart: right + (last == heads.count - 1 ? 1 : heads[last + 1].left + 2))
    }

    private mutating func keep(
        _ step: DiagramScript.MessageStep, _ text: MessageText, _ cap: Int, _ columns: inout DiagramColumns
    ) {
        let block = step.section.map { script.sections[$0].block }
        if step.from == step.to { return keepTurn(step, text, cap, block, &columns) }
        let (low, high) = (min(step.from, step.to), max(step.from, step.to))
        let goesRight = step.from == low
        var edges = Self.reach(goesRight ? step.fromDepth : step.toDepth)
        if step.creates {
            let head = heads[step.to]
            edges += head.margin + (goesRight ? head.left : head.right)
        }
        let width = text.text.width + text.extra
        let onArrow = text.text.lines.isEmpty && text.extra == 0 ? 4 : width + Self.arrow + (hasFalls ? Self.falls : 0)
        let wrapped = max(cap, text.text.word + text.extra + Self.above)
        let natural = text.text.lines.count > 1 ? width + Self.above : onArrow
        columns.keep(low, high, apart: edges + min(natural, wrapped))
        let took = text.took == 0 ? 0 : text.took + 1
        if goesRight {
            extend(low, left: took == 0 ? 0 : took + 1, in: block, &columns)
            extend(
                high, right: max(Self.reach(step.toDepth), step.creates ? heads[high].right : 0), in: block, &columns)
        } else {
            extend(high, right: Self.reach(step.fromDepth) + took, in: block, &columns)
            extend(low, left: step.creates ? heads[low].left : 0, in: block, &columns)
        }
    }

    private mutating func keepTurn(
        _ step: DiagramScript.MessageStep, _ text: MessageText, _ cap: Int, _ block: Int?,
        _ columns: inout DiagramColumns
    ) {
        let label = text.text.lines.isEmpty ? text.extra : text.text.width(wrappedTo: cap - Self.turn) + text.extra
        let right = Self.reach(max(step.fromDepth, step.toDepth)) + Self.turn + max(label, text.took)
        extend(step.from, right: right - 1, in: block, &columns)
    }

    /// Columns of a message to itself besides its text: `├──╮ text`.
    static let turn = 5

    private mutating func keep(
        _ step: DiagramScript.NoteStep, _ text: TextMeasure, _ cap: Int, _ columns: inout DiagramColumns
    ) {
        let block = step.section.map { script.sections[$0].block }
        let width = text.width(wrappedTo: Self.noteCap(cap)) + Self.noteEdges
        let reach = Self.reach(step.depth)
        switch step.place {
        case .left: extend(step.first, left: width + 1, in: block, &columns)
        case .right: extend(step.first, right: reach + width + 1, in: block, &columns)
        case .over where step.first == step.last:
            extend(step.first, left: width / 2, right: max(reach, width - 1 - width / 2), in: block, &columns)
        case .over:
            columns.keep(step.first, step.last, apart: width - 1 - 2 * Self.margin)
            extend(step.first, left: Self.margin, in: block, &columns)
            extend(step.last, right: reach + Self.margin, in: block, &columns)
        }
    }

    /// Notes are narrower than arrows: nothing says where they end but their text.
    static func noteCap(_ cap: Int) -> Int { max(12, cap * 3 / 4) }

    private mutating func keepBlock(_ number: Int, _ cap: Int, _ columns: inout DiagramColumns) {
        let block = script.blocks[number]
        guard let range = block.columns else { return }
        let title = (block.sections.map { titles[$0].width(wrappedTo: cap) }.max() ?? 0) + 4
        if range.count == 1 {
            pads[number].right = max(pads[number].right, title - pads[number].left)
        } else {
            let pads = pads[number]
            columns.keep(range.lowerBound, range.upperBound, apart: title - pads.left - pads.right)
        }
        let outer = block.parent
        extend(range.lowerBound, left: pads[number].left, in: outer, &columns)
        extend(range.upperBound, right: pads[number].right, in: outer, &columns)
    }
}
