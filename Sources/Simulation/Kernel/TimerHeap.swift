import Trace

/// Due times in a 4-ary heap of 16-byte values, smallest (time, insertion) first.
///
/// Cancelled timers stay until they come up or outnumber the others; whether one is live is for ``TimerTable`` to say.
/// Push and pop: O(log n). A value is one 128-bit number, so that the smallest of four children is found without
/// branches; the four share a cache line. The storage is managed by hand: `Array` made the loop a third slower.
struct TimerHeap: ~Copyable {
    struct Node {
        private let word: UInt128

        /// `time` is not negative.
        init(time: VirtualTime, timer: Timer) {
            word = UInt128(UInt64(bitPattern: time.nanoseconds)) << 64 | UInt128(timer.key)
        }

        var time: VirtualTime { VirtualTime(nanoseconds: Int64(truncatingIfNeeded: word >> 64)) }
        var timer: Timer { Timer(key: UInt64(truncatingIfNeeded: word)) }

        @inline(__always) static func < (left: Node, right: Node) -> Bool { left.word < right.word }
    }

    private(set) var count = 0
    private var capacity: Int
    private var nodes: UnsafeMutablePointer<Node>

    init(capacity: Int = 64) {
        self.capacity = capacity
        nodes = Self.allocate(capacity)
    }

    deinit { Self.deallocate(nodes) }

    /// The earliest, of a heap that is not empty.
    var first: Node { nodes[0] }

    mutating func push(_ node: Node) {
        if count == capacity { grow() }
        var hole = count
        count += 1
        while hole > 0 {
            let parent = (hole - 1) >> 2
            if nodes[parent] < node { break }
            nodes[hole] = nodes[parent]
            hole = parent
        }
        nodes[hole] = node
    }

    /// Removes the earliest, of a heap that is not empty.
    mutating func removeFirst() {
        count -= 1
        if count > 0 { sink(nodes[count], from: 0) }
    }

    /// Drops the timers that are pending no more. O(n).
    mutating func compact(keeping table: borrowing TimerTable) {
        var kept = 0
        for index in 0..<count where table.contains(nodes[index].timer) {
            nodes[kept] = nodes[index]
            kept += 1
        }
        count = kept
        guard kept > 1 else { return }
        for index in stride(from: (kept - 2) >> 2, through: 0, by: -1) { sink(nodes[index], from: index) }
    }

    mutating func removeAll() { count = 0 }

    private mutating func sink(_ node: Node, from start: Int) {
        var hole = start
        while true {
            var child = hole << 2 + 1
            guard child < count else { break }
            let end = min(child + 4, count)
            var least = child
            var smallest = nodes[child]
            child += 1
            while child < end {
                let other = nodes[child]
                let isLess = other < smallest
                least = isLess ? child : least
                smallest = isLess ? other : smallest
                child += 1
            }
            if node < smallest { break }
            nodes[hole] = smallest
            hole = least
        }
        nodes[hole] = node
    }

    private mutating func grow() {
        let larger = Self.allocate(capacity * 2)
        larger.moveInitialize(from: nodes, count: count)
        Self.deallocate(nodes)
        nodes = larger
        capacity *= 2
    }

    /// The root lies at the end of a cache line, so that each node's children begin one.
    private static let lead = 48

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Node> {
        let bytes = lead + capacity * MemoryLayout<Node>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        return (raw + lead).bindMemory(to: Node.self, capacity: capacity)
    }

    private static func deallocate(_ nodes: UnsafeMutablePointer<Node>) {
        (UnsafeMutableRawPointer(nodes) - lead).deallocate()
    }
}
