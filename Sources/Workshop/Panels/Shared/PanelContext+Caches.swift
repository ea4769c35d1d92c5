import Analysis
import TerminalKit
import Trace

extension PanelContext {
    /// The caches, and which of them the panel is about: that of the selected event, else one that the selected request
    /// asks, else the first; as many further on as the student has scrolled.
    func caches(where isShown: (NameID) -> Bool = { _ in true }) -> (all: [NameID], shown: Int) {
        let all = trace.components(.cache).map(\.name).filter(isShown)
        let natural = selectedCache(in: all) ?? 0
        return (all, max(0, min(natural + min(max(scroll, -all.count), all.count), all.count - 1)))
    }

    private func selectedCache(in caches: [NameID]) -> Int? {
        if let event = selection.event.flatMap({ trace[$0] }), let place = caches.firstIndex(of: event.component) {
            return place
        }
        guard let request = selection.request else { return nil }
        return index.spans(of: request).lazy.filter { $0.kind == .cacheLookup && cursor.includes($0.startEvent) }
            .compactMap { span in caches.firstIndex(of: span.component) }.first
    }

    /// What all caches have done by the cursor.
    func cacheMetrics() -> [CacheMetrics] { RunMetrics.over(index, through: cursor).caches }

    /// The same in the run before the last change, by name.
    func earlierCacheMetrics() -> [CacheMetrics] {
        earlier.map { RunMetrics.over($0.index, through: cursor(in: $0)).caches } ?? []
    }

    /// A share with one decimal, as hit ratios are given: `20.0 %`.
    func ratioText(_ ratio: Double?) -> String {
        guard let ratio, ratio.isFinite else { return String(glyphs.missing) }
        return numbers.fixed(Int64((min(max(ratio, 0), 1) * 1000).rounded()), unit: 10, places: 1) + " %"
    }

    /// Such a share, and what it was before the change where that differs: `20.0 → 60.0 %`.
    func ratio(_ metrics: CacheMetrics?, before: CacheMetrics?, _ style: Style = Style(.text, .bold)) -> StyledText {
        let now = ratioText(metrics?.hitRatio)
        guard let before, let old = before.hitRatio, ratioText(old) != now else { return StyledText(now, style) }
        var text = StyledText(String(ratioText(old).dropLast(2)), Style(.before))
        text.append(" \(glyphs.rightwards) ", .muted)
        text.append(now, Style(.after, .bold))
        return text
    }
}
