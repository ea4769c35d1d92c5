import Resilience
import Testing

/// Lists kept by repeating a cache's steps, in the plainest way.
private struct NaiveLists {
    var lists: [EvictionList: [Int]] = [:]
    var marks: [Int: Int] = [:]
    var hand: Int?
    var target = 0

    mutating func apply(_ step: EvictionStep<Int>) {
        switch step {
        case .placed(let key, let list):
            take(key)
            lists[list, default: []].insert(key, at: 0)
        case .marked(let key, let mark): marks[key] = mark
        case .hand(let key): hand = key
        case .evicted(let key), .expired(let key), .removed(let key), .forgotten(let key):
            take(key)
            marks[key] = nil
        case .target(let new): target = new
        }
    }

    mutating func take(_ key: Int) {
        for list in EvictionList.allCases { lists[list]?.removeAll { $0 == key } }
    }

    func keys(in list: EvictionList, _ rule: EvictionRule) -> [Int] {
        let keys = lists[list] ?? []
        guard rule == .lfu else { return keys }
        return keys.enumerated().sorted { left, right in
            let (one, other) = (marks[left.element] ?? 0, marks[right.element] ?? 0)
            return one == other ? left.offset < right.offset : one > other
        }.map(\.element)
    }
}

@Suite struct EvictionReplayTests {
    typealias Cache = BoundedCache<Int, Int, ContinuousClock.Instant>

    /// Everything that a cache can be asked, at random.
    struct Player {
        var dice: Dice
        var cache: Cache
        fileprivate var naive = NaiveLists()
        var now = ContinuousClock.now
        let isWeighted: Bool

        mutating func play() {
            now += .milliseconds([0, 0, 0, 1, 5][dice.below(5)])
            // Few keys come often, many seldom.
            let key = dice.below(1 + dice.below(60))
            switch dice.below(1000) {
            case 0: cache.removeAll(at: now)
            case 1..<5: cache.resize(to: dice.oneIn(10) ? nil : dice.below(30), at: now)
            case 5..<7:
                cache.change(to: EvictionRule.allCases[dice.below(EvictionRule.allCases.count)], at: now)
            case 7..<12: cache.removeAll(where: { $0 % 7 == key % 7 }, at: now)
            case 12..<60: cache.remove(key, at: now)
            case 60..<80: _ = cache.count(at: now)
            case 80..<500: _ = cache.get(key, at: now)
            default:
                let ttl: Duration? = dice.oneIn(3) ? .milliseconds(dice.below(200)) : nil
                cache.set(key, key, weight: isWeighted ? dice.below(6) : 1, ttl: ttl, at: now)
            }
            for step in cache.steps { naive.apply(step) }
        }
    }

    @Test(arguments: EvictionRule.allCases, [false, true])
    func stepsRebuildTheLists(rule: EvictionRule, isWeighted: Bool) {
        for seed: UInt64 in 1...3 {
            var dice = Dice(seed: seed)
            let cache = Cache(capacity: dice.below(25), eviction: rule)
            var player = Player(dice: dice, cache: cache, isWeighted: isWeighted)
            for number in 0..<4000 {
                player.play()
                let difference = differs(player)
                #expect(difference == nil, "seed \(seed), call \(number)")
                if difference != nil { return }
            }
        }
    }

    /// What is not as it should be.
    private func differs(_ player: Player) -> String? {
        let (cache, naive) = (player.cache, player.naive)
        for list in EvictionList.allCases {
            let (ours, theirs) = (cache.keys(in: list), naive.keys(in: list, cache.eviction))
            if ours != theirs { return "\(cache.eviction) \(list): \(ours), rebuilt \(theirs)" }
            if !cache.eviction.lists.contains(list), !ours.isEmpty { return "\(list) is none of the rule's" }
            for key in ours where !list.isGhost {
                if cache.mark(of: key) != naive.marks[key] ?? 0 { return "mark of \(key)" }
            }
        }
        if cache.hand != naive.hand { return "hand" }
        if cache.target ?? 0 != naive.target { return "target" }
        if let capacity = cache.capacity, cache.weight > capacity { return "\(cache.weight) in \(capacity)" }
        if cache.weight != cache.keys.compactMap({ cache.weight(of: $0) }).reduce(0, +) { return "weight" }
        return nil
    }
}
