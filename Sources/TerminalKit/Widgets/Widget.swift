/// Something that draws itself into a block of a frame, with the characters it is given.
///
/// A widget never writes outside its area, and draws as much as makes sense in any size, nothing at all included.
public protocol Widget {
    func draw(in area: Rect, on frame: inout Frame, glyphs: Glyphs)
}

extension Frame {
    public mutating func draw(_ widget: some Widget, in area: Rect, glyphs: Glyphs) {
        guard !area.intersection(bounds).isEmpty else { return }
        widget.draw(in: area, on: &self, glyphs: glyphs)
    }
}
