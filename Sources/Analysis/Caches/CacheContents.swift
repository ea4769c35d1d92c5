import Trace

/// What is in a cache, list by list, as the steps of its eviction have arranged it.
///
/// Each event is applied in O(1), but for those that empty the cache.
struct CacheContents: Sendable {
    struct Item: Hashable, Sendable {
        var key: NameID
        var list: CacheList
        var mark: Int64 = 0
        /// The event that stored it, and the last one that used or stored it; 0 for a ghost.
        var stored: UInt32 = 0
        var used: UInt32 = 0
    }

    /// As much as is needed to begin again from there.
    struct Checkpoint: Sendable {
        var items: [Item] = []
        var hand = NameID.none
        var target: Int64?
    }

    private struct Node: Sendable {
        var item: Item
        var previous = CacheContents.none
        var next = CacheContents.none
    }

    private static let none: Int32 = -1
    private var nodes: [Node] = []
    private var free: [Int32] = []
    /// The node of each key, by the number of its name.
    private var places: [Int32]
    private var heads = [Int32](repeating: none, count: CacheList.allCases.count)
    private(set) var hand = NameID.none
    private(set) var target: Int64?
    /// Keys with their values.
    private(set) var entryCount = 0
    /// Ghosts included.
    var itemCount: Int { nodes.count - free.count }

    /// - Parameter names: how many names the trace has; keys beyond them are passed over.
    init(names: Int, from checkpoint: Checkpoint = Checkpoint()) {
        places = [Int32](repeating: Self.none, count: names)
        hand = checkpoint.hand
        target = checkpoint.target
        nodes.reserveCapacity(checkpoint.items.count)
        for item in checkpoint.items.reversed() { insert(item) }
    }

    var checkpoint: Checkpoint { Checkpoint(items: items, hand: hand, target: target) }

    /// By list, in the order of ``CacheList``, each from its head. O(items).
    var items: [Item] {
        var result: [Item] = []
        result.reserveCapacity(itemCount)
        for head in heads {
            var place = head
            while place != Self.none {
                result.append(nodes[Int(place)].item)
                place = nodes[Int(place)].next
            }
        }
        return result
    }

    /// Whether a key is there with its value.
    func holds(_ key: NameID) -> Bool { entry(key) != nil }

    // MARK: Events

    mutating func apply(_ event: Event, id: UInt32) {
        let key = event.detail
        switch event.kind {
        case .cacheHit: if let place = entry(key) { nodes[place].item.used = id }
        case .cacheStored: store(key, id)
        case .cachePlaced:
            if let list = UInt8(exactly: event.value).flatMap(CacheList.init) { move(key, to: list, id) }
        case .cacheMarked: if let place = place(key) { nodes[place].item.mark = event.value }
        case .cacheHandMoved: hand = key
        case .cacheTargetMoved: target = event.value
        case .cacheEvicted, .cacheRemoved: if entry(key) != nil { remove(key) }
        // A look-up that finds an expired entry is a miss, and the entry is gone.
        case .cacheMiss: if event.value == 1, entry(key) != nil { remove(key) }
        case .cacheForgotten: if entry(key) == nil { remove(key) }
        case .cacheInvalidated:
            if key == .none { removeAll(keepingGhosts: true) } else if entry(key) != nil { remove(key) }
        case .cacheEmptied:
            removeAll(keepingGhosts: false)
            if target != nil { target = 0 }
        default: break
        }
    }

    private mutating func store(_ key: NameID, _ id: UInt32) {
        if let place = entry(key) {
            nodes[place].item.stored = id
            nodes[place].item.used = id
        } else {
            // Where it goes is said next; a cache that says nothing of lists has one.
            remove(key)
            insert(Item(key: key, list: .main, stored: id, used: id))
        }
    }

    private mutating func move(_ key: NameID, to list: CacheList, _ id: UInt32) {
        var item = place(key).map { nodes[$0].item } ?? Item(key: key, list: list)
        remove(key)
        item.list = list
        if list.isGhost {
            item = Item(key: key, list: list)
        } else if item.stored == 0 {
            (item.stored, item.used) = (id, id)
        }
        insert(item)
    }

    // MARK: Lists

    private func place(_ key: NameID) -> Int? {
        guard Int(key.rawValue) < places.count, places[Int(key.rawValue)] != Self.none else { return nil }
        return Int(places[Int(key.rawValue)])
    }

    /// The place of a key that has its value.
    private func entry(_ key: NameID) -> Int? { place(key).flatMap { nodes[$0].item.list.isGhost ? nil : $0 } }

    /// At the head of its list.
    private mutating func insert(_ item: Item) {
        guard Int(item.key.rawValue) < places.count, item.key != .none else { return }
        let list = Int(item.list.rawValue)
        let node = Node(item: item, next: heads[list])
        let place: Int32
        if let hole = free.popLast() {
            place = hole
            nodes[Int(hole)] = node
        } else {
            place = Int32(nodes.count)
            nodes.append(node)
        }
        if heads[list] != Self.none { nodes[Int(heads[list])].previous = place }
        heads[list] = place
        places[Int(item.key.rawValue)] = place
        if !item.list.isGhost { entryCount += 1 }
    }

    private mutating func remove(_ key: NameID) {
        guard let place = place(key) else { return }
        let node = nodes[place]
        let list = Int(node.item.list.rawValue)
        if node.previous == Self.none { heads[list] = node.next } else { nodes[Int(node.previous)].next = node.next }
        if node.next != Self.none { nodes[Int(node.next)].previous = node.previous }
        places[Int(key.rawValue)] = Self.none
        free.append(Int32(place))
        if !node.item.list.isGhost { entryCount -= 1 }
    }

    private mutating func removeAll(keepingGhosts: Bool) {
        for item in items where !(keepingGhosts && item.list.isGhost) { remove(item.key) }
        hand = .none
    }
}
