import Analysis
import Trace

extension CacheState {
    /// The entry that has to go when the next new key comes; `nil`: there is room, or it depends on that key.
    var nextOut: NameID? {
        guard isFull else { return nil }
        let entries = entries(in: .main)
        return switch eviction {
        case "fifo", "lru": entries.last?.key
        case "lfu": entries.reversed().min { $0.mark < $1.mark }?.key
        case "clock", "sieve": firstUnmarked(entries)
        default: nil
        }
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
}
