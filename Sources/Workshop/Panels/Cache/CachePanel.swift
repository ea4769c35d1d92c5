import Analysis
import TerminalKit
import Trace

/// What is in a cache, in the order in which its eviction keeps it; what was asked for last, and what that changed.
public struct CachePanel: Panel {
    public let kind = PanelKind.cache

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.cache).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Cache", "Caché") }

    public func note(_ context: PanelContext) -> String {
        let (caches, shown) = context.caches()
        guard caches.indices.contains(shown) else { return "" }
        let name = context.trace.name(caches[shown])
        guard caches.count > 1 else { return name }
        let place = context.numbers.count(shown + 1)
        let all = context.numbers.count(caches.count)
        return context.text("\(name) \(place) of \(all)", "\(name) \(place) de \(all)")
    }

    /// The least that one of several caches reads well in.
    private static let comfortable = Size(width: 44, height: 7)

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (caches, shown) = context.caches()
        let metrics = context.cacheMetrics()
        let before = context.earlierCacheMetrics()
        func block(_ cache: NameID) -> CacheBlock? {
            CacheBlock(context, cache, metrics, before, isAlone: caches.count == 1)
        }
        guard caches.indices.contains(shown) else {
            let text = context.text("There is no cache here.", "Aquí no hay ninguna caché.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        guard caches.count > 1 else {
            block(caches[0])?.draw(in: rect, into: &frame)
            return
        }
        if let places = places(caches.count, context, in: rect) {
            for (cache, place) in zip(caches, places) { block(cache)?.draw(in: place, into: &frame) }
            return
        }
        // The chosen one, and the others in a line each as far as they fit.
        var area = rect
        let lines = min(caches.count, max(0, rect.height - Self.comfortable.height - 1))
        let list = area.cutBottom(rect.height < 4 ? rect.height : lines > 1 ? lines : 0)
        if list.height < rect.height {
            if !list.isEmpty { area.height -= 1 }
            block(caches[shown])?.draw(in: area, into: &frame)
        }
        for (row, place) in Scroll(total: caches.count, visible: list.height, showing: shown).range.enumerated() {
            let text = block(caches[place])?.line(width: list.width, isShown: place == shown) ?? StyledText()
            let cut = text.truncated(to: list.width, ellipsis: context.glyphs.ellipsis)
            frame.write(cut, x: list.x, y: list.y + row, clip: list)
        }
    }

    /// A place for each of several caches, where they all have room.
    private func places(_ count: Int, _ context: PanelContext, in rect: Rect) -> [Rect]? {
        context.isZoomed ? nil : PlaceGrid.places(count, in: rect, atLeast: Self.comfortable)
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        let (caches, shown) = context.caches()
        guard caches.count > 1, places(caches.count, context, in: Rect(size)) == nil else { return nil }
        return Scroll(total: caches.count, visible: 1, offset: shown)
    }

    /// From one look-up of the shown cache to the next.
    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        let (caches, shown) = context.caches()
        guard caches.indices.contains(shown) else { return context.selection }
        let story = CacheStory(context, caches[shown])
        guard let id = story.neighbour(of: context.selection.event, step: step), let event = context.trace[id] else {
            return context.selection
        }
        return Selection(
            request: event.request == .none ? context.selection.request : event.request,
            span: event.span == .none ? nil : event.span, event: id)
    }
}
