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
        /// The balancer whose server it is; `nil`: it is no server.
        var pool: NameID?
        /// The service that calls it, under which it stands; `nil`: clients call it themselves.
        var caller: NameID?
        /// Whether requests come to it, or to its pool, at all.
        var isCalled: Bool
    }

    /// A balancer between the clients and its servers.
    struct Pool: Hashable {
        var name: NameID
        /// Its name; the row is that of the line that leads to it.
        var rect: Rect
        /// The column that the lines to its servers share, and the rows of those.
        var trunk: Int
        var rows: [Int]
        var isCalled: Bool
    }

    struct ClientPlace: Hashable {
        var name: NameID
        var rect: Rect
    }

    private(set) var clients: [ClientPlace] = []
    private(set) var nodes: [Node] = []
    private(set) var pools: [Pool] = []
    /// Which of the backends and caches have room.
    private(set) var extent = Scroll(total: 0, visible: 0)
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
        let balancers = context.index.balancers
        // Balancers take some of the room between the clients and the servers.
        let share = balancers.isEmpty ? rect.width * 2 / 5 : rect.width / 3
        let nodeWidth = min(max(share, 8), 44)
        trunk = rect.x + clientWidth + 2
        // What caches do in the background has a column of its own.
        let gap = context.run.caches.hasBackgroundWork ? 3 : 2
        let last = max(trunk + 2, rect.maxX - nodeWidth - gap)
        edge = trunk + 1...last
        placeNodes(context, balancers, x: last + gap, most: context.isZoomed ? 7 : 4)
        placePools(context, balancers)
        placeClients(trace, width: clientWidth)
    }

    /// Nodes take as many rows as there is room for, up to `most`; the servers of a pool stand below one another.
    private mutating func placeNodes(_ context: PanelContext, _ balancers: [BalancerInfo], x: Int, most: Int) {
        let parts = context.trace.components.filter { $0.kind == .backend || $0.kind == .cache }
        let pools = parts.map { part in balancers.first { $0.servers.contains(part.name) }?.id }
        let tree = ServiceTree(context, parts.map(\.name))
        func isCalled(_ part: NameID) -> Bool { !context.run.uncalled.contains(context.trace.name(part)) }
        let all = parts.indices.map { place in
            let first = pools[place].flatMap { pool in pools.firstIndex(of: pool) } ?? place
            let path = tree.place(of: parts[place].name)
            // What nobody calls stands apart, below the rest.
            let rank = isCalled(parts[place].name) ? 0 : 1
            return (part: parts[place], pool: pools[place], place: [rank] + (path.isEmpty ? [first, place] : path))
        }.sorted { $0.place.lexicographicallyPrecedes($1.place) }
        // Without room for all, the last row says how many are missing.
        extent = Scroll(
            total: all.count, visible: all.count > rect.height ? rect.height - 1 : rect.height, offset: context.scroll)
        let shown = all[extent.range]
        guard !shown.isEmpty else { return }
        let pitch = min(most, rect.height / shown.count)
        let height = pitch >= 3 ? pitch - 1 : pitch
        let top = rect.y + max(0, rect.height - pitch * shown.count + (pitch >= 3 ? 1 : 0)) / 2
        for (place, (part, pool, _)) in shown.enumerated() {
            let left = min(x + 2 * tree.depth(of: part.name), max(x, rect.maxX - 4))
            nodes.append(
                Node(
                    name: part.name, isCache: part.kind == .cache,
                    rect: Rect(x: left, y: top + place * pitch, width: rect.maxX - left, height: height), pool: pool,
                    caller: tree.callers[part.name], isCalled: isCalled(part.name)))
        }
    }

    private static let longestName = 12

    private mutating func placePools(_ context: PanelContext, _ balancers: [BalancerInfo]) {
        let longest = min(balancers.map { Text.width($0.name) }.max() ?? 0, Self.longestName)
        // `━▶ name ━┬━━━▶`, or `▶ name ┬━▶`.
        let isWide = edge.count >= longest + 10
        let x = trunk + (isWide ? 4 : 3)
        let width = min(longest, edge.upperBound - x - (isWide ? 5 : 2))
        guard width >= 2 else {
            for place in nodes.indices { nodes[place].pool = nil }
            return
        }
        for balancer in balancers {
            let servers = nodes.filter { $0.pool == balancer.id }
            guard !servers.isEmpty else { continue }
            let rows = servers.map(\.rect.y)
            pools.append(
                Pool(
                    name: balancer.id, rect: Rect(x: x, y: rows[(rows.count - 1) / 2], width: width, height: 1),
                    trunk: x + width + (isWide ? 2 : 1), rows: rows, isCalled: servers.allSatisfy(\.isCalled)))
        }
    }

    /// The columns of the line to a node, the head of the arrow included.
    func edge(to node: Node) -> ClosedRange<Int> {
        guard let pool = pools.first(where: { $0.name == node.pool }) else { return edge }
        return min(pool.trunk + 1, edge.upperBound)...edge.upperBound
    }

    /// The rows of the lines that leave the clients' trunk.
    var rows: Set<Int> {
        Set(
            nodes.filter { $0.pool == nil && $0.caller == nil && $0.isCalled }.map(\.rect.y)
                + pools.filter(\.isCalled).map(\.rect.y))
    }

    private mutating func placeClients(_ trace: Trace, width: Int) {
        let parts = trace.components(.client).prefix(rect.height)
        guard !parts.isEmpty else { return }
        let pitch = min(4, rect.height / parts.count)
        let called = nodes.filter { $0.caller == nil && $0.isCalled }
        let first = called.first?.rect.y ?? rect.y
        let last = called.last?.rect.y ?? rect.y
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
