import TerminalKit
import Trace

/// How the contents are drawn, from a line an entry to a cell for several.
enum CacheForm: Hashable {
    case rows
    /// Cells with their keys, as far as they fit or in few columns.
    case grid(isWide: Bool)
    /// So many entries in a column of one.
    case heat(Int)

    static let all: [CacheForm] =
        [.rows, .grid(isWide: true), .grid(isWide: false)]
        + [1, 2, 3, 4, 5, 8, 10, 20, 50, 100, 1000, 10_000].map { .heat($0) }
}

/// The contents of a cache in lines of one form.
struct CacheDrawing {
    let picture: CachePicture
    let width: Int
    let form: CacheForm

    private let context: PanelContext
    private let glyphs: Glyphs
    private let hasDirty: Bool
    /// The names of lists stand before their first line.
    private let gutter: Int
    private let keyWidth: Int
    private let markWidth: Int
    private let cellWidth: Int

    init(picture: CachePicture, width: Int, form: CacheForm) {
        self.picture = picture
        self.width = width
        self.form = form
        context = picture.context
        glyphs = context.glyphs
        hasDirty = picture.state.writes == "back"
        let labels = picture.shelves.map { Text.width(Self.label($0, picture.context)) }
        gutter = picture.hasSeveralLists ? 1 + (labels.max() ?? 0) : 0
        let keys = picture.keys
        let key = keys.longest <= Self.wholeKey ? keys.longest : keys.longestRest
        keyWidth = max(1, min(key, form == .grid(isWide: true) ? Self.widestKey : Self.longestKey))
        let uses = picture.countsUses ? picture.state.entries.map(\.mark).max() ?? 0 : 0
        markWidth =
            !picture.hasMarks
            ? 0 : picture.countsUses ? 1 + context.numbers.count(Int(clamping: max(0, uses))).count : 1
        cellWidth = 2 + keyWidth + markWidth + (hasDirty ? 1 : 0)
    }

    /// Keys up to so long stand whole; longer ones lose what they share, and then what is too much.
    private static let wholeKey = 8
    private static let longestKey = 12
    /// And so much where there is room for all of them.
    private static let widestKey = 24
    /// More keys than this are a wall of words.
    private static let mostKeys = 300

    private var room: Int { max(0, width - gutter) }

    private var isGrid: Bool { if case .grid = form { true } else { false } }

    private func label(_ shelf: CachePicture.Shelf) -> String { Self.label(shelf, context) }

    private static func label(_ shelf: CachePicture.Shelf, _ context: PanelContext) -> String {
        "\(shelf.list.name) \(context.numbers.count(shelf.cells.count))"
    }

    /// Lines that it takes; `nil`: there is no room for one cell.
    var height: Int? {
        guard perLine > 0 else { return nil }
        return picture.shelves.reduce(0) { $0 + lineCount($1) }
    }

    private func lineCount(_ shelf: CachePicture.Shelf) -> Int {
        max(1, (cellCount(shelf) + perLine - 1) / perLine)
    }

    private func cellCount(_ shelf: CachePicture.Shelf) -> Int {
        let places = shelf.cells.count + shelf.free
        return if case .heat(let size) = form { (places + size - 1) / size } else { places }
    }

    /// Cells in a line.
    private var perLine: Int {
        switch form {
        case .rows: room >= 16 ? 1 : 0
        case .grid: picture.placeCount <= Self.mostKeys ? (room + 1) / (cellWidth + 1) : 0
        case .heat: isInTens ? (room + 1) / 11 * 10 : room
        }
    }

    /// Tens apart can be counted; hundreds of tens cannot.
    private var isInTens: Bool { form == .heat(1) && room >= 21 && picture.placeCount <= 200 }

    /// None where there is no room for one cell.
    var lines: [StyledText] { perLine > 0 ? picture.shelves.flatMap(lines(of:)) : [] }

    private func lines(of shelf: CachePicture.Shelf) -> [StyledText] {
        let cells = cells(of: shelf)
        return (0..<lineCount(shelf)).map { line in
            var text = StyledText()
            if gutter > 0 {
                text.append(
                    Text.pad(line == 0 ? label(shelf) : "", to: gutter, ellipsis: glyphs.ellipsis),
                    Style(.text, shelf.list.isGhost ? .dim : .bold))
            }
            for (place, cell) in cells[min(line * perLine, cells.count)..<min((line + 1) * perLine, cells.count)]
                .enumerated()
            {
                if place > 0, isGrid || isInTens && place % 10 == 0 { text.append(" ") }
                for span in cell { text.append(span.text, span.style) }
            }
            return text
        }
    }

    private func cells(of shelf: CachePicture.Shelf) -> [[TerminalKit.Span]] {
        let free = String(context.freePlace)
        switch form {
        case .rows:
            let place = [Span("  \(free)", Style(.border))]
            let key = rowKeyWidth(shelf)
            return shelf.cells.map { row($0, key: key).spans } + Array(repeating: place, count: shelf.free)
        case .grid:
            let place = Text.pad("  \(free)", to: cellWidth, ellipsis: glyphs.ellipsis)
            return shelf.cells.map(gridCell) + Array(repeating: [Span(place, Style(.border))], count: shelf.free)
        case .heat(let size):
            let places = shelf.cells.count + shelf.free
            return stride(from: 0, to: places, by: size).map { start in
                let inside = shelf.cells[min(start, shelf.cells.count)..<min(start + size, shelf.cells.count)]
                return [inside.isEmpty ? Span(free, Style(.border)) : heatCell(inside)]
            }
        }
    }

    // MARK: Cells

    private func sign(_ cell: CachePicture.Cell) -> Character {
        cell.isNextOut ? glyphs.downwards : cell.isHand ? glyphs.rightwards : " "
    }

    /// Low, but not to be taken for a free place.
    private func height(_ share: Double) -> Character {
        let lowest = 2
        return glyphs.heights[lowest + Int((min(1, max(0, share)) * Double(7 - lowest)).rounded())]
    }

    private func style(_ cell: CachePicture.Cell) -> Style {
        if cell.isSelected { return Style(.selection, [.bold, .reverse]) }
        if cell.isGhost { return Style(.muted, .dim) }
        if cell.isDirty { return Style(Mark.dirty.role, .bold) }
        return cell.isExpired ? .muted : Style(.cache)
    }

    /// Several entries as one: the most telling sign of them, else how high they are on average.
    private func heatCell(_ cells: ArraySlice<CachePicture.Cell>) -> TerminalKit.Span {
        if cells.contains(where: \.isSelected) {
            return Span(String(glyphs[.cursor]), Style(.selection, [.bold, .reverse]))
        }
        if cells.contains(where: \.isNextOut) { return Span(String(glyphs.downwards), Style(.accent, .bold)) }
        if cells.contains(where: \.isHand) { return Span(String(glyphs.rightwards), Style(.accent, .bold)) }
        if cells.contains(where: \.isDirty) { return Span(String(glyphs[.dirty]), Style(Mark.dirty.role, .bold)) }
        let shares = cells.compactMap(\.share)
        guard !shares.isEmpty else { return Span(String(glyphs.empty), Style(.muted, .dim)) }
        let isExpired = cells.allSatisfy(\.isExpired)
        return Span(
            String(height(shares.reduce(0, +) / Double(shares.count))), isExpired ? .muted : Style(.cache))
    }

    /// `↓▆17•`: next out, how much is left, the key, its mark.
    private func gridCell(_ cell: CachePicture.Cell) -> [TerminalKit.Span] {
        let name = picture.keys.short(context.trace.name(cell.key), to: keyWidth, ellipsis: glyphs.ellipsis)
        let key = name + mark(cell)
        let blanks = String(repeating: " ", count: max(0, keyWidth + markWidth - Text.width(key)))
        let tail = key + blanks + (hasDirty && !cell.isDirty ? " " : "")
        guard let share = cell.share else { return [Span("  " + tail, style(cell))] }
        let keyStyle = cell.isSelected ? style(cell) : cell.isExpired ? .muted : .text
        // A blank takes no style, so that most cells are two spans.
        let sign = sign(cell)
        var spans =
            sign == " "
            ? [Span(" \(height(share))", Style(.cache))]
            : [Span(String(sign), Style(.accent, .bold)), Span(String(height(share)), Style(.cache))]
        spans.append(Span(tail, keyStyle))
        if hasDirty, cell.isDirty { spans.append(Span(String(glyphs[.dirty]), Style(Mark.dirty.role, .bold))) }
        return spans
    }

    private func mark(_ cell: CachePicture.Cell) -> String {
        guard picture.hasMarks, !cell.isGhost else { return "" }
        if picture.countsUses {
            guard cell.mark > 0 else { return "" }
            return "\(glyphs.times)\(context.numbers.count(Int(clamping: cell.mark)))"
        }
        return cell.mark > 0 ? String(glyphs.repertoire == .unicode ? glyphs[.bullet] : "'") : ""
    }

    // MARK: Rows

    /// `↓ user:3   ██████▏░ 48 s left   next out`
    private func row(_ cell: CachePicture.Cell, key width: Int) -> StyledText {
        let short = picture.keys.short(context.trace.name(cell.key), to: width, ellipsis: glyphs.ellipsis)
        let key = Text.pad(short, to: width, ellipsis: glyphs.ellipsis)
        var text = StyledText("\(sign(cell)) ", Style(.accent, .bold))
        text.append(key, cell.isGhost || cell.isSelected ? style(cell) : Style(.text, .bold))
        if cell.isGhost { return text }
        text += StyledText(" ") + timeBar(cell)
        var parts = parts(cell)
        // What is said last says most; what comes before it goes first.
        while parts.count > 1, text.width + parts.reduce(0, { $0 + $1.width + 2 }) - 2 > room { parts.removeFirst() }
        for (place, part) in parts.enumerated() { text += (place > 0 ? "  " : "") + part }
        return text.truncated(to: room, ellipsis: glyphs.ellipsis)
    }

    /// Keys stand whole as long as the last part of each row has room behind them.
    private func rowKeyWidth(_ shelf: CachePicture.Shelf) -> Int {
        let rests = shelf.cells.filter { !$0.isGhost }.map { timeBar($0).width + (parts($0).last?.width ?? 0) }
        return max(6, min(max(picture.keys.longest, 6), room - 3 - (rests.max() ?? 0)))
    }

    private func timeBar(_ cell: CachePicture.Cell) -> StyledText {
        guard let share = cell.share, cell.timeLeft != nil else { return StyledText() }
        let bar = Bar(picture.measure == .timeLeft ? share : timeShare(cell)).text(width: 8, glyphs: glyphs)
        return StyledText(bar.filled, Style(.cache)) + StyledText(bar.empty + " ", Style(.border))
    }

    /// How long it has left, its mark, and that it is in memory only.
    private func parts(_ cell: CachePicture.Cell) -> [StyledText] {
        var parts = [time(cell)]
        if picture.hasMarks, cell.mark > 0 || picture.countsUses { parts.append(StyledText(markWord(cell))) }
        if cell.isDirty {
            let words = "\(glyphs[.dirty]) " + context.text("memory only", "solo en memoria")
            parts.append(StyledText(words, Style(Mark.dirty.role, .bold)))
        }
        return parts
    }

    private func timeShare(_ cell: CachePicture.Cell) -> Double {
        picture.state.entry(cell.key)?.shareLeft(at: context.cursor.time) ?? 0
    }

    private func time(_ cell: CachePicture.Cell) -> StyledText {
        guard let left = cell.timeLeft else {
            let ago = context.numbers.duration(cell.unused)
            return StyledText(context.text("used \(ago) ago", "usada hace \(ago)"), .muted)
        }
        guard left > 0 else { return StyledText(context.text("expired", "caducada"), Style(.warn)) }
        return StyledText(context.numbers.duration(left), .muted)
    }

    private func markWord(_ cell: CachePicture.Cell) -> String {
        guard picture.countsUses else { return context.text("asked for again", "pedida otra vez") }
        return "\(glyphs.times)\(context.numbers.count(Int(clamping: cell.mark)))"
    }
}
