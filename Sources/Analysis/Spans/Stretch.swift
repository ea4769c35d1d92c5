import Trace

/// A part of a run's time, from a moment to a later one, or to the same.
public struct Stretch: Hashable, Sendable {
    public var from: VirtualTime
    public var to: VirtualTime
    public var nanoseconds: Int64 { to.nanoseconds - from.nanoseconds }

    public init(from: VirtualTime, to: VirtualTime) {
        self.from = from
        self.to = max(from, to)
    }

    /// What both have in common; `nil`: nothing that lasts.
    public func intersection(_ other: Stretch) -> Stretch? {
        let (from, to) = (max(from, other.from), min(to, other.to))
        return from < to ? Stretch(from: from, to: to) : nil
    }
}

extension [Stretch] {
    public var nanoseconds: Int64 { reduce(0) { $0 + $1.nanoseconds } }

    /// The time that some of them cover: in order, apart from each other. O(n log n).
    public var union: [Stretch] {
        var result: [Stretch] = []
        for stretch in filter({ $0.nanoseconds > 0 }).sorted(by: { $0.from < $1.from }) {
            if let last = result.indices.last, stretch.from <= result[last].to {
                result[last].to = Swift.max(result[last].to, stretch.to)
            } else {
                result.append(stretch)
            }
        }
        return result
    }

    /// The time within `whole` that none of these covers; they are in order and apart.
    func complement(in whole: Stretch) -> [Stretch] {
        var result: [Stretch] = []
        var now = whole.from
        for stretch in self where stretch.to > now && stretch.from < whole.to {
            if stretch.from > now { result.append(Stretch(from: now, to: stretch.from)) }
            now = stretch.to
        }
        if now < whole.to { result.append(Stretch(from: now, to: whole.to)) }
        return result
    }

    /// The time that both cover; each is in order and apart. O(n).
    func intersection(_ other: [Stretch]) -> [Stretch] {
        var result: [Stretch] = []
        var (one, two) = (0, 0)
        while one < count, two < other.count {
            if let common = self[one].intersection(other[two]) { result.append(common) }
            if self[one].to < other[two].to { one += 1 } else { two += 1 }
        }
        return result
    }
}
