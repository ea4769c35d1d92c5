import Simulation
import Testing
import Trace

@testable import Resilience

@Suite struct WriteBackCoreTests {
    typealias Core = WriteBackCore<String, Int, VirtualTime>

    static func core(
        _ flush: WriteBackRules.Flush = .after(.seconds(5)), batch: Int? = nil, retry: Duration? = nil,
        maxDirty: Int? = nil
    ) throws -> Core {
        Core(try WriteBackRules(flush: flush, batch: batch, retry: retry, maxDirty: maxDirty), at: .zero)
    }

    static func written(_ batch: [WriteBackEntry<String, Int>]) -> [String] { batch.map { "\($0.key)=\($0.value)" } }

    @Test func coherence_entryIsQueuedOncePerKeyAndALaterPutReplacesIt() throws {
        var core = try Self.core()
        let answers = [
            core.write("a", 1, at: .seconds(0)), core.write("b", 1, at: .seconds(1)),
            core.write("a", 2, at: .seconds(4)), core.write("a", 3, at: .seconds(4.5)),
        ]
        #expect(answers == [.queued, .queued, .coalesced, .coalesced])
        #expect(core.count == 2)
        // The wait is that of the first put.
        #expect(core.timeToFlush(at: .seconds(4.5)) == .milliseconds(500))
        #expect(core.take(at: .seconds(4.999)).isEmpty)
        #expect(Self.written(core.take(at: .seconds(5))) == ["a=3"])
        #expect(Self.written(core.take(at: .seconds(6))) == ["b=1"])
    }

    @Test func flushAtFixedTimesTakesAllThatIsDirty() throws {
        var core = try Self.core(.every(.seconds(5)))
        core.write("a", 1, at: .seconds(0.5))
        core.write("b", 1, at: .seconds(4.9))
        #expect(core.timeToFlush(at: .seconds(4.9)) == .milliseconds(100))
        let batch = core.take(at: .seconds(5))
        #expect(Self.written(batch) == ["a=1", "b=1"])
        core.flushed(batch)
        #expect(core.isEmpty && core.timeToFlush(at: .seconds(5)) == nil)
        // Written at the very moment of a flush: the next one's.
        core.write("c", 1, at: .seconds(5))
        #expect(core.take(at: .seconds(5)).isEmpty)
        #expect(core.timeToFlush(at: .seconds(5)) == .seconds(5))
    }

    @Test func flushIsCutIntoBatches() throws {
        var core = try Self.core(batch: 2)
        for key in ["a", "b", "c", "d", "e"] { core.write(key, 1, at: .zero) }
        #expect(Self.written(core.take(at: .seconds(5))) == ["a=1", "b=1"])
        #expect(core.timeToFlush(at: .seconds(5)) == .zero)
        #expect(Self.written(core.take(at: .seconds(5))) == ["c=1", "d=1"])
        #expect(Self.written(core.take(at: .seconds(5))) == ["e=1"])
        #expect(core.count == 5)
    }

    @Test func valueWrittenDuringItsFlushWaitsForItsOwn() throws {
        var core = try Self.core()
        core.write("a", 1, at: .zero)
        let first = core.take(at: .seconds(5))
        #expect(core.write("a", 2, at: .seconds(5.5)) == .queued)
        #expect(core.value(of: "a") == 2)
        // Two writes of one key could overtake each other.
        #expect(core.take(at: .seconds(6)).isEmpty && core.take("a") == nil)
        core.flushed(first)
        #expect(core.isDirty("a") && !core.isFlying("a"))
        #expect(core.timeToFlush(at: .seconds(6)) == .seconds(4.5))
        #expect(Self.written(core.take(at: .seconds(10.5))) == ["a=2"])
    }

    @Test func failedFlushIsTriedAgainLater() throws {
        var core = try Self.core(retry: .seconds(1))
        core.write("a", 1, at: .zero)
        #expect(core.failed(core.take(at: .seconds(5)), at: .seconds(6)).isEmpty)
        #expect(core.isDirty("a"))
        #expect(core.timeToFlush(at: .seconds(6)) == .seconds(1))
        #expect(Self.written(core.take(at: .seconds(7))) == ["a=1"])
    }

    @Test func newerValueWinsOverAFailedFlush() throws {
        var core = try Self.core(retry: .seconds(1))
        core.write("a", 1, at: .zero)
        let first = core.take(at: .seconds(5))
        core.write("a", 2, at: .seconds(5.5))
        #expect(Self.written(core.failed(first, at: .seconds(6))) == ["a=1"])
        #expect(core.write("a", 3, at: .seconds(6.5)) == .coalesced)
        let second = core.take(at: .seconds(7))
        #expect(Self.written(second) == ["a=3"])
        core.flushed(second)
        #expect(core.isEmpty)
    }

    @Test func withoutARetryTimeAFailureWaitsAsIfWrittenThen() throws {
        var core = try Self.core(.every(.seconds(5)))
        core.write("a", 1, at: .seconds(1))
        core.failed(core.take(at: .seconds(5)), at: .seconds(6))
        #expect(core.timeToFlush(at: .seconds(6)) == .seconds(4))
    }

    @Test func evictedKeyIsDueAtOnce() throws {
        var core = try Self.core(batch: 1)
        core.write("a", 1, at: .zero)
        core.write("b", 2, at: .seconds(1))
        core.hurry("b")
        #expect(core.timeToFlush(at: .seconds(1)) == .zero)
        let batch = core.take(at: .seconds(1))
        #expect(Self.written(batch) == ["b=2"])
        #expect(core.take(at: .seconds(1)).isEmpty)
        // Until it has arrived, it is dirty.
        #expect(core.isDirty("b"))
        core.flushed(batch)
        #expect(!core.isDirty("b"))
    }

    @Test func keyCanBeTakenByItself() throws {
        var core = try Self.core()
        core.write("a", 1, at: .zero)
        let taken = core.take("a")
        let entry = try #require(taken)
        #expect(core.take("a") == nil && core.take("b") == nil)
        core.flushed([entry])
        #expect(core.isEmpty && core.take(at: .seconds(9)).isEmpty)
    }

    @Test func shutdownTakesEverythingInTheOrderOfFirstWrites() throws {
        var core = try Self.core(.every(.seconds(60)), batch: 2)
        for (key, value) in [("b", 1), ("a", 1), ("c", 1), ("b", 2)] { core.write(key, value, at: .seconds(1)) }
        core.hurryAll()
        #expect(Self.written(core.take(at: .seconds(1))) == ["b=2", "a=1"])
        #expect(Self.written(core.take(at: .seconds(1))) == ["c=1"])
    }

    @Test func crashLosesExactlyTheDirtyKeys() throws {
        var core = try Self.core()
        for (time, key) in ["a", "b", "c"].enumerated() { core.write(key, 1, at: .seconds(Double(time))) }
        core.flushed(core.take(at: .seconds(5)))
        let inFlight = core.take(at: .seconds(6))
        #expect(Self.written(inFlight) == ["b=1"])
        core.write("c", 2, at: .seconds(6))
        #expect(Self.written(core.crash()) == ["b=1", "c=2"])
        #expect(core.isEmpty && core.timeToFlush(at: .seconds(6)) == nil)
        // What comes back from before the crash means nothing.
        core.write("b", 9, at: .seconds(7))
        core.flushed(inFlight)
        core.failed(inFlight, at: .seconds(7))
        #expect(core.value(of: "b") == 9 && core.take(at: .seconds(11)).isEmpty)
        #expect(Self.written(core.take(at: .seconds(12))) == ["b=9"])
    }

    @Test func discardedValueNeverReachesTheStore() throws {
        var core = try Self.core()
        core.write("a", 1, at: .zero)
        #expect(core.discard("a") && !core.discard("a") && core.isEmpty)
        core.write("a", 2, at: .zero)
        let flight = core.take(at: .seconds(5))
        core.write("a", 3, at: .seconds(5))
        let wasDirty = core.discard("a")
        #expect(wasDirty && core.isEmpty)
        // The one on its way fails: it is older than what the store has by now, and is not tried again.
        core.failed(flight, at: .seconds(6))
        #expect(core.isEmpty && core.take(at: .seconds(60)).isEmpty)
        core.write("a", 4, at: .seconds(60))
        core.flushed(flight)
        #expect(core.value(of: "a") == 4)
    }

    @Test func fullSetTakesNoFurtherKey() throws {
        var core = try Self.core(maxDirty: 2)
        let answers = [("a", 1), ("b", 1), ("c", 1), ("a", 2)].map { core.write($0.0, $0.1, at: .zero) }
        #expect(answers == [.queued, .queued, .full, .coalesced])
        #expect(core.value(of: "c") == nil)
    }

    @Test func changedRulesHoldForWhatIsDirty() throws {
        var core = try Self.core(.every(.seconds(60)))
        core.write("a", 1, at: .seconds(1))
        core.change(try WriteBackRules(flush: .every(.seconds(5))), at: .seconds(2))
        #expect(core.timeToFlush(at: .seconds(2)) == .seconds(5))
        core.change(try WriteBackRules(flush: .after(.seconds(3))), at: .seconds(2))
        #expect(core.timeToFlush(at: .seconds(2)) == .seconds(2))
    }

    @Test func memoryIsBoundedByWhatIsDirty() throws {
        var core = try Self.core()
        for round in 0..<20_000 {
            core.write("same \(round % 7)", round, at: .seconds(Double(round)))
            core.discard("same \(round % 7)")
            core.write("taken", round, at: .seconds(Double(round)))
            if let entry = core.take("taken") { core.flushed([entry]) }
        }
        #expect(core.footprint < 64)
    }

    @Test func impossibleRulesAreErrors() {
        #expect(throws: PolicyError("flush", "must be longer than 0")) { try WriteBackRules(flush: .every(.zero)) }
        #expect(throws: PolicyError("batch", "must be at least 1")) {
            try WriteBackRules(flush: .after(.seconds(1)), batch: 0)
        }
        #expect(throws: PolicyError.self) { try WriteBackRules(flush: .after(.seconds(1)), retry: .zero) }
        #expect(throws: PolicyError.self) { try WriteBackRules(flush: .after(.seconds(1)), maxDirty: 0) }
    }

    /// 0, 1, ... ns before the longest that there is: nothing overflows.
    @Test func extremeTimesDoNotTrap() throws {
        let endless = Duration.seconds(Int64.max)
        for flush in [WriteBackRules.Flush.every(.nanoseconds(1)), .after(endless), .every(endless)] {
            var core = try Self.core(flush)
            core.write("a", 1, at: .distantFuture)
            _ = core.timeToFlush(at: .distantFuture)
            core.failed(core.take(at: .distantFuture), at: .distantFuture)
            core.hurryAll()
            #expect(core.take(at: .distantFuture).count == 1)
        }
    }
}
