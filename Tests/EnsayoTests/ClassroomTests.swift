import Glibc
import Model
import Scenario
import TerminalKit
import Testing

@testable import Classroom
@testable import Workshop
@testable import ensayo

/// A presentation over the loopback: the presenter, the notes, and three who follow: one as they should, one who never
/// reads, one who talks nonsense.
@Suite(.serialized) struct ClassroomTests {
    /// A presenter at the keyboard: the next key is pressed once those who follow have seen what the last one did.
    private final class Stage: Terminal, LoopDelegate {
        let size = Size(width: 120, height: 40)
        let depth = ColourDepth.truecolour
        let repertoire = GlyphRepertoire.unicode
        private(set) var frames: [TerminalKit.Frame] = []
        private(set) var shown: LessonSnapshot?
        private var keys: ArraySlice<Key>
        private let publisher: Publisher?
        /// Whether everyone has seen what is shown.
        private let areThere: (LessonSnapshot) -> Bool
        private let deadline = ContinuousClock.now + .seconds(60)

        init(
            _ keys: [Key], _ publisher: Publisher? = nil,
            _ areThere: @escaping (LessonSnapshot) -> Bool = { _ in true }
        ) {
            self.keys = keys[...]
            self.publisher = publisher
            self.areThere = areThere
        }

        func show(_ frame: TerminalKit.Frame) { frames.append(frame) }

        func nextEvent(within timeout: Duration?) -> InputEvent? {
            if ContinuousClock.now > deadline { return .quit }
            guard let shown, areThere(shown) else {
                sched_yield()
                return nil
            }
            return keys.popFirst().map(InputEvent.key) ?? .quit
        }

        func close() {}
        func save(_ progress: Progress) {}
        func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { .failure(ScenarioError(problems: [])) }
        func pressed(_ key: Key, in app: App) {}
        func resized(to size: Size, in app: App) {}
        func pollInterval(in app: App) -> Duration? { .milliseconds(1) }

        func changes(in app: App) -> [Message] {
            publisher?.publish(app)
            shown = LessonSnapshot(app) ?? shown
            return []
        }
    }

    private static let folder = Ensayo.root.appendingPathComponent("Lessons/01-orchestration").path
    private static let keys =
        "nnn122".map(Key.character) + [.enter] + "nnn".map(Key.character) + [.tab, .right, .right]
        + "1bcu".map(Key.character)

    private func present(_ lesson: Lesson, _ stage: Stage) -> App {
        var app = App(
            lessons: [lesson.cover], progress: Progress(), language: .english, size: stage.size,
            settings: DisplaySettings())
        app.present(PresenterState())
        let effects = app.open(lesson)
        let loop = Loop(app: app, terminal: stage, runner: ImmediateRunner(), outside: stage)
        loop.run(effects)
        return loop.app
    }

    @Test func nobodyDisturbsThePresenter() throws {
        let lesson = try LessonReader.read(LessonLibrary.source(folder: Self.folder), tryingChanges: false)
        let alone = Stage(Self.keys)
        _ = present(lesson, alone)

        let server = try ClassroomServer(address: "127.0.0.1", port: 0)
        let publisher = Publisher(server)
        try publisher.publish(lessonIn: Self.folder)
        let good = try Seat(server, .follower, lesson, language: .spanish)
        let notes = try Seat(server, .notes, lesson)
        let stalled = try #require(Stranger(port: server.port))
        let hello = Hello(role: .follower, code: Array(server.codes.follower.utf8))
        stalled.say(Array(hello.frame.encoded.readableBytesView))
        let garbage = try #require(Stranger(port: server.port))
        var noise: [UInt8] = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ 13) }

        let stage = Stage(Self.keys, publisher) { shown in
            noise.reverse()
            garbage.say(noise)
            good.look()
            notes.look()
            return good.snapshots.last == shown && notes.snapshots.last == shown
        }
        let presenter = present(lesson, stage)

        // The same frames as without anybody, and everybody has seen all of them.
        #expect(stage.frames == alone.frames)
        #expect(good.app.lesson?.page == presenter.lesson?.page)
        #expect(good.app.lesson?.player?.run?.digest == presenter.lesson?.player?.run?.digest)
        #expect(good.app.virtualTime == presenter.virtualTime)
        #expect(good.snapshots.count == notes.snapshots.count)
        #expect(good.notes.isEmpty, "what is for the notes came to a follower")
        #expect(!notes.notes.isEmpty)
        #expect(notes.screen.contains("Notes"))
        #expect(good.screen.contains("en directo"))

        // The one that talks nonsense is cut; the one that does not read is only behind.
        #expect(becomes { !garbage.say(noise) })
        #expect(server.audience.refused >= 1)
        #expect(server.audience.followers == 2)

        // Without a presenter the follower goes on alone.
        server.close()
        #expect(
            becomes {
                good.look()
                return good.hasEnded
            })
        #expect(good.screen.contains("la presentación ha terminado"))
        let page = good.app.lesson?.page
        good.send(.key(.character("n")))
        #expect(good.app.lesson?.page != page)
    }

    /// Looks again and again, and gives up in the end.
    private func becomes(_ holds: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if holds() { return true }
            sched_yield()
        }
        return holds()
    }

    @Test(arguments: [
        ("room-3:4747", "room-3", 4747), ("192.0.2.7", "192.0.2.7", nil), ("[2001:db8::7]:80", "[2001:db8::7]", 80),
        ("2001:db8::7", "2001:db8::7", nil), ("[::1]", "[::1]", nil),
    ] as [(String, String, Int?)])
    func placesAreReadAsPeopleWriteThem(text: String, host: String, port: Int?) throws {
        let place = try HostPort(text)
        #expect(place.host == host)
        #expect(place.port == port)
    }

    @Test(arguments: ["", ":80", "host:", "host:0", "host:65536", "host:x"])
    func placesThatAreNone(text: String) { #expect(throws: Failure.self) { try HostPort(text) } }

    /// Somebody beside them guesses: the right code is not asked for again, and comes in when the door opens.
    @Test(arguments: [Classroom.Role.follower, .notes])
    func aRightCodeWaitsUntilTheDoorOpens(role: Classroom.Role) throws {
        var limits = Limits()
        limits.wrongCodes = 1
        limits.firstPause = .seconds(1)
        let server = try ClassroomServer(address: "127.0.0.1", port: 0, limits: limits)
        try Publisher(server).publish(lessonIn: Self.folder)
        let place = HostPort(host: "127.0.0.1", port: server.port)
        var said: [String] = []
        #expect(throws: Failure.self) { try Entrance(place, code: "WRONG", role: role) { said.append($0) } }
        #expect(said == [], "a wrong code is told at once")
        let code = role == .notes ? server.codes.notes : server.codes.follower
        let entrance = try Entrance(place, code: code, role: role) { said.append($0) }
        #expect(entrance.lesson.id == "orchestration")
        #expect(said.count == 1 && said[0].contains("The next try is in 1 s"), "\(said)")
        entrance.client.close()
        server.close()
    }

    @Test func whatCannotBeFollowedIsSaid() throws {
        let ensayo = try Ensayo()
        let nobody = try ensayo.run("follow 127.0.0.1:9 --code KXWQPT")
        #expect(nobody.status == 2)
        #expect(nobody.errors.contains("nobody presents there"))
        let notes = try ensayo.run("notes")
        #expect(notes.status == 2)
        #expect(notes.errors.contains("nobody presents on this machine"))
        let server = try ClassroomServer(address: "127.0.0.1", port: 0)
        let wrong = try ensayo.run("follow 127.0.0.1:\(server.port) --code XXXXXX")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("the code is not right"))
        let taken = try ensayo.run("present orchestration --listen 127.0.0.1:\(server.port)")
        #expect(taken.status == 2)
        #expect(taken.errors.contains("uses port \(server.port)"))
        server.close()
    }
}
