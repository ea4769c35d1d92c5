import TerminalKit

/// Where everything of a lesson's screen goes: the text, the panels, the strips above and below.
///
///     bar
///     text │ the picture             80 columns: one picture, the numbers under it
///          │                        120 columns: a second row of pictures
///     controls
///     numbers
///     timeline
///     footer
struct LessonLayout: Equatable {
    var bar = Rect(Size(width: 0, height: 0))
    /// Everything between the bar and the strips: the text and the panels share it.
    var body = Rect(Size(width: 0, height: 0))
    var text = Rect(Size(width: 0, height: 0))
    var panels: [Slot] = []
    var controls = Rect(Size(width: 0, height: 0))
    var timeline = Rect(Size(width: 0, height: 0))
    var footer = Rect(Size(width: 0, height: 0))

    struct Slot: Equatable {
        var kind: PanelKind
        var rect: Rect
    }

    /// The smallest screen on which a lesson can be taken.
    static let minimum = Size(width: 60, height: 16)

    init(_ size: Size, for state: LessonState) {
        self.init(
            size, for: state, kinds: state.isAsking ? [] : state.panels, focus: state.focusedPanel,
            strip: state.controls.isEmpty || state.isAsking ? 0 : 1)
    }

    /// - Parameters:
    ///   - kinds: the panels, the most important first.
    ///   - focus: the panel that is to be seen.
    ///   - strip: rows between the body and the timeline.
    ///   - isTextTall: whether the text goes all the way down, and the numbers stand beside it.
    init(
        _ size: Size, for screen: some RunScreen, kinds: [PanelKind], focus: PanelKind?, strip: Int,
        isTextTall: Bool = false
    ) {
        bar = Rect(x: 0, y: 0, width: size.width, height: 1)
        footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
        var body = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
        if !kinds.isEmpty { timeline = body.cutBottom(1) }
        controls = body.cutBottom(strip)
        self.body = body
        if kinds.isEmpty {
            text = body
        } else if screen.isZoomed, let kind = screen.focusedPanel {
            panels = [Slot(kind: kind, rect: body)]
        } else {
            if isTextTall { text = body.cutLeft(Self.textWidth(size.width)) }
            let rows = screen.player?.run.map { MetricsTables.rows(of: $0.trace) } ?? 0
            place(kinds, focus: focus, numberRows: rows, in: body, size)
        }
    }

    /// - Parameter numberRows: what all numbers would take, where there is room for tables.
    private mutating func place(
        _ kinds: [PanelKind], focus: PanelKind?, numberRows: Int, in area: Rect, _ size: Size
    ) {
        var body = area
        let isWide = size.width >= 110 && size.height >= 30
        // The numbers go under the picture, all the way across, unless they are the picture.
        let leads = kinds[0] == .metrics || (focus == .metrics && !isWide)
        let rows = size.height >= 36 ? min(max(9, numberRows + 2), size.height / 4) : 4
        let numbers = leads || body.height < 14 ? nil : body.cutBottom(rows)
        if text.isEmpty { text = body.cutLeft(Self.textWidth(size.width)) }
        let pictures = kinds.filter { numbers == nil || $0 != .metrics }
        var shown = isWide ? Array(pictures.prefix(size.width >= 190 ? 4 : 3)) : [pictures[0]]
        // The panel that has the focus is always on the screen.
        if let focus, pictures.contains(focus), !shown.contains(focus) { shown[0] = focus }
        if shown.count > 1 {
            var row = body.cutBottom(body.height * 2 / 5)
            for index in 1..<shown.count {
                panels.append(Slot(kind: shown[index], rect: row.cutLeft(row.width / (shown.count - index))))
            }
        }
        panels.insert(Slot(kind: shown[0], rect: body), at: 0)
        if let numbers { panels.append(Slot(kind: .metrics, rect: numbers)) }
    }

    /// Wide enough for a sentence, never so wide that the eye loses the line.
    static func textWidth(_ width: Int) -> Int { min(max(30, width * 3 / 10), 48) }
}

extension Rect {
    /// Takes rows off the bottom and returns them.
    mutating func cutBottom(_ rows: Int) -> Rect {
        let taken = min(max(0, rows), height)
        height -= taken
        return Rect(x: x, y: y + height, width: width, height: taken)
    }

    /// Takes rows off the top and returns them.
    mutating func cutTop(_ rows: Int) -> Rect {
        let taken = min(max(0, rows), height)
        defer {
            y += taken
            height -= taken
        }
        return Rect(x: x, y: y, width: width, height: taken)
    }

    /// Takes columns off the right and returns them.
    mutating func cutRight(_ columns: Int) -> Rect {
        let taken = min(max(0, columns), width)
        width -= taken
        return Rect(x: x + width, y: y, width: taken, height: height)
    }

    /// Takes columns off the left and returns them.
    mutating func cutLeft(_ columns: Int) -> Rect {
        let taken = min(max(0, columns), width)
        defer {
            x += taken
            width -= taken
        }
        return Rect(x: x, y: y, width: taken, height: height)
    }
}
