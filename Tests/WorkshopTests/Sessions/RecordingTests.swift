import Model
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// What happened at a keyboard is what its recording replays: the same frames and the same end, byte for byte.
@Suite struct RecordingTests {
    private static let keys: [Key] =
        KeyMap.bindings.flatMap(\.keys).filter { $0 != .control("c") && $0 != .character("q") }
        + "123450 +-+-+-fcurRnpn>>< []]].".map(Key.character) + [.right, .left, .enter, .down, .tab, .function(9)]

    private let lesson: Lesson

    init() throws { lesson = try RehearsalLesson.make() }

    /// Random keys, sizes and waits of an hour to a nanosecond.
    private func entries(_ count: Int, _ random: inout SeededGenerator) -> [LoopScript.Entry] {
        (0..<count).map { _ in
            let wall: Duration =
                switch Int.random(in: 0..<10, using: &random) {
                case 0: .zero
                case 1: .nanoseconds(Int64.random(in: 1...1000, using: &random))
                case 2: .seconds(Int64.random(in: 1...3600, using: &random))
                default: .microseconds(Int64.random(in: 1...60_000, using: &random))
                }
            switch Int.random(in: 0..<12, using: &random) {
            case 0...3: return (wall, nil)
            case 4:
                let size = Size(
                    width: Int.random(in: 40...130, using: &random), height: Int.random(in: 10...45, using: &random))
                return (wall, .resize(size))
            case 5: return (wall, .resumed)
            default: return (wall, .key(random.pick(Self.keys)))
            }
        }
    }

    private func expectSameReplay(
        _ script: LoopScript, _ end: App, _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let recorded = try #require(script.recorder?.script)
        // Through the file, as another machine would read it.
        let read = try SessionScript(parsing: recorded.description, file: "session.replay")
        #expect(read.description == recorded.description, sourceLocation: sourceLocation)
        let replay = try SessionReplay.run(read, lesson: lesson, name: "session")
        #expect(replay.checks == [], "\(recorded)", sourceLocation: sourceLocation)
        // The last key is followed by time that no key tells of.
        var replayed = replay.app
        if let time = end.virtualTime, replayed.virtualTime != time { _ = replayed.update(.play(to: time)) }
        #expect(replayed.view() == end.view(), "\(recorded)", sourceLocation: sourceLocation)
        #expect(replayed.progress == end.progress, sourceLocation: sourceLocation)
        #expect(replayed.lesson?.player?.history == end.lesson?.player?.history, sourceLocation: sourceLocation)
        #expect(replayed.lesson?.player?.run?.digest == end.lesson?.player?.run?.digest, sourceLocation: sourceLocation)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func whatIsRecordedIsReplayed(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let step = random.pick([nil, "look", "both", "turn", "turn", "faster"] as [String?])
        let script = LoopScript(Size(width: 80, height: 24), entries(60, &random))
        let end = script.run(lesson, at: step)
        try expectSameReplay(script, end)
    }

    /// The frames between the named ones too: the fingerprint of a replay is that of what the student saw.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func theFingerprintIsThatOfTheScreensSeen(seed: UInt64) throws {
        var random = SeededGenerator(seed &+ 100)
        let script = LoopScript(Size(width: 80, height: 24), entries(40, &random))
        _ = script.run(lesson, at: "look")
        let recorded = try #require(script.recorder?.script)
        let replay = try SessionReplay.run(recorded, lesson: lesson, name: "session")
        var seen = Journey(name: "", lesson: "", size: Size(width: 0, height: 0))
        for frame in [script.frames[0]] + script.answers { seen.note(frame) }
        #expect(replay.journey.screens == seen.screens)
        #expect(replay.journey.screenCount == seen.screenCount)
    }

    /// Long runs: keys typed ahead, keys that stop them, the clock standing still.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func longRunsAreReplayedToo(seed: UInt64) throws {
        var random = SeededGenerator(seed &+ 1000)
        let runner = SlowRunner()
        let script = LoopScript(Size(width: 80, height: 24), entries(60, &random))
        script.beforeEvent = { if Int.random(in: 0..<3, using: &random) == 0 { runner.finishAll() } }
        let end = script.run(lesson, at: "turn", runner: runner)
        // A run that was under way at the end is finished in a replay.
        if end.isRunning { return }
        try expectSameReplay(script, end)
    }

    @Test func aStoppedRunIsRecordedAsSuch() throws {
        let runner = SlowRunner()
        runner.quick = 1
        let script = LoopScript(Size(width: 80, height: 24), [
            (.zero, .key(.character("+"))), (.zero, .resize(Size(width: 90, height: 30))), (.zero, .key(.escape)),
            (.zero, .key(.right)),
        ])
        let end = script.run(lesson, at: "turn", runner: runner)
        let recorded = try #require(script.recorder?.script)
        #expect(recorded.description.hasSuffix("at 300ms key +\nresize 90x30\ncancel\nat 300ms key right\n"))
        try expectSameReplay(script, end)
    }

    @Test func whoStopsTheFirstRunLeavesTheLesson() throws {
        let script = LoopScript(
            Size(width: 80, height: 24), [(.zero, .resize(Size(width: 90, height: 30))), (.zero, .key(.escape))])
        let end = script.run(lesson, at: "turn", runner: SlowRunner())
        #expect(end.pageName == "menu")
        let text = try #require(script.recorder?.script).description
        #expect(text.contains("\nresize 90x30\nkey escape\n") && !text.contains("cancel"), "\(text)")
        try expectSameReplay(script, end)
    }

    @Test func keysWithoutANameAreRecordedAsOneThatMeansNothing() throws {
        let odd: [Key] = ["\u{301}", "\u{200B}", "\u{E000}", "\u{85}", "\u{AD}"].map { .character($0) } + [.function(0)]
        let events = odd.flatMap { [InputEvent.key(.character("?")), .key($0)] }
        let script = LoopScript(Size(width: 80, height: 24), events.map { (.zero, $0) })
        let end = script.run(lesson, at: "look")
        try expectSameReplay(script, end)
    }

    @Test func aFrameIsAskedForAtEachPage() throws {
        let keys: [Key] = [.enter, .character("n"), .character("p"), .character("n")]
        let script = LoopScript(Size(width: 80, height: 24), keys.map { (.zero, .key($0)) })
        _ = script.run(lesson)
        let names = try #require(script.recorder?.script).lines.compactMap { line -> String? in
            if case .frame(let name) = line.action { name } else { nil }
        }
        #expect(names == ["card", "words", "look", "words.2", "look.2"])
    }

    @Test func theMenuIsRecordedToo() {
        let app = App(
            lessons: [lesson.cover], progress: Progress(), language: .english, size: Size(width: 80, height: 24),
            settings: DisplaySettings())
        #expect(SessionRecorder(app).script.opening == .menu)
    }
}
