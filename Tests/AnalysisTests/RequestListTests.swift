import Analysis
import Testing
import Trace

@Suite struct RequestListTests {
    private let index = TraceIndex(RandomTrace.make(seed: 3, requests: 200))

    private func ended(at cursor: Cursor) -> [RequestInfo] {
        index.requests.filter { cursor.includes($0.endEvent) }
    }

    private var cursors: [Cursor] {
        stride(from: 0, through: index.trace.events.count, by: 97).map {
            index.trace.cursor(after: EventID(UInt32($0)))
        } + [index.trace.lastCursor]
    }

    @Test func theSlowestComeFirst() {
        let list = RequestList(index)
        for cursor in cursors {
            let all = ended(at: cursor)
            let slowest = list.slowest(12, at: cursor)
            #expect(slowest.count == min(12, all.count) && list.count(at: cursor) == all.count)
            #expect(slowest.map { $0.latency ?? -1 } == Array(all.map { $0.latency ?? -1 }.sorted(by: >).prefix(12)))
        }
    }

    @Test func theFailedAreCountedByTheirOutcome() {
        let list = RequestList(index)
        for cursor in cursors {
            let failed = ended(at: cursor).filter { !$0.outcome.isSuccess }
            #expect(list.failedCount(at: cursor) == failed.count)
            let newest = Array(failed.map(\.endEvent).sorted(by: >).prefix(5))
            #expect(list.failed(5, at: cursor).map(\.endEvent) == newest)
            #expect(list.failed(.max, .rejected, at: cursor).isEmpty)
            let outcomes = list.outcomes(at: cursor)
            #expect(outcomes.reduce(0) { $0 + $1.count } == ended(at: cursor).count)
            #expect(outcomes.first { $0.outcome == .failed }?.count ?? 0 == failed.count)
        }
    }

    /// The definition: the least latency that so large a share does not exceed.
    @Test(arguments: [0, 0.01, 0.5, 0.95, 0.99, 1]) func anExemplarHasItsPercentile(_ share: Double) throws {
        let list = RequestList(index)
        for cursor in cursors {
            let latencies = ended(at: cursor).compactMap(\.latency).sorted()
            guard let exemplar = list.exemplar(share, at: cursor) else {
                #expect(latencies.isEmpty)
                continue
            }
            let least = latencies.first { latency in
                Double(latencies.count { $0 <= latency }) >= share * Double(latencies.count)
            }
            #expect(exemplar.latency == least)
            let own = try #require(list.share(of: exemplar.id, at: cursor))
            #expect(own >= share)
        }
    }

    @Test func aListOfOneFlowHasNoOthers() {
        var builder = TraceBuilder()
        for (flow, length) in [("page", 30.0), ("list", 90), ("page", 10)] {
            let root = builder.open(0, .requestStarted, "web", flow)
            builder.close(length, root)
        }
        // Events stand in the order of the builder here, which the list does not need.
        let index = TraceIndex(builder.trace)
        let list = RequestList(index, flow: builder.trace.names.find("page"))
        #expect(list.slowest(9, at: index.trace.lastCursor).map(\.id) == [RequestID(1), RequestID(3)])
        #expect(list.share(of: RequestID(2), at: index.trace.lastCursor) == nil)
        #expect(list.share(of: RequestID(3), at: index.trace.lastCursor) == 0.5)
    }
}
