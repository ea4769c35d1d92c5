import TerminalKit

extension Frame {
    /// Draws a box of that size in the middle of the screen and returns the block inside it.
    mutating func drawBox(_ title: String, width: Int, height: Int, glyphs: Glyphs) -> Rect {
        let area = bounds.centred(Size(width: width, height: height))
        draw(Box(title, isFocused: true), in: area, glyphs: glyphs)
        return Box.content(of: area)
    }
}
