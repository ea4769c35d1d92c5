import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What an instructor shows, and what those who follow make of it.
@Suite struct SnapshotTests {
    private static let presenterKeys: [Key] =
        KeyMap.bindings.flatMap(\.keys).filter {
            ![.control("c"), .escape, .character("q"), .character(":")].contains($0)
        } + "0123456789".map(Key.character) + [.enter, .backspace]

    private func presenter(_ lesson: Lesson) -> Student {
        Student(lesson, size: Size(width: 120, height: 40), presenter: PresenterState()).at(nil)
    }

    private func follower(_ lesson: Lesson, _ size: Size = Size(width: 80, height: 24)) -> Student {
        Student(lesson, size: size, language: .spanish, follows: true).at(nil)
    }

    private static let lessons = ["rehearsal", "circuit-breaker", "cache-lru", "sequence-diagrams", "retry"]

    private func lesson(_ name: String) throws -> Lesson {
        name == "rehearsal" ? try RehearsalLesson.make() : try TaughtLesson.shared(name).lesson
    }

    /// The parts of the state that both must have.
    private func expectSame(_ one: Student, _ other: Student, _ note: String) throws {
        let shown = try #require(one.app.lesson)
        let seen = try #require(other.app.lesson)
        #expect(shown.page == seen.page, "\(note)")
        #expect(one.digest == other.digest, "\(note)")
        #expect(one.changes == other.changes, "\(note)")
        #expect(shown.focus == seen.focus, "\(note)")
        #expect(shown.panels == seen.panels, "\(note)")
        #expect(shown.isWatching == seen.isWatching, "\(note)")
        #expect(shown.player?.selection == seen.player?.selection, "\(note)")
        #expect(shown.player?.playhead.isPlaying == seen.player?.playhead.isPlaying, "\(note)")
        #expect(shown.player?.playhead.speed == seen.player?.playhead.speed, "\(note)")
        #expect(shown.isShowingFutures == seen.isShowingFutures, "\(note)")
        #expect(shown.hints == seen.hints, "\(note)")
        #expect((shown.verdict == nil) == (seen.verdict == nil), "\(note)")
        if shown.player?.playhead.isPlaying != true {
            #expect(shown.player?.cursor == seen.player?.cursor, "\(note)")
        }
    }

    /// Whatever is dropped in between, whoever has the newest snapshot sees what the presenter shows.
    @Test(arguments: lessons, [1, 2] as [UInt64])
    func aFollowerSeesWhatThePresenterShows(name: String, seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let lesson = try lesson(name)
        let presenter = presenter(lesson)
        let follower = follower(lesson)
        for count in 0..<120 {
            let key = random.pick(Self.presenterKeys)
            presenter.send(.key(key))
            if Int.random(in: 0..<4, using: &random) == 0 {
                let wall = Duration.milliseconds(Int.random(in: 0...300, using: &random))
                presenter.wait(wall)
                follower.wait(wall)
            }
            guard Int.random(in: 0..<3, using: &random) > 0, let snapshot = LessonSnapshot(presenter.app) else {
                continue
            }
            let received = try #require(LessonSnapshot(bytes: snapshot.bytes))
            #expect(received == snapshot)
            follower.send(.followed(received))
            try expectSame(presenter, follower, "after \(count) keys, \(key)")
        }
    }

    /// The same snapshot twice is the same as once.
    @Test func showingASnapshotTwiceChangesNothing() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn").press("space").wait(.milliseconds(300)).press("1 space")
        let snapshot = try #require(LessonSnapshot(presenter.app))
        let follower = follower(lesson).send(.followed(snapshot))
        let once = try #require(LessonSnapshot(follower.app))
        follower.send(.followed(snapshot))
        #expect(LessonSnapshot(follower.app) == once)
        try expectSame(presenter, follower, "twice")
    }

    /// Detaching keeps what is on the screen, and from there the keys do what they do for anybody.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func whoDetachesGoesOnFromTheVeryState(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson)
        for _ in 0..<Int.random(in: 5...40, using: &random) { presenter.send(.key(random.pick(Self.presenterKeys))) }
        if presenter.app.lesson?.player == nil { presenter.at("turn").press("space") }
        let late = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        try expectSame(presenter, late, "a late joiner")
        late.press("D")
        try expectSame(presenter, late, "detached")
        #expect(late.app.follower?.isLive == false)
        if late.player?.playhead.isPlaying == true { late.press("space") }
        let before = late.app.virtualTime
        // What the presenter does no longer reaches it.
        presenter.press("n")
        if let snapshot = LessonSnapshot(presenter.app) { late.send(.followed(snapshot)) }
        #expect(late.app.virtualTime == before)
        late.press("D")
        try expectSame(presenter, late, "back")
    }

    @Test func keysDoSomethingOnlyAlone() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn")
        let follower = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        follower.press("+ f enter space n").expect(changes: 0).expect(page: "turn").expect(playing: false)
        follower.press("D").press("+").expect(changes: 1).press("n").expect(page: "faster")
        #expect(follower.saved.isEmpty)
    }

    @Test func theLineSaysWhoseScreenItIs() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn")
        let follower = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        follower.expect(text: "en directo · Ensayo general · paso 5 de 6").press("l")
            .expect(text: "live · Rehearsal · step 5 of 6")
        follower.press("D").expect(text: "on your own since 0.300 s · D: back to the live session")
        follower.send(.instructorLost(.ended)).expect(text: "on your own since 0.300 s · the presentation is over")
        follower.press("D").expect(text: "on your own since")
    }

    @Test func theLineSaysThatNothingIsHeard() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn")
        let snapshot = try #require(LessonSnapshot(presenter.app))
        let follower = follower(lesson).send(.followed(snapshot)).send(.instructorQuiet(8))
        follower.expect(text: "en directo · sin noticias desde hace 8 s · Ensayo general")
        follower.send(.instructorQuiet(nil)).expect(text: "en directo · Ensayo general")
        var app = presenter.app
        app.showNotes(of: lesson)
        _ = app.update(.instructorQuiet(8))
        #expect(app.view().rows[0].contains("no word for 8 s"))
        _ = app.update(.instructorQuiet(nil))
        #expect(!app.view().rows[0].contains("no word"))
    }

    @Test func withoutAPresenterTheFollowerGoesOnAlone() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn")
        let snapshot = try #require(LessonSnapshot(presenter.app))
        let follower = follower(lesson).send(.followed(snapshot)).send(.instructorLost(.connection))
        follower.press("l").expect(text: "the connection is lost, trying again · on your own")
        // Nothing was tried: the live session is back as soon as the connection is.
        follower.send(.instructorLost(nil)).expect(text: "live")
        follower.send(.instructorLost(.connection)).press("+").expect(changes: 1)
        follower.send(.instructorLost(nil)).expect(text: "on your own since").expect(changes: 1)
        follower.press("D").expect(changes: 0).expect(text: "live")
    }

    @Test func theHandsOfTheClassAreSeenByAll() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("both").press("1 2 2 2")
        let follower = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        follower.expect(text: "75 %").expect(noText: "La simulación dice").press("1 enter").expect(noText: "Dijiste")
        presenter.press("enter")
        follower.send(.followed(try #require(LessonSnapshot(presenter.app)))).expect(text: "La simulación dice")
    }

    /// Playing goes on between snapshots, and is corrected only when it has drifted.
    @Test func playingIsCorrectedWhenItDrifts() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn").press("space")
        let follower = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        presenter.wait(.milliseconds(500))
        follower.wait(.milliseconds(400))
        let own = follower.app.virtualTime
        follower.send(.followed(try #require(LessonSnapshot(presenter.app))))
        #expect(follower.app.virtualTime == own)
        presenter.wait(.milliseconds(500))
        follower.send(.followed(try #require(LessonSnapshot(presenter.app))))
        #expect(follower.app.virtualTime == presenter.app.virtualTime)
    }

    @Test func aBlackScreenIsBlackForAll() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn").press("b")
        let follower = follower(lesson).send(.followed(try #require(LessonSnapshot(presenter.app))))
        follower.expect(noText: "Gira").expect(text: "a oscuras").press("D").expect(text: "Gira")
    }

    // MARK: Hostile bytes

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func damagedBytesAreRefusedOrShown(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at(random.pick(["look", "both", "turn", "faster"])).press("space 1 2 enter +")
        var bytes = try #require(LessonSnapshot(presenter.app)).bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: bytes.indices, using: &random)
            bytes[place] = UInt8.random(in: 32...126, using: &random)
        }
        let follower = follower(lesson)
        if let snapshot = LessonSnapshot(bytes: bytes) { follower.send(.followed(snapshot)).press("D n p space") }
        #expect(follower.app.view().size == Size(width: 80, height: 24))
    }

    @Test func hugeOrSenselessSnapshotsAreRefused() throws {
        let lesson = try RehearsalLesson.make()
        let good = try #require(LessonSnapshot(presenter(lesson).at("turn").app))
        func isRefused(_ change: (inout LessonSnapshot) -> Void) -> Bool {
            var bad = good
            change(&bad)
            return LessonSnapshot(bytes: bad.bytes) == nil
        }
        #expect(!isRefused { _ in })
        #expect(isRefused { $0.changes = Array(repeating: "at 1s: kill slow", count: 501) })
        #expect(isRefused { $0.page = String(repeating: "x", count: 501) })
        #expect(isRefused { $0.textPage = -1 })
        #expect(isRefused { $0.scroll = ["log": .max] })
        #expect(isRefused { $0.place?.time = -1 })
        #expect(isRefused { $0.place?.events = .max })
        #expect(LessonSnapshot(bytes: Array(repeating: UInt8(ascii: "["), count: 100_000)) == nil)
        #expect(LessonSnapshot(bytes: []) == nil)
        #expect(LessonSnapshot(bytes: Array(repeating: 0, count: 300_000)) == nil)
    }

    /// What cannot be made in the lesson changes nothing.
    @Test func impossibleSnapshotsAreIgnored() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = presenter(lesson).at("turn")
        let good = try #require(LessonSnapshot(presenter.app))
        let follower = follower(lesson).send(.followed(good))
        for change in ["nonsense", "at 1s: kill nobody", "at 1s: set nothing = 1"] {
            var bad = good
            bad.changes = [change]
            follower.send(.followed(bad)).expect(changes: 0).expect(page: "turn")
        }
        var other = good
        other.page = "nowhere"
        follower.send(.followed(other)).expect(page: "turn")
        other = good
        other.lesson = "another"
        follower.send(.followed(other)).expect(page: "turn")
    }

    @Test(arguments: lessons.dropFirst())
    func aLessonGoesOverTheNetworkAsItIs(name: String) throws {
        let folder = try TaughtLesson.shared(name).lesson.folder
        let package = try #require(LessonPackage(bytes: try LessonPackage(folder: folder).bytes))
        let lesson = try package.lesson()
        #expect(lesson.id == name)
        #expect(lesson.steps.map(\.id) == (try TaughtLesson.shared(name)).lesson.steps.map(\.id))
    }
}
