import Analysis
import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Controls, faults, undo, and the two futures.
@Suite struct ChangeKeysTests {
    let student: Student

    init() throws { student = try Student(size: Size(width: 120, height: 40)).at("turn") }

    private func value(_ path: String) -> String? { student.player?.value(at: path) }

    // MARK: Controls

    @Test func plusAndMinusChangeTheChosenControlAtTheCursor() {
        let path = "backends.slow.concurrency"
        student.press("+").expect(changes: 1)
        #expect(value(path) == "8")
        #expect(student.changes == [Intervention(at: .milliseconds(300), action: .set(path: path, value: "8"))])
        student.press("-")
        #expect(value(path) == "4")
        student.press("- - - - -")
        #expect(value(path) == "1")
        student.press("c +")
        #expect(value("backends.fast.latency") == "80ms")
        student.press("c c c -")
        #expect(value("backends.fast.latency") == "40ms")
    }

    /// The control that changes is marked on the screen, with its old and its new value.
    @Test func theStripShowsTheChange() { student.press("+").expect(text: "Slots 4").expect(text: "8") }

    @Test func holdingAKeyDownMakesOneChange() {
        student.press("-", times: 50).expect(changes: 1)
        #expect(value("backends.slow.concurrency") == "1")
        student.press("u").expect(changes: 0)
        #expect(value("backends.slow.concurrency") == "4")
    }

    @Test func controlsOfOneMomentAreChangesOfTheirOwn() {
        student.press("+ c +").expect(changes: 2)
        #expect(Set(student.changes.map(\.at)).count == 1)
    }

    /// A change is a change of the future: what was shown before it stays.
    @Test func theFutureChangesAndThePastDoesNot() throws {
        var random = SeededGenerator(11)
        for _ in 0..<60 {
            student.at("turn").press(random.pick(["g", "G", "[", ". . .", "right right right", "right"]))
                .press(random.pick(["right", "left", ".", ","]), times: Int.random(in: 0...40, using: &random))
            let before = try #require(student.player)
            let old = try #require(before.run).trace
            student.press(random.pick(["+", "-", "c +", "f enter", "f down enter", "f right down down enter"]))
            let new = try #require(student.trace)
            let shown = before.cursor.eventCount
            #expect(Array(new.events.prefix(shown)) == Array(old.events.prefix(shown)))
            let cursor = try #require(student.player?.cursor)
            #expect(cursor.eventCount >= shown)
            #expect(cursor.time.nanoseconds - before.cursor.time.nanoseconds <= 1)
        }
    }

    @Test func changesWhilePlayingGoOnPlaying() {
        student.press("space").wait(.milliseconds(50)).expect(cursor: "400ms").press("+").expect(playing: true)
        #expect(student.changes.first?.at == .milliseconds(400))
        student.wait(.milliseconds(40)).expect(cursor: "480ms").press("-").expect(changes: 2).wait(.milliseconds(60))
            .expect(cursor: "600ms")
        // A menu stops the time: the fault is put where it was opened.
        student.press("f").expect(playing: false).wait(.seconds(1)).press("enter").expect(changes: 3)
        #expect(student.changes.last?.at == .milliseconds(600))
    }

    /// The third control changes what is fixed when a run starts.
    @Test func aChangeThatCannotBeIsExplainedAndNothingIsLost() throws {
        student.press("+ c c")
        let before = try #require(student.digest)
        student.press("+").expect(text: "cannot change during a run").expect(changes: 1)
        #expect(student.digest == before)
        student.press("enter").expect(noText: "cannot change during a run").expect(page: "turn")
        student.press("u").expect(changes: 0).press("r").expect(changes: 1)
        #expect(student.digest == before)
    }

    // MARK: Undo

    @Test func undoAndRedoBringTheSameRunsBack() throws {
        var digests = [try #require(student.digest)]
        for keys in ["+", ". . - ", ". f enter", "c . +"] {
            student.press(keys)
            digests.append(try #require(student.digest))
        }
        #expect(Set(digests).count == digests.count)
        for digest in digests.dropLast().reversed() {
            student.press("u")
            #expect(student.digest == digest)
        }
        student.press("u").expect(changes: 0)
        for digest in digests.dropFirst() {
            student.press("r")
            #expect(student.digest == digest)
        }
        student.press("r")
        #expect(student.digest == digests.last)
        student.press("R").expect(changes: 0)
        #expect(student.digest == digests.first)
        student.press("r", times: 4)
        #expect(student.digest == digests.last)
        // A new change forgets what was undone.
        student.press("u . f down enter").expect(changes: 4).press("r").expect(changes: 4)
    }

    @Test func undoKeepsTheCursor() {
        student.press("+ ]").expect(cursor: "500ms").press("u").expect(cursor: "500ms").press("r").expect(
            cursor: "500ms")
    }

    @Test func whatIsChangedComesFromTheRunItself() throws {
        student.press("f enter")
        let run = try #require(student.player?.request)
        #expect(try run.trace().digest.description == student.digest)
        #expect(run.interventions.map(\.description) == ["at 300ms: kill fast"])
    }

    // MARK: Faults

    @Test func theMenuOfFaultsOffersEveryBackend() {
        student.press("f").expect(text: "[fast]").press("right").expect(text: "[slow]").press("tab").expect(
            text: "[fast]"
        )
        .press("left").expect(text: "[slow]").press("escape").expect(noText: "[slow]").expect(changes: 0)
    }

    @Test(arguments: [
        (0, "kill fast"), (1, "errors fast 50%"), (2, "errors fast 50% as 503"), (3, "added fast 500ms"),
        (4, "slow fast 3x"), (5, "hang fast"), (6, "blackhole fast"), (7, "restore fast"), (8, "kill fast"),
    ])
    func eachFaultIsAnIntervention(downs: Int, words: String) {
        student.press("f").press("down", times: downs).press("enter")
        #expect(student.changes.map(\.description) == ["at 300ms: \(words)"])
    }

    @Test(arguments: ["escape", "q", "f"]) func theMenuOfFaultsCanBeLeft(key: String) {
        student.press("f \(key)").expect(changes: 0).expect(page: "turn").press("space").expect(playing: true)
    }

    // MARK: Two futures

    @Test func aChangeShowsBothFutures() throws {
        student.press("f enter")
        let player = try #require(student.player)
        #expect(player.isComparing)
        #expect(player.earlier?.trace.digest == (try Run(player.document).trace().digest))
        let comparison = try #require(player.comparison)
        #expect(comparison == TraceComparison(try #require(player.earlier).index, try #require(player.run).index))
        student.expect(text: "Before").expect(text: "After").press("=").expect(noText: "Before").press("=")
            .expect(text: "Before")
    }

    @Test func theFirstDifferenceIsFound() throws {
        student.press("f enter G d")
        let player = try #require(student.player)
        let divergence = try #require(player.comparison?.firstEffect)
        #expect(player.cursor.time == divergence.time)
        #expect(player.selection.event == divergence.right)
        #expect(divergence.time >= .milliseconds(300))
        let (old, new) = (try #require(player.earlier).trace, try #require(player.run).trace)
        #expect(old[divergence.left] != new[divergence.right])
    }

    @Test func withoutAChangeThereIsNoDifference() {
        student.press("d").expect(cursor: "300ms").press("=").expect(noText: "Before").press("u r R")
            .expect(cursor: "300ms").expect(changes: 0)
    }

    @Test func theEarlierFutureIsThatOfTheLastChange() throws {
        student.press("+")
        let first = try #require(student.digest)
        student.press(". f enter")
        #expect(student.player?.earlier?.digest.description == first)
        student.press("u")
        #expect(student.player?.earlier?.digest != student.player?.run?.digest)
        #expect(student.digest == first)
        student.press("u")
        #expect(student.player?.earlier == nil)
    }
}
