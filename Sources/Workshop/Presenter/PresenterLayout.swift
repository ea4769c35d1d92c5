import TerminalKit

/// Where things go on an instructor's screen: one thing in the middle, air around it, one quiet line at the bottom.
struct PresenterLayout: Equatable {
    /// Lines of text are no longer than this: read from the last row, a long line is lost.
    private static let longestLine = 60

    /// A column of text.
    let column: Rect
    /// The caption of a picture, over it.
    let caption: Rect
    let picture: Rect
    /// What else the step shows, on a screen so large that one picture would be lost on it.
    let companions: [Rect]
    let controls: Rect
    let timeline: Rect
    let status: Rect

    init(_ size: Size, for state: LessonState) {
        var rest = Rect(size)
        let isTall = size.height >= 30
        status = rest.cutBottom(1).inset(horizontal: 2)
        if isTall { _ = rest.cutBottom(1) }
        _ = rest.cutTop(size.height / 20)
        let margin = max(2, size.width / 20)
        let width = min(Self.longestLine, size.width - 2 * margin)
        column = Rect(x: (size.width - width) / 2, y: rest.y, width: width, height: rest.height)
        rest = rest.inset(horizontal: margin)
        caption = rest.cutTop(1)
        _ = rest.cutTop(1)
        timeline = rest.cutBottom(1)
        controls = state.controls.isEmpty ? Rect(Size(width: 0, height: 0)) : rest.cutBottom(1)
        if isTall { _ = rest.cutBottom(1) }
        var below = Rect(x: rest.x, y: rest.maxY, width: rest.width, height: 0)
        if rest.height >= 36, !state.isShowingFutures {
            below = rest.cutBottom(rest.height * 2 / 5)
            _ = rest.cutBottom(1)
        }
        picture = rest
        companions = below.isEmpty ? [] : Self.companions(in: below)
    }

    private static func companions(in area: Rect) -> [Rect] {
        guard area.width >= 140 else { return [area] }
        var right = area
        let left = right.cutLeft(area.width / 2)
        return [Rect(x: left.x, y: left.y, width: left.width - 4, height: left.height), right]
    }
}
