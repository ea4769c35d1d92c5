import Analysis
import Testing
import Trace

@Suite struct SpanComparisonTests {
    private func run(sql: Double, isCached: Bool, seed: UInt64 = 1) -> TraceIndex {
        var builder = TraceBuilder(seed: seed)
        // Names are numbered differently in the two runs.
        if isCached { builder.declare("pages", .cache) }
        let root = builder.open(0, .requestStarted, "web", "page")
        var now = 0.0
        if isCached {
            let look = builder.open(0, .cacheLookup, "pages", "home", in: root)
            builder.close(2, look)
            now = 2
        }
        builder.call(now, now + sql, "sql", "read", in: root)
        builder.call(now + sql, now + sql + 30, "rest", "read", in: root)
        if !isCached { builder.call(now + sql + 30, now + sql + 80, "rest", "read", in: root) }
        builder.close(now + sql + (isCached ? 30 : 80), root)
        return TraceIndex(builder.trace)
    }

    @Test func rowsTellWhatIsOnBothSidesAndWhatIsOnOne() {
        let (before, after) = (run(sql: 100, isCached: false), run(sql: 60, isCached: true))
        let comparison = SpanComparison(.init(RequestID(1), in: before), .init(RequestID(1), in: after))
        let rows = comparison.rows.map { row in
            let side = row.left.map { before.trace.name($0.component) } ?? "-"
            let other = row.right.map { after.trace.name($0.component) } ?? "-"
            return "\(row.depth) \(side) \(other) \(row.difference / 1_000_000) \(row.pathDifference / 1_000_000)"
        }
        #expect(
            rows == [
                "0 web web -88 0", "1 sql sql -40 -40", "1 rest rest 0 0", "1 rest - -50 -50", "1 - pages 2 2",
            ])
        #expect(comparison.difference == -88_000_000)
        #expect(comparison.leftLatency == 180_000_000 && comparison.rightLatency == 92_000_000)
    }

    @Test(arguments: 1..<9) func differencesOnThePathAddUpToThatOfTheLatencies(seed: UInt64) {
        let left = TraceIndex(RandomPolicyTrace(seed: seed, requests: 40).trace)
        let right = TraceIndex(RandomTrace.make(seed: seed, requests: 40))
        for (index, other) in [(left, left), (left, right), (right, right)] {
            for (one, two) in zip(index.requests, other.requests.reversed()) {
                let comparison = SpanComparison(.init(one.id, in: index), .init(two.id, in: other))
                #expect(comparison.rows.reduce(0) { $0 + $1.pathDifference } == comparison.difference)
                #expect(comparison.rows.compactMap(\.left).count == index.spans(of: one.id).count)
                #expect(comparison.rows.compactMap(\.right).count == other.spans(of: two.id).count)
                #expect(Set(comparison.rows.compactMap(\.left?.id)).count == comparison.rows.compactMap(\.left).count)
            }
        }
    }

    @Test func aRequestIsLikeItself() {
        let index = TraceIndex(RandomPolicyTrace(seed: 5, requests: 40).trace)
        for request in index.requests {
            let comparison = SpanComparison(.init(request.id, in: index), .init(request.id, in: index))
            #expect(comparison.rows.allSatisfy { $0.left == $0.right && $0.difference == 0 && $0.pathDifference == 0 })
        }
    }

    @Test func whatHasNotStartedHasNoRows() {
        let index = run(sql: 10, isCached: false)
        #expect(SpanComparison(.init(RequestID(9), in: index), .init(RequestID(9), in: index)).rows.isEmpty)
        let none = SpanComparison(.init(RequestID(9), in: index), .init(RequestID(1), in: index))
        #expect(none.rows.allSatisfy { $0.left == nil } && none.difference == 90_000_000)
    }
}
