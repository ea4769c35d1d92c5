import Trace

/// The requests of a run by how long they took and how they ended: the slowest, the failed, and which request stands
/// for a percentile.
///
/// Built once, O(n log n). A question at a cursor is at most O(n), over four bytes a request.
public struct RequestList: Sendable {
    private let index: TraceIndex
    /// Ended requests, the slowest first; of equals the one that started first.
    private let byLatency: [UInt32]
    /// The events that end them, in the same order.
    private let ends: [UInt32]
    /// Requests that did not end well, in the order in which they end, and the events that end them.
    private let failures: (requests: [UInt32], ends: [UInt32])

    /// - Parameter flow: only requests of that flow; `nil`: all.
    public init(_ index: TraceIndex, flow: NameID? = nil) {
        self.index = index
        var entries: [(request: RequestInfo, latency: Int64)] = []
        for request in index.requests where flow == nil || request.flow == flow {
            if let latency = request.latency { entries.append((request, latency)) }
        }
        entries.sort { ($1.latency, $0.request.startEvent) < ($0.latency, $1.request.startEvent) }
        byLatency = entries.map(\.request.id.rawValue)
        ends = entries.map(\.request.endEvent.rawValue)
        let failed = entries.map(\.request).filter { !$0.outcome.isSuccess }.sorted { $0.endEvent < $1.endEvent }
        failures = (failed.map(\.id.rawValue), failed.map(\.endEvent.rawValue))
    }

    /// How many have ended at a cursor.
    public func count(at cursor: Cursor) -> Int { ends.count { cursor.includes(EventID($0)) } }

    /// The slowest that have ended, the slowest first.
    public func slowest(_ count: Int, at cursor: Cursor) -> [RequestInfo] {
        var result: [RequestInfo] = []
        for (request, end) in zip(byLatency, ends) where cursor.includes(EventID(end)) {
            guard result.count < count else { break }
            if let request = index.request(RequestID(request)) { result.append(request) }
        }
        return result
    }

    /// How many have not ended well. O(log n).
    public func failedCount(at cursor: Cursor) -> Int {
        failures.ends.count(through: UInt32(clamping: cursor.eventCount))
    }

    /// Those that have not ended well, the newest first. O(log n + answer).
    ///
    /// - Parameter outcome: how they ended; `nil`: in any way.
    public func failed(_ count: Int, _ outcome: Outcome? = nil, at cursor: Cursor) -> [RequestInfo] {
        var result: [RequestInfo] = []
        for request in failures.requests[..<failedCount(at: cursor)].reversed() {
            guard result.count < count else { break }
            guard let info = index.request(RequestID(request)) else { continue }
            if outcome == nil || info.outcome == outcome { result.append(info) }
        }
        return result
    }

    /// How many ended in each way, in the order of ``Outcome``; only those that occur.
    public func outcomes(at cursor: Cursor) -> [(outcome: Outcome, count: Int)] {
        var counts = [Int](repeating: 0, count: Int(UInt8.max) + 1)
        counts[Int(Outcome.ok.rawValue)] = count(at: cursor) - failedCount(at: cursor)
        for request in failures.requests[..<failedCount(at: cursor)] {
            counts[Int((index.request(RequestID(request))?.outcome ?? .none).rawValue)] += 1
        }
        return Outcome.allCases.compactMap { counts[Int($0.rawValue)] > 0 ? ($0, counts[Int($0.rawValue)]) : nil }
    }

    /// The request that stands for a percentile: so large a share of all that have ended took no longer (nearest rank).
    ///
    /// - Parameter share: 0...1: 0.99 for p99; 0 is the fastest, 1 the slowest. `nil` if none has ended.
    public func exemplar(_ share: Double, at cursor: Cursor) -> RequestInfo? {
        let all = count(at: cursor)
        guard all > 0 else { return nil }
        let rank = min(max(1, Int((min(max(share, 0), 1) * Double(all)).rounded(.up))), all)
        var slower = all - rank
        for (request, end) in zip(byLatency, ends) where cursor.includes(EventID(end)) {
            if slower == 0 { return index.request(RequestID(request)) }
            slower -= 1
        }
        return nil
    }

    /// How many of those that have ended took no longer, as a share: the percentile that a request stands for.
    /// `nil`: it has not ended at the cursor, or is not in the list.
    public func share(of request: RequestID, at cursor: Cursor) -> Double? {
        guard let latency = index.request(request)?.clipped(to: cursor).latency, byLatency.contains(request.rawValue)
        else { return nil }
        // The slowest come first, so all that took longer stand before the first that did not.
        let longer = byLatency.prefixCount { (index.request(RequestID($0))?.latency ?? 0) > latency }
        let slower = ends[..<longer].count { cursor.includes(EventID($0)) }
        let all = count(at: cursor)
        return Double(all - slower) / Double(all)
    }
}
