import Testing
import Trace

@Suite struct VirtualTimeTests {
    @Test func arithmeticStopsAtTheEndsOfTheRange() {
        let future = VirtualTime.distantFuture
        #expect(future.advanced(byNanoseconds: 1) == future)
        #expect(future.advanced(by: .seconds(Int64.max)) == future)
        #expect(VirtualTime(nanoseconds: .min).advanced(byNanoseconds: -1).nanoseconds == .min)
        #expect(VirtualTime(nanoseconds: -2).duration(to: future).wholeNanoseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeNanoseconds == .min)
    }

    @Test func unitsAgree() {
        #expect(VirtualTime.milliseconds(1.5).nanoseconds == 1_500_000)
        #expect(VirtualTime.seconds(2).milliseconds == 2000)
        #expect(Duration.milliseconds(250).wholeNanoseconds == 250_000_000)
        #expect(Duration.microseconds(1500).milliseconds == 1.5)
    }

    @Test func eventsAreCountedThroughAMoment() {
        let times: [Int64] = [1, 3, 3, 3, 8]
        let trace = Trace(events: times.map { Event(time: VirtualTime(nanoseconds: $0), kind: .mark) })
        let counts = (0...9).map { trace.eventCount(through: VirtualTime(nanoseconds: $0)) }
        #expect(counts == [0, 1, 1, 4, 4, 4, 4, 4, 5, 5])
    }
}
