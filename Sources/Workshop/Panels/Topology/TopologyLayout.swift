import Analysis
import TerminalKit
import Trace

/// Where each part of the system stands.
struct TopologyLayout {
    struct Node: Hashable {
        var name: NameID
        var isCache: Bool
        /// Its text; the first row is on the line that leads to it.
        var rect: Rect
    }

    struct ClientPlace: Hashable {
        var name: NameID
        var rect: Rect
    }

    private(set) var clients: [ClientPlace] = []
    private(set) var nodes: [Node] = []
    /// The column that all lines share.
    let trunk: Int
    /// The first and last column of the lines to the right of it, the head of the arrow included.
    let edge: ClosedRange<Int>
    let rect: Rect

    init(_ context: PanelContext, in rect: Rect) {
        self.rect = rect
        let trace = context.trace
        let names = trace.components(.client).map { Text.width(trace.name($0.name)) }
        let caption = Text.width(context.text("in flight", "en curso")) + 3
        let clientWidth = min(max(names.max() ?? 0, caption), max(3, rect.width / 3))
        let nodeWidth = min(max(rect.width * 2 / 5, 8), 44)
        trunk = rect.x + clientWidth + 2
        let last = max(trunk + 2, rect.maxX - nodeWidth - 2)
        edge = trunk + 1...last
        placeNodes(trace, x: last + 2, most: context.isZoomed ? 7 : 4)
        placeClients(trace, width: clientWidth)
    }

    /// Nodes take as many rows as there is room for, up to `most`; what does not fit is left out.
    private mutating func placeNodes(_ trace: Trace, x: Int, most: Int) {
        let parts = trace.components.filter { $0.kind == .backend || $0.kind == .cache }
        let shown = parts.prefix(rect.height)
        guard !shown.isEmpty else { return }
        let pitch = min(most, rect.height / shown.count)
        let height = pitch >= 3 ? pitch - 1 : pitch
        let top = rect.y + max(0, rect.height - pitch * shown.count + (pitch >= 3 ? 1 : 0)) / 2
        for (place, part) in shown.enumerated() {
            nodes.append(
                Node(
                    name: part.name, isCache: part.kind == .cache,
                    rect: Rect(x: x, y: top + place * pitch, width: rect.maxX - x, height: height)))
        }
    }

    private mutating func placeClients(_ trace: Trace, width: Int) {
        let parts = trace.components(.client).prefix(rect.height)
        guard !parts.isEmpty else { return }
        let pitch = min(4, rect.height / parts.count)
        let first = nodes.first?.rect.y ?? rect.y
        let last = nodes.last?.rect.y ?? rect.y
        let middle = (first + last) / 2
        let top = max(rect.y, min(middle - (parts.count - 1) * pitch / 2, rect.maxY - parts.count * pitch))
        for (place, part) in parts.enumerated() {
            clients.append(
                ClientPlace(
                    name: part.name,
                    rect: Rect(x: rect.x, y: top + place * pitch, width: width, height: min(3, pitch))))
        }
    }
}
