import TerminalKit

extension Frame {
    /// Where pop-ups stand.
    var popUpRoom: Rect { size.popUpRoom }

    /// Draws a box of that size in the middle of the screen and returns the block inside it.
    mutating func drawBox(_ title: String, width: Int, height: Int, glyphs: Glyphs) -> Rect {
        let area = popUpRoom.popUp(Size(width: width, height: height))
        draw(Box(title, isFocused: true), in: area, glyphs: glyphs)
        return Box.content(of: area)
    }
}

extension Size {
    /// From this height on a screen keeps its footer in view.
    private static var roomy: Int { 21 }

    /// Where pop-ups stand on a screen of this size: over all but its footer, where there are rows to spare.
    var popUpRoom: Rect { Rect(x: 0, y: 0, width: width, height: height < Self.roomy ? height : height - 1) }
}
