import Analysis
import TerminalKit
import Trace

/// The way of writes: what has been acknowledged, what has reached the backend, what is in memory only.
public struct WritesPanel: Panel {
    public let kind = PanelKind.writes

    public init() {}

    /// Events of a run's beginning that are looked at: a system that writes does so early.
    private static let beginning = 20_000
    private static let comfortable = Size(width: 44, height: 7)

    public func hasSubject(in trace: Trace) -> Bool {
        !trace.components(.cache).isEmpty
            && trace.events.prefix(Self.beginning).contains { $0.kind == .cacheWritten }
    }

    public func title(_ context: PanelContext) -> String { context.text("Writes", "Escrituras") }

    public func note(_ context: PanelContext) -> String {
        let (caches, shown) = caches(context)
        return caches.indices.contains(shown) ? context.trace.name(caches[shown]) : ""
    }

    /// Those that are written to in the run.
    private func caches(_ context: PanelContext) -> (all: [NameID], shown: Int) {
        context.caches { context.run.caches.isWritten($0) }
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (caches, shown) = caches(context)
        guard caches.indices.contains(shown) else {
            let text = context.text("Nothing is written to a cache here.", "Aquí no se escribe en ninguna caché.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let places = PlaceGrid.places(caches.count, in: rect, atLeast: Self.comfortable)
        for (cache, place) in zip(places == nil ? [caches[shown]] : caches, places ?? [rect]) {
            WriteBlock(context, cache, isAlone: caches.count == 1)?.draw(in: place, into: &frame)
        }
    }

    public func extent(_ context: PanelContext, in size: Size) -> Scroll? {
        let (caches, shown) = caches(context)
        guard caches.indices.contains(shown) else { return nil }
        if caches.count == 1 { return WriteBlock(context, caches[0], isAlone: true)?.extent(in: size) }
        let fits = PlaceGrid.places(caches.count, in: Rect(size), atLeast: Self.comfortable) != nil
        return fits ? nil : Scroll(total: caches.count, visible: 1, offset: shown)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}
