import Testing
import Trace

@testable import Workshop

@Suite struct NumberTextTests {
    private let english = NumberText(.english)
    private let spanish = NumberText(.spanish)

    @Test(
        arguments: [
            (0, "0 ms"), (1, "<0.01 ms"), (250_000, "0.25 ms"), (12_400_000, "12.4 ms"), (500_000_000, "500 ms"),
            (999_400_000, "999 ms"), (999_600_000, "1 s"), (1_500_000_000, "1.5 s"), (12_340_000_000, "12.3 s"),
            (119_000_000_000, "119 s"), (125_000_000_000, "2 min 5 s"), (300_000_000_000, "5 min"),
            (86_400_000_000_000, "24 h"), (-500_000_000, "-500 ms"),
        ] as [(Int64, String)])
    func durationsHaveThreeDigitsAndTheUnitThatSuitsThem(_ nanoseconds: Int64, _ text: String) {
        #expect(english.duration(nanoseconds) == text)
    }

    @Test func theLongestDurationsHaveATextToo() {
        #expect(english.duration(.max) == "106\u{a0}751 d 23 h")
        #expect(english.duration(.min) == "-106\u{a0}751 d 23 h")
    }

    @Test func spanishHasADecimalComma() {
        #expect(spanish.duration(12_400_000) == "12,4 ms")
        #expect(spanish.moment(.milliseconds(1250)) == "1,250 s")
        #expect(spanish.moment(.milliseconds(18_750_250)) == "5:12:30,250")
        #expect(spanish.moment(.seconds(600)) == "0:10:00,000")
        #expect(spanish.moment(.seconds(599.999)) == "599,999 s")
        #expect(spanish.rate(0.5) == "0,5/s")
    }

    @Test func countsAreGroupedFromFiveDigitsOn() {
        #expect(
            [7, 1234, 12_345, 1_234_567, -12_345].map(english.count) == [
                "7", "1234", "12\u{a0}345", "1\u{a0}234\u{a0}567", "-12\u{a0}345",
            ])
        #expect(NumberText(.english, .ascii).count(12_345) == "12 345")
    }

    @Test(arguments: [
        (100.0, 147.0, "+47 %"), (412, 371, "−10 %"), (5, 5, "="), (1, 12, "×12"), (8, 0, "−100 %"),
        (1000, 998, "−0.2 %"), (1000, 1004, "+0.4 %"), (1000, 1009.6, "+1 %"), (100_000, 99_999, "≈"),
    ])
    func changesAreSharesOfWhatWasBefore(_ before: Double, _ after: Double, _ text: String) {
        #expect(english.change(from: before, to: after) == text)
    }

    @Test func nothingCannotGrowByAShare() {
        #expect(english.change(from: 0, to: 3) == nil)
        #expect(NumberText(.english, .ascii).change(from: 4, to: 3) == "-25 %")
        #expect(NumberText(.english, .ascii).change(from: 100_000, to: 99_999) == "~")
    }

    @Test func settingsReadLikeOtherNumbers() {
        let values = ["500ms", "0.8", "12.5%", "true", "none", "5/s", "least-busy"]
        #expect(spanish.setting("90s") == spanish.duration(.seconds(90)))
        #expect(values.map(english.setting) == ["500 ms", "0.8", "12.5 %", "on", "none", "5/s", "least-busy"])
        #expect(values.map(spanish.setting) == ["500 ms", "0,8", "12,5 %", "sí", "no", "5/s", "least-busy"])
    }

    @Test func sharesBelowTenPercentKeepADecimal() {
        #expect([0, 0.005, 0.038, 0.21, 1].map(english.percent) == ["0 %", "0.5 %", "3.8 %", "21 %", "100 %"])
    }
}
