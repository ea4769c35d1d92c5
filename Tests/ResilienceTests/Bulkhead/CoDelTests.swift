@testable import Resilience
import Testing

/// RFC 8289, in milliseconds: target 5, interval 100.
@Suite struct CoDelTests {
    static let millisecond: Int64 = 1_000_000

    /// A queue in which every call has waited as long as `waited` says, looked at each millisecond. When calls are
    /// dropped.
    static func drops(until end: Int64, waited: (Int64) -> Int64) -> [Int64] {
        var codel = CoDel(target: 5 * millisecond, interval: 100 * millisecond)
        var drops: [Int64] = []
        for now in 0..<end {
            while codel.drops(waited: waited(now) * millisecond, othersWait: true, at: now * millisecond) {
                drops.append(now)
            }
        }
        return drops
    }

    /// The first after an interval, the next ones 100, 71, 58, 50 ms later and so on: the interval over the root of
    /// their number. Looked at each millisecond, the sums are rounded up.
    @Test func dropTimes() {
        let drops = Self.drops(until: 640) { _ in 50 }
        var expected: [Int64] = [100]
        var next = 100.0
        for count in 1... {
            next += 100 / Double(count).squareRoot()
            if next >= 640 { break }
            expected.append(Int64(next.rounded(.up)))
        }
        #expect(drops == expected)
        let gaps = zip(drops.dropFirst(), drops).map { $0 - $1 }
        #expect(zip(gaps, [100, 71, 58, 50]).allSatisfy { abs($0 - $1) <= 1 }, "\(gaps)")
    }

    @Test func belowTheTargetNothingIsDropped() {
        #expect(Self.drops(until: 1000) { _ in 4 } == [])
        #expect(!Self.drops(until: 1000) { _ in 5 }.isEmpty, "the target itself counts as waiting")
    }

    @Test func oneShortWaitBeginsTheIntervalAnew() {
        #expect(Self.drops(until: 195) { $0 == 95 ? 4 : 50 } == [])
        #expect(Self.drops(until: 197) { $0 == 95 ? 4 : 50 } == [196])
    }

    @Test func leavesWhenTheWaitIsShort() {
        let drops = Self.drops(until: 400) { $0 < 250 ? 50 : 4 }
        #expect(drops == [100, 200])
    }

    /// Soon after (within 16 intervals) it goes on with the number of drops since the last time it began.
    @Test(arguments: [(1500, true), (1900, false)])
    func reentrySoonResumesTheCount(pause: Int64, resumes: Bool) {
        // 100, 200, 271, 329, 379, 424, 464: the count is 7 as the wait becomes short.
        let drops = Self.drops(until: 3000) { $0 < 480 || $0 >= 480 + pause ? 50 : 1 }
        let early = drops.filter { $0 < 480 }
        #expect(early == [100, 200, 271, 329, 379, 424, 464])
        let late = drops.filter { $0 > 480 }
        #expect(late.first == 480 + pause + 100)
        // Count minus the count as it began: 7 - 1 = 6, so the next comes after 100/sqrt(6) = 41 ms.
        #expect(late[1] - late[0] == (resumes ? 41 : 100))
    }

    /// The queue cannot get shorter than one.
    @Test func theLastOneIsNeverDropped() {
        var codel = CoDel(target: 5 * Self.millisecond, interval: 100 * Self.millisecond)
        for now in 0..<Int64(1000) {
            let drops = codel.drops(waited: .max, othersWait: false, at: now * Self.millisecond)
            #expect(!drops)
        }
    }

    @Test func inABulkheadTheQueueIsCutAsItLeaves() throws {
        let bulkhead = BulkheadStand(try BulkheadRules(concurrent: 1, queue: 100, shedding: .codel()))
        for call in 0...50 { _ = bulkhead.enter(call, at: 0) }
        var shed: [Double] = []
        for time in stride(from: 10.0, through: 300, by: 10) {
            for case .shed(_, .codel) in bulkhead.leave(at: time) { shed.append(time) }
        }
        // The first call that had waited left at 10 ms.
        #expect(shed == [110, 210, 290])
    }
}
