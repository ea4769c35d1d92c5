/// Due times in a 4-ary heap of 16-byte values, smallest (time, insertion) first.
///
/// Cancelled timers stay until they come up or outnumber the others; whether one is live is for ``TimerTable`` to say.
/// Push and pop: O(log n). The storage is managed by hand: bounds and uniqueness checks cost a third of the loop.
struct TimerHeap: ~Copyable {
    struct Node {
        var time: Int64
        var key: UInt64

        @inline(__always) static func < (left: Node, right: Node) -> Bool {
            left.time < right.time || (left.time == right.time && left.key < right.key)
        }
    }

    private(set) var count = 0
    private var capacity: Int
    private var nodes: UnsafeMutablePointer<Node>

    init(capacity: Int = 64) {
        self.capacity = capacity
        nodes = .allocate(capacity: capacity)
    }

    deinit { nodes.deallocate() }

    /// The earliest, of a heap that is not empty.
    var first: Node {
        @inline(__always) get { nodes[0] }
    }

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

    /// Keeps the nodes that are still wanted. O(n).
    mutating func compact(_ isLive: (Node) -> Bool) {
        var kept = 0
        for index in 0..<count where isLive(nodes[index]) {
            nodes[kept] = nodes[index]
            kept += 1
        }
        count = kept
        guard kept > 1 else { return }
        for index in stride(from: (kept - 2) >> 2, through: 0, by: -1) { sink(nodes[index], from: index) }
    }

    mutating func removeAll() { count = 0 }

    @inline(__always) private mutating func sink(_ node: Node, from start: Int) {
        var hole = start
        while true {
            let child = hole << 2 + 1
            guard child < count else { break }
            var least = child
            let end = min(child + 4, count)
            var other = child + 1
            while other < end {
                if nodes[other] < nodes[least] { least = other }
                other += 1
            }
            if node < nodes[least] { break }
            nodes[hole] = nodes[least]
            hole = least
        }
        nodes[hole] = node
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }
}
