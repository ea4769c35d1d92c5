import Scenario
import TerminalKit

/// Parts of the system by what they are called, and the keys that go to them.
struct PartNames {
    let state: SandboxState
    private let root: YAMLNode
    /// Every row, unfolded or not.
    private let rows: [SandboxTree.Row]

    init(_ state: SandboxState) {
        self.state = state
        root = state.draft.root
        rows = SandboxTree(root, root.holders).rows
    }

    /// What goes to the parts that are called so: by name or place (`latency`, `api.latency`), by what stands there
    /// (`api.read`), else by the beginning of a name. Of several the nearest to where one is.
    func actions(called text: String) -> [LinearAction] {
        let wanted = text.folded
        let ways: [(SandboxTree.Row) -> Bool] = [
            { "\($0.path)".folded == wanted || "\($0.path)".folded.hasSuffix(".\(wanted)") },
            { row in
                guard let value = root[row.path]?.text?.folded else { return false }
                return value == wanted || "\(row.label) \(value)".folded == wanted
            },
            { $0.label.folded.hasPrefix(wanted) },
        ]
        for isCalledSo in ways {
            let found = rows.filter(isCalledSo)
            if !found.isEmpty {
                return nearest(found).map { LinearAction("\($0.path)", "\($0.path)", .keys(way(to: $0.path))) }
            }
        }
        return []
    }

    /// Those in the part where one is, else in what that stands in; none that stands deeper than another.
    private func nearest(_ found: [SandboxTree.Row]) -> [SandboxTree.Row] {
        var holder = state.row?.path ?? .root
        while true {
            let inside = found.filter { $0.path.isInside(holder) }
            if let depth = inside.map(\.depth).min() { return inside.filter { $0.depth == depth } }
            if holder.isRoot { return found }
            holder = holder.parent
        }
    }

    /// Out of a panel, then from part to part, unfolding what the last one stands in.
    private func way(to path: NodePath) -> [Key] {
        var keys: [Key] = state.isInTree ? [] : state.isZoomed ? [.escape, .escape] : [.escape]
        var unfolded = state.unfolded
        var place = SandboxTree(root, unfolded).nearest(to: state.cursor)
        for row in rows where path.isInside(row.path) {
            let tree = SandboxTree(root, unfolded)
            guard let next = tree.place(of: row.path) else { return [] }
            keys += Key.arrows(from: place, to: next)
            place = next
            if row.path != path, unfolded.insert(row.path).inserted { keys.append(.right) }
        }
        return keys
    }
}

extension YAMLNode {
    /// The places of whatever holds something, this one's own included.
    fileprivate var holders: Set<NodePath> {
        var found: Set<NodePath> = []
        func add(_ node: YAMLNode, at path: NodePath) {
            guard node.entries != nil || node.items != nil else { return }
            found.insert(path)
            for entry in node.entries ?? [] { add(entry.value, at: path.key(entry.key)) }
            for (index, item) in (node.items ?? []).enumerated() { add(item, at: path.item(index)) }
        }
        add(self, at: .root)
        return found
    }
}
