import Analysis
import TerminalKit
import Trace

/// Load balancers: for each server what is on its way to it and in its queue, its share, how long its answers take, and
/// whether it may be picked.
public struct BalancerPanel: Panel {
    public let kind = PanelKind.balancer

    public init() {}

    public func hasSubject(in trace: Trace) -> Bool { !trace.components(.balancer).isEmpty }

    public func title(_ context: PanelContext) -> String { context.text("Balancer", "Balanceador") }

    public func note(_ context: PanelContext) -> String {
        let (balancers, shown) = context.balancers
        guard balancers.count == 1 else { return context.requestNote }
        let settings = context.index.settings(ofBalancer: balancers[shown].id, at: context.readyCursor)
        return [balancers[shown].name, context.algorithm(settings?.choice("algorithm"))].compactMap(\.self)
            .joined(separator: " \(context.glyphs.separator) ")
    }

    public func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let (balancers, shown) = context.balancers
        guard !balancers.isEmpty else {
            let text = context.text("There is no balancer here.", "Aquí no hay ningún balanceador.")
            frame.write(text, x: rect.x, y: rect.y, style: .muted, clip: rect)
            return
        }
        let height = (rect.height + 1) / balancers.count - (balancers.count == 1 ? 1 : 2)
        let blocks = balancers.compactMap {
            BalancerBlock(context, $0.id, isAlone: balancers.count == 1, height: max(height, 0))
        }
        let comfortable = blocks.count == 1 ? rect.width : 60
        BlockGrid(context: context, blocks: blocks, shown: shown, comfortable: comfortable).draw(into: &frame, in: rect)
    }

    public func selection(movedBy step: Int, _ context: PanelContext) -> Selection {
        context.selectionOfRequest(movedBy: step)
    }
}

extension PanelContext {
    /// The balancers, and which of them a panel is about: that of the selected event, else the first; as many further
    /// on as the student has scrolled.
    var balancers: (all: [BalancerInfo], shown: Int) {
        let all = index.balancers
        let event = selection.event.flatMap { trace[$0] }
        let natural = event.flatMap { event in
            all.firstIndex { $0.id == event.component || $0.servers.contains(event.component) }
        }
        return (all, max(0, min((natural ?? 0) + min(max(scroll, -all.count), all.count), all.count - 1)))
    }

    /// The cursor; before the first request, the moment at which every server has taken its place.
    var readyCursor: Cursor {
        let ready = trace.events.prefix { $0.request == .none && $0.time == .zero }.count
        return Cursor(time: cursor.time, eventCount: max(cursor.eventCount, ready))
    }

    /// What a balancer's algorithm is called.
    func algorithm(_ name: String?) -> String? { name.map { Words.algorithm($0)(language) } }
}
