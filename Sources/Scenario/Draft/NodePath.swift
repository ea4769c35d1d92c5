/// Where a value stands in a scenario file, from its root: `backends.sql.latency`, `flows.report.0`.
public struct NodePath: Hashable, Sendable, CustomStringConvertible {
    public enum Step: Hashable, Sendable {
        /// Of a mapping.
        case key(String)
        /// Of a list, from 0.
        case item(Int)
    }

    public var steps: [Step]

    public init(_ steps: [Step] = []) { self.steps = steps }

    /// The whole file.
    public static let root = NodePath()

    public var isRoot: Bool { steps.isEmpty }
    public var count: Int { steps.count }
    public var last: Step? { steps.last }
    /// What it stands in; of the root the root.
    public var parent: NodePath { NodePath(Array(steps.dropLast())) }

    public func key(_ key: String) -> NodePath { NodePath(steps + [.key(key)]) }
    public func item(_ index: Int) -> NodePath { NodePath(steps + [.item(index)]) }

    /// The key that its last step is; `nil` for an item, and for the root.
    public var name: String? { if case .key(let key)? = last { key } else { nil } }
    /// The place in its list; `nil` for a key, and for the root.
    public var index: Int? { if case .item(let index)? = last { index } else { nil } }

    /// Whether it is that place, or inside of it.
    public func isInside(_ other: NodePath) -> Bool {
        steps.count >= other.steps.count && Array(steps.prefix(other.steps.count)) == other.steps
    }

    public var description: String {
        steps.map { step in
            switch step {
            case .key(let key): key
            case .item(let index): String(index)
            }
        }.joined(separator: ".")
    }
}

extension YAMLNode {
    /// What stands at a place; `nil`: nothing.
    public subscript(path: NodePath) -> YAMLNode? {
        var node = self
        for step in path.steps {
            let next: YAMLNode?
            switch step {
            case .key(let key): next = node[key]
            case .item(let index): next = node.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            guard let next else { return nil }
            node = next
        }
        return node
    }

    /// Changes what stands at a place. Returns whether there is something. O(keys and items on the way).
    @discardableResult
    public mutating func change(at path: NodePath, _ change: (inout YAMLNode) -> Void) -> Bool {
        self.change(path.steps[...], change)
    }

    private mutating func change(_ steps: ArraySlice<NodePath.Step>, _ change: (inout YAMLNode) -> Void) -> Bool {
        guard let step = steps.first else {
            change(&self)
            return true
        }
        switch (content, step) {
        case (.mapping(var entries), .key(let key)):
            guard let place = entries.firstIndex(where: { $0.key == key }) else { return false }
            let isThere = entries[place].value.change(steps.dropFirst(), change)
            content = .mapping(entries)
            return isThere
        case (.sequence(var items), .item(let index)):
            guard items.indices.contains(index) else { return false }
            let isThere = items[index].change(steps.dropFirst(), change)
            content = .sequence(items)
            return isThere
        default: return false
        }
    }
}
