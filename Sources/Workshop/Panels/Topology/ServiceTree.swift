import Analysis
import Trace

/// Who stands under whom: a part of the system that no client calls stands under the service that called it first.
struct ServiceTree {
    /// For look-up only.
    let callers: [NameID: NameID]
    private let order: [NameID: Int]

    /// - Parameter parts: backends and caches, in the order of the scenario.
    init(_ context: PanelContext, _ parts: [NameID]) {
        let backends = Set(context.trace.components(.backend).map(\.name))
        var callers: [NameID: NameID] = [:]
        let calls = context.run.calls
        for part in parts {
            let sources = calls.sources(of: part)
            // Whoever called first had been called before: following the callers ends at a client.
            if let first = sources.first, sources.allSatisfy(backends.contains) { callers[part] = first }
        }
        self.callers = callers
        order = Dictionary(parts.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// From the outermost service to the part itself.
    private func path(to part: NameID) -> [NameID] {
        var path = [part]
        while let last = path.last, let caller = callers[last], path.count <= order.count { path.append(caller) }
        return path.reversed()
    }

    func depth(of part: NameID) -> Int { path(to: part).count - 1 }

    /// Sorts parts below those that call them; nothing where clients call them all.
    func place(of part: NameID) -> [Int] { callers.isEmpty ? [] : path(to: part).map { order[$0] ?? 0 } + [-1] }
}
