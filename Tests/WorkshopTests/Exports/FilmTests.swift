import Foundation
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// Sessions and runs as recordings.
@Suite struct FilmTests {
    private struct Entry {
        var time: Double
        var code: String
        var data: String
    }

    private func entries(_ recording: Recording) throws -> [Entry] {
        try recording.asciicast(theme: .ensayo).split(separator: "\n").dropFirst().map { line in
            let values = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
            return Entry(
                time: try #require(values[0] as? Double), code: try #require(values[1] as? String),
                data: try #require(values[2] as? String))
        }
    }

    private func film(_ lines: String) throws -> SessionReplay.Result {
        let text = "format: 1\nlesson: rehearsal\nstep: look\n\(lines)"
        return try SessionReplay.run(
            try SessionScript(parsing: text, file: "s.replay"), lesson: try RehearsalLesson.make(), name: "s",
            isFilmed: true)
    }

    @Test func pagesAreChapters() throws {
        let entries = try entries(try #require(try film("key n\nkey n\nkey p\n").recording))
        let chapters = entries.filter { $0.code == "m" }.map(\.data)
        #expect(chapters.count == 4 && chapters[1] == chapters[3] && chapters[0] != chapters[1])
        #expect(chapters.allSatisfy { $0.first?.isNumber == true })
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    /// What plays is shown while it plays, at the speed of the step.
    @Test func playingTakesItsTime() throws {
        let result = try film("key space\nat 600ms key space\n")
        let entries = try entries(try #require(result.recording))
        let speed = try #require(result.app.lesson?.player?.playhead.speed.factor)
        let output = entries.filter { $0.code == "o" }
        #expect(output.count >= Int(6 / speed))
        let last = try #require(entries.last).time
        #expect(abs(last - (2.5 + 0.6 / speed)) < 0.11)
    }

    /// Filming changes nothing of what is checked.
    @Test func aFilmedReplayIsTheSame() throws {
        let lines = "key space\nat 600ms key space\nframe half\nkey n\nframe next\n"
        let script = try SessionScript(parsing: "format: 1\nlesson: rehearsal\nstep: look\n\(lines)", file: "s.replay")
        let plain = try SessionReplay.run(script, lesson: try RehearsalLesson.make(), name: "s")
        let filmed = try film(lines)
        #expect(plain.journey == filmed.journey && plain.recording == nil)
        #expect(try film(lines).recording?.asciicast(theme: .ensayo) == filmed.recording?.asciicast(theme: .ensayo))
    }

    @Test func marksOfARunAreChapters() throws {
        let view = try LessonRuns(try RehearsalLesson.make()).view("steady")
        let picture = RunPicture(of: view, panels: [.metrics], size: Size(width: 60, height: 16))
        let marks = [
            RunFilm.Chapter(time: .milliseconds(500), title: "Half"), RunFilm.Chapter(time: .seconds(2), title: "Two"),
        ]
        let film = RunFilm(from: .milliseconds(400), to: .seconds(1), speed: 0.5)
        let entries = try entries(film.recording(of: picture, title: "t", chapters: marks))
        let chapters = entries.filter { $0.code == "m" }
        #expect(chapters.map(\.data) == ["0.400 s", "Half"] && chapters.map(\.time) == [0, 0.2])
        #expect(entries.last?.time == 1.2)
    }

    @Test func aStepPlaysFromItsStartToItsStop() throws {
        let figures = LessonRuns(try RehearsalLesson.make())
        let screen = LessonScreen(figures, step: "look", size: Size(width: 80, height: 24), language: .spanish)
        let stretch = try #require(screen.stretch)
        let film = RunFilm(from: stretch.lowerBound, to: stretch.upperBound, speed: screen.speed)
        #expect(try entries(film.recording(of: screen, title: "t")).filter { $0.code == "o" }.count > 3)
        var still = screen
        still.seek(to: nil)
        #expect(still.app.virtualTime == stretch.upperBound)
    }
}
