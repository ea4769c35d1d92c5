import TerminalKit

extension LessonState {
    /// Scrolls the panel that has the focus; one that fills the screen turns its pages as well. Returns whether the
    /// command was for it.
    mutating func scroll(_ command: Command, on size: Size) -> Bool {
        guard case .panel(let kind) = focus, !isAsking else { return false }
        let layout = LessonLayout(size, for: self)
        guard let slot = layout.panels.first(where: { $0.kind == kind }),
            let context = context(for: kind, .english, DisplaySettings())
        else { return false }
        let place = Box.content(of: slot.rect)
        let extent = Panels.panel(kind).extent(context, in: Size(width: place.width, height: place.height))
        let page = extent?.visible ?? 1
        let step: Int
        switch command {
        case .scrollUp: step = -1
        case .scrollDown: step = 1
        case .pageUp where isZoomed: step = -page
        case .pageDown where isZoomed: step = page
        default: return false
        }
        guard let extent else { return true }
        let next = Scroll(total: extent.total, visible: extent.visible, offset: extent.offset + step)
        scroll[kind, default: 0] += next.offset - extent.offset
        return true
    }
}
