/// Points on a circle of hashes. A key belongs to the first point at its hash or after it, round and round.
struct HashRing: Sendable {
    struct Point: Sendable {
        var hash: UInt64
        var server: Int32

        /// By hash; of equal ones the server that was added first comes first.
        func isBefore(_ other: Point) -> Bool { hash != other.hash ? hash < other.hash : server < other.server }
    }

    private(set) var points: [Point] = []

    mutating func replaceAll(_ points: [Point]) {
        self.points = points
        self.points.sort { $0.isBefore($1) }
    }

    /// Gives a server other points. O(points).
    mutating func replace(_ server: Int, _ new: [Point]) {
        points.removeAll { $0.server == server }
        // The standard sort merges what is in order already.
        points += new.sorted { $0.isBefore($1) }
        points.sort { $0.isBefore($1) }
    }

    /// Past the points of servers that may not be picked. O(log points) when there are none of these.
    func server(at hash: UInt64, in pool: ServerPool) -> Int? {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        for step in 0..<points.count {
            let place = low + step < points.count ? low + step : low + step - points.count
            let server = Int(points[place].server)
            if pool.isEligible(server) { return server }
        }
        return nil
    }
}
