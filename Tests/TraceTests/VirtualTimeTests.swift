import Testing
import Trace

@Suite struct VirtualTimeTests {
    @Test func wholeMillisecondsAreExact() {
        for milliseconds in 0..<10_000 {
            #expect(VirtualTime.milliseconds(Double(milliseconds)).nanoseconds == Int64(milliseconds) * 1_000_000)
            #expect(VirtualTime.seconds(Double(milliseconds) / 1000).nanoseconds == Int64(milliseconds) * 1_000_000)
        }
    }

    @Test func momentsBeyondTheRangeStopAtItsEnds() {
        #expect(VirtualTime.seconds(1e300) == .distantFuture)
        #expect(VirtualTime.seconds(-1e300).nanoseconds == .min)
        #expect(VirtualTime.seconds(.nan) == .zero)
    }
}
