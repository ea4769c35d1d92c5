import Resilience
import Testing

@Suite struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT.
    static let date = 784_111_777

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ]) func rfc9110_httpDateInAnyOfItsThreeForms(text: String) {
        #expect(RetryAfter(http: text, now: .seconds(Self.date - 90)) == .delay(.seconds(90)))
        #expect(RetryAfter(http: text, now: .seconds(Self.date + 90)) == .delay(.zero))
    }

    @Test func rfc9110_delaySeconds() {
        #expect(RetryAfter(http: "120", now: .zero) == .delay(.seconds(120)))
        #expect(RetryAfter(http: " 0 ", now: .zero) == .delay(.zero))
        #expect(RetryAfter(http: "99999999999999999999999", now: .zero) == .delay(.seconds(3_155_760_000)))
    }

    @Test(arguments: [
        "", " ", "-1", "+1", "1.5", "1 s", "soon", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49 GMT", "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Novel 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", ", , ,",
    ]) func rfc9110_anythingElseSaysNothing(text: String) {
        #expect(RetryAfter(http: text, now: .zero) == nil)
    }

    @Test func rfc9110_twoDigitYearIsAtMostFiftyYearsAhead() {
        let now = Duration.seconds(1_767_225_600)  // 1 January 2026
        guard case .delay(let later) = RetryAfter(http: "Sunday, 01-Jan-75 00:00:00 GMT", now: now) else {
            Issue.record("not read")
            return
        }
        #expect(later == .seconds(3_313_526_400) - now)
        #expect(RetryAfter(http: "Sunday, 01-Jan-77 00:00:00 GMT", now: now) == .delay(.zero))
    }

    @Test func grpcA6_pushbackIsMilliseconds() {
        #expect(RetryAfter(grpcPushback: "0") == .pushback(.zero))
        #expect(RetryAfter(grpcPushback: "1500") == .pushback(.milliseconds(1500)))
    }

    @Test(arguments: ["-1", "-2147483648", "", "soon", "1.5", " 1", "+1", "1s", "2147483648", "999999999999"])
    func grpcA6_negativeOrUnreadablePushbackMeansDoNotRetry(text: String) {
        #expect(RetryAfter(grpcPushback: text) == .never)
    }

    static let script = """
        import sys, time
        from email.utils import formatdate
        for line in sys.stdin:
            at = int(line)
            moment = time.gmtime(at)
            print(formatdate(at, usegmt=True))
            print(time.strftime("%A, %d-%b-%y %H:%M:%S GMT", moment))
            print(time.asctime(moment))
        """

    /// Dates written by Python are read as the moments that it wrote.
    @Test(.enabled(if: Python.isThere, "needs the Python that scripts/test prepares"))
    func rfc9110_readsTheDatesThatPythonWrites() throws {
        var dice = Dice(seed: 1)
        let moments = (0..<500).map { _ in dice.within(0...4_102_444_799) }
        let lines = try Python.lines(Self.script, input: moments.map { "\($0)\n" }.joined())
        try #require(lines.count == 3 * moments.count)
        for (index, moment) in moments.enumerated() {
            for form in 0..<3 {
                let now = Duration.seconds(max(0, moment - 1000))
                let text = lines[3 * index + form]
                #expect(RetryAfter(http: text, now: now) == .delay(.seconds(moment) - now), "\(text)")
            }
        }
    }
}
