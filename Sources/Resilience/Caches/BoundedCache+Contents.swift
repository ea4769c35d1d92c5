// What is in the cache, for those who show it.
extension BoundedCache {
    /// What the last call did, in order. Built when asked for: O(steps).
    @inlinable
    public var steps: [EvictionStep<Key>] {
        var steps: [EvictionStep<Key>] = []
        for step in state.log {
            if let told = self.step(step) { steps.append(told) }
        }
        return steps
    }

    /// The entries' keys, head first, list after list in the order of ``EvictionRule/lists``. Some may have expired.
    public var keys: [Key] { state.entrySlots.map { cells[$0].key } }

    /// Head first: the tail is the next to leave the list, as far as the rule goes by order. With
    /// ``EvictionRule/lfu`` from the highest count down, and in each the latest first.
    public func keys(in list: EvictionList) -> [Key] {
        state.policy.slots(in: list, of: state.lists).map { cells[$0].key }
    }

    /// As in ``EvictionStep/marked(_:_:)``; `nil`: there is no such entry.
    public func mark(of key: Key) -> Int? { entrySlot(of: key).map { state.lists.mark(of: $0) } }

    public func weight(of key: Key) -> Int? { entrySlot(of: key).map { state.lists.weight(of: $0) } }

    /// Of all entries together.
    public var weight: Int { state.lists.weight }

    /// The key at SIEVE's hand; `nil`: the hand is at the tail, or the rule has none.
    public var hand: Key? { state.policy.hand.map { cells[$0].key } }

    /// ARC's target for `recent`, rounded down; `nil`: the rule has none.
    public var target: Int? { state.policy.target }

    private func entrySlot(of key: Key) -> Int? {
        slot(of: key, hash: Self.hash(key)).flatMap { state.isEntry($0) ? $0 : nil }
    }

    @inlinable
    func step(_ step: SlotStep) -> EvictionStep<Key>? {
        let key = step.slot < 0 ? nil : cells[Int(step.slot)].key
        switch step.kind {
        case .hand: return .hand(key)
        case .target: return .target(step.value)
        case .placed: return key.map { .placed($0, list: step.list) }
        case .marked: return key.map { .marked($0, step.value) }
        case .evicted: return key.map { .evicted($0) }
        case .expired: return key.map { .expired($0) }
        case .removed: return key.map { .removed($0) }
        case .forgotten: return key.map { .forgotten($0) }
        }
    }
}
