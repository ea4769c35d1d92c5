import Scenario
import Testing

@testable import TerminalKit
@testable import Workshop

/// What somebody does who hears the workshop is written down as keys, and replays to the same end.
@Suite struct LinearRecordingTests {
    private final class Recorder: LoopDelegate {
        var recorder: SessionRecorder
        private let open: Lesson
        private(set) var progress = Workshop.Progress()

        init(_ recorder: SessionRecorder, _ lesson: Lesson) {
            self.recorder = recorder
            open = lesson
        }

        func save(_ progress: Workshop.Progress) { self.progress = progress }
        func lesson(_ cover: LessonCover) -> Result<Lesson, ScenarioError> { .success(open) }
        func pressed(_ key: Key, in app: App) { recorder.record(key, in: app) }
        func resized(to size: Size, in app: App) {}
        func changes(in app: App) -> [Message] { [] }
        func pollInterval(in app: App) -> Duration? { nil }
    }

    /// What the workshop is like after these lines, and after the replay of what was written down.
    private func recorded(_ lines: [String], at step: String?) throws -> (app: App, script: String, replayed: App) {
        let lesson = try RehearsalLesson.make()
        var app = App(
            lessons: [lesson.cover], progress: Workshop.Progress(), language: .spanish,
            size: Size(width: 80, height: 24), settings: DisplaySettings(glyphs: .ascii))
        let effects = app.open(lesson, at: step)
        let outside = Recorder(SessionRecorder(app, isHeard: true), lesson)
        var rest = lines[...]
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: outside,
            read: { _ in rest.popFirst().map(LinearEvent.line) ?? .end }, write: { _ in })
        loop.run(effects)
        outside.recorder.finish(loop.app)
        let script = outside.recorder.script.description
        let read = try SessionScript(parsing: script, file: "heard.replay")
        let replay = try SessionReplay.run(read, lesson: lesson, name: "heard")
        for check in replay.checks { #expect(check.failure == nil, "\(check.line): \(check.failure ?? "")\n\(script)") }
        // The last key is followed by time that no key tells of.
        var replayed = replay.app
        if let time = loop.app.virtualTime, replayed.virtualTime != time { _ = replayed.update(.play(to: time)) }
        return (loop.app, script, replayed)
    }

    @Test(arguments: [
        ("look", ["1", "1", "why", "2", "metrics", "1", "1", "1"]), ("turn", ["1", "+", "1", "4", "c", "-", "space"]),
        ("both", ["2", "sure", "watch it happen", "1"]), ("number", ["1", "80", "guess", "n"]),
        ("faster", ["+", "1", "check the goals", "h", "s", "outline", "close", "q"]),
    ])
    func whatIsHeardReplays(_ step: String, _ lines: [String]) throws {
        let (app, script, replayed) = try recorded(lines, at: step)
        #expect(replayed.pageName == app.pageName, "\(script)")
        #expect(replayed.virtualTime == app.virtualTime, "\(script)")
        #expect(replayed.lesson?.player?.history.changes == app.lesson?.player?.history.changes, "\(script)")
        #expect(replayed.progress.lessons["rehearsal"]?.answers == app.progress.lessons["rehearsal"]?.answers)
        #expect(replayed.view() == app.view(), "\(script)")
    }

    /// Who cannot see a frame keeps what is said.
    @Test func theTranscriptIsKeptInsteadOfFrames() throws {
        let script = try recorded(["3"], at: "look").script
        #expect(script.contains("\ntranscript: golden\n"))
        #expect(script.contains("\nkey n") || script.contains(" key n"), "\(script)")
        #expect(!script.contains("frame "))
    }
}
