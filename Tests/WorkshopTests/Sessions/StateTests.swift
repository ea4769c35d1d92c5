import Analysis
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Sessions that wait for the model, look at its state, and change it.
@Suite struct StateTests {
    private static let layers =
        "{ breaker: { failures: 3, open: 400ms } }, { bulkhead: { concurrent: 2, queue: 3 } }"
    private let lesson: Lesson

    init() throws {
        let yaml = RehearsalLesson.yaml
            .replacing("{ call: slow.ask }", with: "{ call: { to: slow.ask, with: guarded } }")
            .replacing("  flows:\n", with: "  policies:\n    guarded: [ \(Self.layers) ]\n  flows:\n")
        lesson = try RehearsalLesson.make(yaml: yaml)
    }

    private func replay(_ lines: String, head: String = "step: look\n") throws -> SessionReplay.Result {
        let text = "format: 1\nlesson: rehearsal\n\(head)\(lines)"
        return try SessionReplay.run(
            try SessionScript(parsing: text, file: "s.replay"), lesson: lesson, name: "session")
    }

    private func failures(_ lines: String, head: String = "step: look\n") throws -> [String] {
        try replay(lines, head: head).checks.compactMap(\.failure)
    }

    private func trace() throws -> Trace { try #require(Student(lesson).at("look").trace) }

    // MARK: Waiting

    @Test func waitingEndsAtTheFirstMomentAtWhichItIsSo() throws {
        let opened = try #require(try trace().events.first { $0.kind == .breakerOpened }).time
        for name in ["guarded", "guarded.breaker", "slow"] {
            let result = try replay("wait until breaker \(name) is open\nexpect breaker \(name) is open")
            #expect(result.checks.compactMap(\.failure) == [])
            #expect(result.app.virtualTime == opened)
        }
        let again = try replay("wait until breaker guarded is open\nwait until breaker guarded is not open")
        let next = try #require(
            try trace().events.first { $0.time > opened && [.breakerHalfOpened, .breakerClosed].contains($0.kind) })
        #expect(again.app.virtualTime == next.time)
    }

    /// A count that can only grow is found by halving: at the same moment as by looking at every one.
    @Test(arguments: [
        "flow.page.failed >= 3", "policy.guarded.breaker.rejected > 4", "backend.slow.calls >= 10",
        "flow.page.latency.max >= 150ms", "flow.page.success < 90%", "flow.page.failed + flow.page.ok = 12",
    ])
    func conditionsHoldFromTheirFirstMoment(condition: String) throws {
        let result = try replay("wait until \(condition)\nexpect \(condition) so far")
        #expect(result.checks.compactMap(\.failure) == [])
        let now = try #require(result.app.virtualTime)
        var student = Student(lesson).at("look").app
        let times = Set(try trace().events.map(\.time).filter { $0 < now }).sorted()
        for time in times {
            _ = student.update(.pass(to: time))
            #expect(student.failure(of: .metricSoFar(condition)) != nil, "it holds at \(time.written) already")
        }
    }

    @Test func waitsForEventsForTimeAndForOneAnother() throws {
        let events = try trace().events.filter { $0.kind == .requestStarted }
        let result = try replay("wait until event requestStarted of web\nwait until event requestStarted\nwait 100ms")
        #expect(result.checks == [])
        #expect(result.app.virtualTime == events[1].time.advanced(by: .milliseconds(100)))
        // A run that stands still stands still after it, one that plays goes on.
        #expect(!result.app.isPlaying)
        #expect(try replay("key space\nwait 900ms").app.isPlaying)
        #expect(try replay("key space\nwait 900ms\nexpect text \"0.900 s\"").checks.compactMap(\.failure) == [])
    }

    @Test(arguments: [
        ("wait until breaker guarded is disabled", "it is never so from 0s to the end at 3s; the nearest: closed"),
        ("wait until breaker guardd is open", "the run has no breaker \"guardd\": "),
        ("wait until backend slow is down", "it is never so from 0s to the end at 3s; the nearest: up, at 0s"),
        ("wait until queue of slow >= 1000", "in the queue"),
        ("wait until backend fast is full", ""),
        ("wait until cache c has k", "the run has no cache \"c\": it has none"),
        ("wait until flow.page.failed >= 1000", "at most "),
        ("wait until flow.page.latency.p50 > 1m", "the nearest: "),
        ("wait until flow.pge.ok > 1", "pge"),
        ("wait until event cacheHit", "the run has no such event"),
        ("wait 1m", "the run ends before, at 3s"),
    ])
    func whatNeverComesSaysHowNearItCame(line: String, reason: String) throws {
        let failures = try failures(line)
        #expect(failures.count == (reason.isEmpty ? 0 : 1))
        #expect(failures.allSatisfy { $0.contains(reason) }, "\(failures)")
    }

    @Test func onTheCardThereIsNothingToWaitFor() throws {
        let lines = "wait 1s\nwait until backend slow is up\nexpect backend slow is up\ndo kill slow"
        #expect(try failures(lines, head: "") == Array(repeating: "no run is on the screen", count: 4))
    }

    // MARK: Looking

    @Test func statesAreThoseAtTheCursor() throws {
        let lines = """
            expect backend slow is up
            expect backend slow is not down
            expect queue of slow = 0
            expect calls in slow = 0
            expect bulkhead guarded is not full
            wait 10ms
            do kill slow
            expect backend slow is down
            wait until bulkhead guarded is not full
            """
        #expect(try failures(lines) == [])
        #expect(try failures("wait 1ms\nexpect breaker guarded is open") == ["it is closed, with 0 of 3 failures"])
        #expect(try failures("expect queue of slow > 0") == ["it is 0 in the queue"])
        #expect(try failures("wait 1ms\nexpect bulkhead guarded is full") == ["it is 0 of 2 inside"])
    }

    @Test func figuresSoFarCountOnlyWhatHasBeenPlayed() throws {
        #expect(try failures("expect flow.page.requests = 0 so far") == [])
        #expect(try failures("expect flow.page.requests = 0") .count == 1)
        let result = try replay("wait 1s\nexpect flow.page.requests > 3 so far\nexpect flow.page.requests < 20 so far")
        #expect(result.checks.compactMap(\.failure) == [])
    }

    @Test func aPanelIsLookedAtAlone() throws {
        let lines = """
            expect panel sequence shows "slow"
            expect panel metrics shows no "Watch the first arrow"
            """
        #expect(try failures(lines) == [])
        let failure = try failures("expect panel sequence shows \"Watch the first arrow\"").first
        #expect(failure?.hasPrefix("the panel does not show it, at look, 0s into the run; the nearest:\nrow ") == true)
        #expect(
            try failures("expect panel ring shows \"x\"").first?.hasPrefix("it is not on the screen, where there are: ")
                == true)
        #expect(try failures("expect panel ring shows \"x\"", head: "") == ["no panels are on the screen"])
    }

    // MARK: Changing

    @Test func whatIsDoneInWordsIsWhatAKeyDoes() throws {
        let words = try replay("wait 300ms\ndo kill fast\nframe a", head: "step: turn\n")
        let keys = try replay("wait 300ms\nkey f\nkey enter\nframe a", head: "step: turn\n")
        #expect(words.checks == [] && keys.checks == [])
        #expect(words.app.lesson?.player?.history == keys.app.lesson?.player?.history)
        #expect(words.journey.frames[0].frame == keys.journey.frames[0].frame)
        let set = try replay("set backends.slow.concurrency = 2\nexpect settings.backends.slow.concurrency = 4")
        #expect(set.app.lesson?.player?.history.changes.first?.action
            == .set(path: "backends.slow.concurrency", value: "2"))
    }

    @Test func whatCannotBeDoneIsRefused() throws {
        #expect(try failures("do kill slw").first?.contains("slw") == true)
        #expect(try failures("set backends.slow.concurrency = many").count == 1)
        #expect(try failures("set duration = 5s").count == 1)
    }

    /// A presenter's pause is nothing to a replay.
    @Test func aPauseChangesNothing() throws {
        #expect(try replay("pause\nkey n\npause").journey == (try replay("key n")).journey)
    }

    // MARK: The menu

    @Test func aSessionCanBeginAtTheMenu() throws {
        let text = "format: 1\nopen: menu\n\nexpect step menu\nkey enter\nexpect step card\nkey q\nexpect step menu\n"
        let script = try SessionScript(parsing: text, file: "s.replay")
        #expect(try SessionScript(parsing: script.description, file: "s.replay").description == script.description)
        let result = try SessionReplay.run(script, lesson: lesson, name: "menu")
        #expect(result.checks.compactMap(\.failure) == [])
        #expect(GoldenFile(result.journey).text.hasPrefix("# journey: menu   lesson: menu   size: 80x24\n"))
        let done = try SessionScript(
            parsing: text.replacing("open: menu\n", with: "open: menu\nfinished: rehearsal\n"), file: "s.replay")
        #expect(try SessionReplay.run(done, lesson: lesson, name: "menu").journey.screens != result.journey.screens)
    }
}
