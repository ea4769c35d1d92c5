import Scenario
import Testing
import Trace

@testable import Workshop

/// Lesson 4 as it is taught: its figures, its answers and its texts.
@Suite(.serialized) struct RetryTests {
    private let taught: TaughtLesson

    init() throws { taught = try TaughtLesson.shared("retry") }

    @Test func lintFindsNothing() {
        let problems = LessonLint.check(folder: taught.lesson.folder)
        #expect(problems.isEmpty, "\(ScenarioError(problems: problems))")
    }

    /// Fails twice, succeeds on the third attempt: waits of 1 s and 2 s.
    @Test func thePaymentSucceedsOnItsThirdAttempt() throws {
        let waits = try waits(of: "payment", kind: .retryScheduled)
        #expect(waits == [1000, 2000])
        #expect(try taught.value("tries").amount == 3)
    }

    /// 2^n s ± 20 %, five retries; each wait lies in its window.
    @Test func theWindowsOfJitterAreThoseOfTheCurriculum() throws {
        let clients = 12
        let floors = try waits(of: "windows", kind: .backoffFloor)
        let ceilings = try waits(of: "windows", kind: .backoffCeiling)
        let chosen = try waits(of: "windows", kind: .retryScheduled)
        #expect(Set(floors) == [1600, 3200, 6400, 12_800, 25_600])
        #expect(Set(ceilings) == [2400, 4800, 9600, 19_200, 38_400])
        #expect(chosen.count == 5 * clients)
        for (wait, window) in zip(chosen, zip(floors, ceilings)) {
            #expect(wait >= window.0 && wait <= window.1)
        }
        // Each client has its own luck.
        #expect(Set(chosen).count == chosen.count)
    }

    /// Multiplier 1, least 1 s, most 10 s.
    @Test func theCappedWaitsAreThoseOfTheCurriculum() throws {
        #expect(try waits(of: "capped", kind: .retryScheduled) == [1000, 2000, 4000, 8000, 10_000, 10_000])
    }

    /// What the herd does at 2 s, and after waits of 4 s and 8 s.
    @Test func withoutJitterTheHerdComesBackInTheSameInstants() throws {
        let index = try taught.index("herd")
        let arrivals = index.trace.events.filter { $0.kind == .callArrived }.map { $0.time.nanoseconds / 1_000_000 }
        let rounds = Dictionary(grouping: arrivals, by: \.self).mapValues(\.count)
        #expect([0, 2000, 6000, 14_000].map { rounds[$0] } == [1000, 1000, 900, 800])
    }

    @Test func everyJitterBeatsTheHerdInCallsPeakAndTime() throws {
        for jitter in ["20", "equal", "full", "decorrelated"] {
            for figure in ["calls", "peak", "done"] {
                let with = try taught.value("\(figure)_\(jitter)").amount
                #expect(try with < taught.value("\(figure)_exponential").amount, "\(figure) \(jitter)")
            }
        }
        #expect(try taught.value("calls_exponential") == taught.value("calls_fixed"))
    }

    /// Reference figures of an independent simulation of the same rules: 1857 writes and 63.6 s without jitter, 795 and
    /// 4.9 s with full jitter, at 100 clients; one run strays from the mean of many.
    @Test func oneRowReproducesBrookersStudy() throws {
        #expect(abs(try taught.value("row_calls_exponential").amount / 1857 - 1) < 0.15)
        #expect(abs(try taught.value("row_calls_full").amount / 795 - 1) < 0.15)
        #expect(abs(try taught.value("row_done_exponential").amount / 63_605 - 1) < 0.4)
        #expect(abs(try taught.value("row_done_full").amount / 4892 - 1) < 0.5)
    }

    /// No backoff is done first, and pays with about a quarter of N² writes.
    @Test func oneRowTeachesBothAxes() throws {
        #expect(try taught.value("first_done") == taught.value("row_done_none"))
        #expect(abs(try taught.value("row_calls_none").amount / 2500 - 1) < 0.15)
        let jitters = ["full", "equal", "decorrelated"]
        for jitter in jitters {
            #expect(try taught.value("row_calls_\(jitter)").amount < taught.value("row_calls_exponential").amount)
            #expect(try taught.value("row_done_\(jitter)").amount < taught.value("row_done_exponential").amount)
        }
    }

    @Test(arguments: [
        ("charged-twice", "2", "1"), ("growing-waits", "35s", "63s"), ("herd", "1000", "250"),
        ("one-row", "none", "full"), ("layers", "64", "12"), ("collapse", "never", "at-once"),
    ])
    func predictionsAreAnsweredByTheRun(step: String, right: String, wrong: String) throws {
        let verdict = try taught.verdict(on: right, in: step)
        #expect(verdict.isRight)
        #expect(verdict.rightChoice == right)
        #expect(try !taught.verdict(on: wrong, in: step).isRight)
    }

    /// HotOS'21: vulnerable above half of the capacity of 300 a second. 140 recovers by itself, 280 does not.
    @Test(arguments: [(140, true), (280, false)])
    func theCollapseStaysAboveHalfTheCapacity(rate: Int, recovers: Bool) throws {
        let figure = "client.web.success with clients.web.arrivals.poisson = \(rate)/s after 20s"
        let success = try taught.figure(figure, in: "collapse").amount
        #expect(recovers ? success > 0.99 : success < 0.01)
    }

    @Test(arguments: ["relieved", "with_budget", "with_breaker"])
    func whatTakesLoadAwayEndsTheCollapse(figure: String) throws {
        #expect(try taught.value(figure).amount > 0.95)
    }

    @Test(arguments: [
        ("once", "150", false), ("never", "150", false),
        ("once-budget", "450", false), ("once-budget", "150", true), ("once-breaker", "150", true),
    ])
    func recoverIsPassedByFewRetriesAndAShortQueue(caller: String, queue: String, isPassed: Bool) throws {
        let settings = ["flows.read.0.call.with": caller, "backends.sql.queue": queue]
        #expect(try taught.grade(settings, in: "recover").isPassed == isPassed)
    }

    @Test func everyKindOfStepIsThereWithinTwentyMinutes() {
        #expect(taught.kindsOfSteps == ["read", "watch", "predict", "experiment", "challenge"])
        #expect((10...20).contains(taught.lesson.minutes))
    }

    /// The waits that a scenario's retries chose, or could have chosen, in milliseconds.
    private func waits(of scenario: String, kind: EventKind) throws -> [Double] {
        try taught.index(scenario).trace.events.filter { $0.kind == kind }.map { Double($0.value) / 1e6 }
    }
}
