import Scenario

/// A draft as rows: what is unfolded shows what it holds.
struct SandboxTree {
    struct Row: Hashable {
        /// Where the row's value stands.
        var path: NodePath
        var depth: Int
        /// A key; empty for an item that has none.
        var label: String
        /// Whether it holds others.
        var isFolder: Bool
        var isUnfolded: Bool

        /// What is removed and moved with the row: of an item that is one key with its value, the item.
        var unit: NodePath { path.name != nil && path.parent.index != nil && isWholeItem ? path.parent : path }
        fileprivate var isWholeItem = false
    }

    let rows: [Row]

    /// O(rows).
    init(_ root: YAMLNode, _ unfolded: Set<NodePath>) {
        var builder = Builder(unfolded: unfolded)
        builder.add(root, at: .root, depth: 0)
        rows = builder.rows
    }

    func place(of path: NodePath) -> Int? { rows.firstIndex { $0.path == path || $0.unit == path } }

    /// The row of a place, or of the nearest that it stands in.
    func nearest(to path: NodePath) -> Int {
        var path = path
        while !path.isRoot {
            if let place = place(of: path) { return place }
            path = path.parent
        }
        return 0
    }

    private struct Builder {
        let unfolded: Set<NodePath>
        var rows: [Row] = []

        mutating func add(_ node: YAMLNode, at path: NodePath, depth: Int) {
            switch node.content {
            case .scalar: break
            case .mapping(let entries):
                for entry in entries { row(entry.value, at: path.key(entry.key), label: entry.key, depth: depth) }
            case .sequence(let items):
                for (index, item) in items.enumerated() {
                    if let entries = item.entries, entries.count == 1 {
                        let entry = entries[0]
                        row(entry.value, at: path.item(index).key(entry.key), label: entry.key, depth: depth, true)
                    } else {
                        row(item, at: path.item(index), label: "", depth: depth)
                    }
                }
            }
        }

        private mutating func row(
            _ node: YAMLNode, at path: NodePath, label: String, depth: Int, _ isWholeItem: Bool = false
        ) {
            let isFolder = node.items?.isEmpty == false || node.entries?.isEmpty == false
            let isUnfolded = isFolder && unfolded.contains(path)
            rows.append(
                Row(
                    path: path, depth: depth, label: label, isFolder: isFolder, isUnfolded: isUnfolded,
                    isWholeItem: isWholeItem))
            if isUnfolded { add(node, at: path, depth: depth + 1) }
        }
    }
}

extension SandboxTree {
    /// Sections with more than this stay folded at first.
    private static let mostUnfolded = 12
    /// What is best read as a list of steps.
    private static let programs = ["flows", "policies"]

    /// What is unfolded at first: sections that are not too long, flows and policies.
    static func unfolded(_ root: YAMLNode) -> Set<NodePath> {
        var paths: Set<NodePath> = []
        for entry in root.entries ?? [] {
            let section = NodePath.root.key(entry.key)
            let count = entry.value.entries?.count ?? entry.value.items?.count ?? 0
            guard count > 0, count <= mostUnfolded else { continue }
            paths.insert(section)
            guard programs.contains(entry.key), count <= 3 else { continue }
            for part in entry.value.entries ?? [] { paths.insert(section.key(part.key)) }
        }
        return paths
    }
}

extension YAMLNode {
    /// The value in one line for people, without outer braces: `latency 20ms, concurrency 10`. Not much longer than the
    /// room for it.
    func summary(room: Int) -> String {
        var text = ""
        append(to: &text, room: room, isInner: false)
        return text
    }

    private func append(to text: inout String, room: Int, isInner: Bool) {
        guard text.count <= room else { return }
        switch content {
        case .scalar: text += isNull ? "" : written
        case .sequence(let items):
            if isInner { text += "[" }
            for (index, item) in items.enumerated() where text.count <= room {
                if index > 0 { text += ", " }
                item.append(to: &text, room: room, isInner: true)
            }
            if isInner { text += "]" }
        case .mapping(let entries):
            let isGroup = isInner && entries.count > 1
            if isGroup { text += "{" }
            for (index, entry) in entries.enumerated() where text.count <= room {
                if index > 0 { text += ", " }
                text += entry.key
                if !entry.value.isNull { text += " " }
                entry.value.append(to: &text, room: room, isInner: true)
            }
            if isGroup { text += "}" }
        }
    }
}
