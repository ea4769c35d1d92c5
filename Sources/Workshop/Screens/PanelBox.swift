import TerminalKit

extension Frame {
    /// Draws a panel of a run in its box.
    mutating func drawPanel(_ kind: PanelKind, _ context: PanelContext, in area: Rect) {
        let panel = Panels.panel(kind)
        let box = Box(panel.title(context), note: panel.note(context), isFocused: context.isFocused)
        draw(box, in: area, glyphs: context.glyphs)
        panel.draw(context, into: &self, in: Box.content(of: area))
    }
}
