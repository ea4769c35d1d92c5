import Testing

@testable import Scenario

@Suite struct UnitTests {
    @Test(arguments: [
        ("0s", 0), ("1ns", 1), ("999ns", 999), ("1µs", 1000), ("1.5µs", 1500), ("250ms", 250_000_000),
        ("1.5s", 1_500_000_000), ("60s", 60_000_000_000), ("90s", 90_000_000_000), ("2m", 120_000_000_000),
        ("1h", 3_600_000_000_000), ("24h", 86_400_000_000_000), ("90m", 5_400_000_000_000),
        ("1.000000001s", 1_000_000_001), ("12.4s", 12_400_000_000),
    ])
    func durationsAreWrittenAsPeopleWriteThem(text: String, nanoseconds: Int64) {
        #expect(Duration.nanoseconds(nanoseconds).written == text)
        #expect(Duration(written: text) == .nanoseconds(nanoseconds))
    }

    @Test func everyDurationReadsBackAsItself() {
        var random = Random(seed: 1)
        for _ in 0..<5000 {
            let bits = Int.random(in: 0..<63, using: &random)
            let duration = Duration.nanoseconds(Int64.random(in: 0...(1 << bits), using: &random))
            #expect(Duration(written: duration.written) == duration, "\(duration)")
        }
        #expect(Duration(written: Duration.nanoseconds(Int64.max).written) == .nanoseconds(Int64.max))
    }

    @Test func otherWaysToWriteADurationAreRead() {
        #expect(Duration(written: "5us") == .microseconds(5))
        #expect(Duration(written: "5\u{3bc}s") == .microseconds(5))
        #expect(Duration(written: "0.25s") == .milliseconds(250))
        #expect(Duration(written: "1.5m") == .seconds(90))
        #expect(Duration(written: "00.50s") == .milliseconds(500))
    }

    @Test(arguments: [
        "", "s", "5", "5 s", ".5s", "5.s", "-5s", "1e3s", "0x5s", "5S", "5ss", "inf s", "nans", "1.2.3s", "٣s", "0.1ns",
        "9223372036854775808ns", "99999999999999999999h",
    ])
    func whatIsNoDurationIsRefused(text: String) {
        #expect(Duration(written: text) == nil)
    }

    @Test func negativeAndHugeDurationsAreWrittenToo() {
        #expect(Duration.milliseconds(-250).written == "-250ms")
        #expect(Duration.seconds(Int64.max).written == "9223372036854775807s")
    }

    @Test func numbersAreWrittenWithoutExponentsAndReadBack() {
        #expect(Quantity.text(20) == "20")
        #expect(Quantity.text(0.000001) == "0.000001")
        #expect(Quantity.text(-0.00005) == "-0.00005")
        #expect(Quantity.text(1.5e17) == "150000000000000000")
        #expect(Quantity.percent(0.07) == "7%")
        #expect(Quantity.percent(1) == "100%")
        var random = Random(seed: 2)
        for _ in 0..<5000 {
            let number = Double.random(in: 0...1, using: &random) * [1e-9, 1e-3, 1, 1e6].randomElement(using: &random)!
            #expect(Double(Quantity.text(number)) == number)
            let share = (Double.random(in: 0...1, using: &random) * 1000).rounded() / 1000
            #expect((try? Quantity.share(Quantity.percent(share)).get()) == share, "\(share)")
        }
    }

    @Test func theNearestWordIsFound() {
        let known = ["latency", "concurrency", "queue", "errors"]
        #expect(Suggestion.nearest(to: "latncy", in: known) == "latency")
        #expect(Suggestion.nearest(to: "Latency", in: known) == "latency")
        #expect(Suggestion.nearest(to: "ltaency", in: known) == "latency")
        #expect(Suggestion.nearest(to: "eror", in: known) == "errors")
        #expect(Suggestion.nearest(to: "timeout", in: known) == nil)
        #expect(Suggestion.nearest(to: "", in: known) == nil)
    }

    @Test func distancesAreThoseOfOptimalStringAlignment() {
        func distance(_ left: String, _ right: String) -> Int {
            Suggestion.editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars))
        }
        #expect(distance("", "abc") == 3)
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("ca", "ac") == 1)
        #expect(distance("ca", "abc") == 3)
        #expect(distance("same", "same") == 0)
    }

    @Test func expectedArrivalsAreTheAreaUnderTheRate() {
        let plain = Arrivals(spacing: .rate, rate: 10)
        #expect(plain.expectedCount(within: .seconds(60)) == 600)
        let ramp = Ramp(from: .seconds(10), to: .seconds(20), rate: 30)
        let ramped = Arrivals(spacing: .rate, rate: 10, ramps: [ramp])
        #expect(ramped.expectedCount(within: .seconds(60)) == 100 + 200 + 1200)
        #expect(ramped.expectedCount(within: .seconds(15)) == 100 + 75)
        let spike = Spike(from: .seconds(15), to: .seconds(25), rate: 0)
        let spiked = Arrivals(spacing: .rate, rate: 10, ramps: [ramp], spikes: [spike])
        #expect(spiked.expectedCount(within: .seconds(60)) == 1500 - 125 - 150)
    }
}
