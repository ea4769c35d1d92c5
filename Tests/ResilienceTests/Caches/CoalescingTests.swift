import Resilience
import Simulation
import Testing

/// Go's `singleflight`, for tasks.
@Suite struct CoalescingTests {
    static func lines(
        calls: [Int], forget: Int? = nil, cancelled: Int? = nil, fails: Bool = false
    ) throws -> [String] {
        try virtually { _, diary in
            let (coalescing, loads) = (Coalescing<String, Int>(), Locked(0))
            if let forget { diary.later(forget) { coalescing.forget("a") } }
            await withTaskGroup(of: Void.self) { group in
                for (call, time) in calls.enumerated() {
                    group.addTask {
                        try? await diary.pause(time)
                        await withTaskGroup(of: Void.self) { inner in
                            inner.addTask {
                                do {
                                    let (value, isShared) = try await coalescing.load("a") {
                                        let load = loads.increment()
                                        try await diary.pause(100)
                                        if fails { throw Failure(.status(500)) }
                                        return load
                                    }
                                    diary.note("\(call) got \(value)\(isShared ? " shared" : "")")
                                } catch { diary.note("\(call) failed") }
                            }
                            guard call == cancelled else { return }
                            try? await diary.pause(30)
                            inner.cancelAll()
                        }
                    }
                }
            }
            #expect(coalescing.inFlight == 0)
        }
    }

    @Test func singleflight_callersOfOneKeyShareOneExecution() throws {
        let lines = try Self.lines(calls: [0, 50, 99])
        #expect(lines == ["100 0 got 1 shared", "100 1 got 1 shared", "100 2 got 1 shared"])
        #expect(try Self.lines(calls: [0, 100]) == ["100 0 got 1", "200 1 got 2"])
    }

    @Test func singleflight_errorIsShared() throws {
        #expect(try Self.lines(calls: [0, 50], fails: true) == ["100 0 failed", "100 1 failed"])
    }

    @Test func singleflight_forgetMakesTheNextCallRunAfresh() throws {
        #expect(
            try Self.lines(calls: [0, 10, 50, 60], forget: 20)
                == ["100 0 got 1 shared", "100 1 got 1 shared", "150 2 got 2 shared", "150 3 got 2 shared"])
    }

    @Test func cancelledCallerLeavesTheOthersAlone() throws {
        #expect(try Self.lines(calls: [0, 10], cancelled: 0) == ["30 0 failed", "130 1 got 2 shared"])
        #expect(try Self.lines(calls: [0, 10], cancelled: 1) == ["40 1 failed", "100 0 got 1 shared"])
    }
}
