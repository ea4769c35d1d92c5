import Analysis
import Trace

extension CacheState {
    /// What has to go when the next key comes that the cache knows nothing of, not even as a ghost. Mostly it is one;
    /// of two, the one that has been asked for less lately, which only the cache itself counts. Empty: there is room.
    var nextOut: [NameID] {
        guard isFull else { return [] }
        let main = entries(in: .main)
        let keys: [NameID?] =
            switch eviction {
            case "fifo", "lru": [main.last?.key]
            case "lfu": [main.reversed().min { $0.mark < $1.mark }?.key]
            case "clock", "sieve": [firstUnmarked(main)]
            case "s3fifo": [nextOfQueues(main)]
            case "arc": [nextOfRecentAndFrequent]
            case "wTinyLFU": candidates
            default: []
            }
        return keys.compactMap(\.self)
    }

    /// Places that are free; `nil`: there is no limit, or the trace does not tell.
    var room: Int? { capacity.map { max(0, $0 - entries.count) } }

    var isFull: Bool { room == 0 }

    /// The hand goes from the tail to the head and around, and passes those with a mark.
    private func firstUnmarked(_ entries: [Entry]) -> NameID? {
        let start = hand.flatMap { hand in entries.lastIndex { $0.key == hand } } ?? entries.count - 1
        guard start >= 0 else { return nil }
        let way = entries[...start].reversed() + entries[(start + 1)...].reversed()
        return way.first { $0.mark == 0 }?.key ?? entries[start].key
    }

    /// S3-FIFO: the oldest in the small queue that has not earned its place in the main one. Where the main queue is
    /// too long, or nobody is left in the small one, the oldest in main that runs out of uses.
    private func nextOfQueues(_ main: [Entry]) -> NameID? {
        let small = entries(in: .small)
        let isMainTooLong = main.count > (capacity ?? 0) - max(1, (capacity ?? 0) / 10)
        if !isMainTooLong, let unused = small.last(where: { $0.mark < 2 }) { return unused.key }
        // Those that move on from the small queue come without a use, to the head of the main one.
        let moved = isMainTooLong ? [] : small.reversed().map { ($0.key, Int64(0)) }
        let way = main.reversed().map { ($0.key, $0.mark) } + moved
        return way.min { $0.1 < $1.1 }?.0
    }

    /// ARC: the tail of T1 where that is longer than its target, else of T2.
    private var nextOfRecentAndFrequent: NameID? {
        let (recent, frequent) = (entries(in: .recent), entries(in: .frequent))
        let isRecentTooLarge = recent.count > (target ?? 0) || recent.count == capacity
        return (isRecentTooLarge ? recent.last ?? frequent.last : frequent.last ?? recent.last)?.key
    }

    /// W-TinyLFU: the newcomer pushes the tail out of the window, and that has to beat the tail of probation.
    private var candidates: [NameID?] {
        guard let capacity else { return [] }
        let window = entries(in: .window)
        let room = capacity - Int(0.99 * Double(capacity))
        let victim = entries(in: .probation).last ?? entries(in: .protected).last
        let candidate = window.count >= room ? window.last : nil
        return [candidate?.key, victim?.key]
    }
}
