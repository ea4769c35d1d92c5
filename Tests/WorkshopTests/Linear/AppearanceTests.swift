import Foundation
import Testing

@testable import TerminalKit
@testable import Workshop

/// The frames of the recorded sessions, as terminals with less than everything show them.
@Suite struct AppearanceTests {
    private static func frames(of path: String, _ repertoire: GlyphRepertoire) throws -> [Journey.Shot] {
        let session = try LessonSession.shared(path)
        if session.script.repertoire == repertoire { return session.journey.frames }
        var script = session.script
        script.repertoire = repertoire
        let taught = try TaughtLesson.shared(script.lesson)
        return try SessionReplay.run(script, lesson: taught.lesson, figures: taught.runs, name: "looks").journey.frames
    }

    /// The Spanish ones have the accents. Screens choose ASCII signs themselves; what is left are letters of texts.
    @Test(arguments: LessonSession.files.filter { $0.contains("/lec") })
    func everyFrameHasALikenessInASCII(path: String) throws {
        for shot in try Self.frames(of: path, .ascii) {
            let shown = shot.frame.inASCII()
            for y in 0..<shown.size.height {
                for x in 0..<shown.size.width {
                    let (now, then) = (shown[x, y].character, shot.frame[x, y].character)
                    #expect(now.isASCII, "\(path): \(shot.name): \(then)")
                    let isLost = now == "?" && then != "?" && then != "¿"
                    #expect(!isLost, "\(path): \(shot.name): \(then) has no likeness")
                }
            }
        }
    }

    /// How work ended or stands.
    private static let states: [Role] = [.ok, .fail, .warn, .wait, .cache, .reject]

    /// Without colour two states never look the same: their sign, their word or their emphasis differs.
    @Test(arguments: LessonSession.files.filter { !$0.contains("/lec") })
    func noStateIsToldByHueAlone(path: String) throws {
        struct Look: Hashable {
            var text: String
            var look: ResolvedStyle
        }
        for shot in try Self.frames(of: path, .unicode) {
            var states: [Look: Role] = [:]
            for run in Self.runs(of: shot.frame) where Self.states.contains(run.style.role) {
                let look = Look(text: run.text, look: Theme.ensayo.resolve(run.style, depth: .monochrome))
                let other = states.updateValue(run.style.role, forKey: look) ?? run.style.role
                #expect(
                    other == run.style.role, "\(path): \(shot.name): \(run.text) is \(run.style.role) and \(other)")
            }
        }
    }

    private struct Run {
        var text: String
        var style: Style
    }

    private static func runs(of frame: Frame) -> [Run] {
        var runs: [Run] = []
        for y in 0..<frame.size.height {
            var x = 0
            while x < frame.size.width {
                var run = Run(text: "", style: frame[x, y].style)
                while x < frame.size.width, frame[x, y].style == run.style {
                    run.text.append(frame[x, y].character)
                    x += 1
                }
                run.text = run.text.trimmingCharacters(in: .whitespaces)
                if !run.text.isEmpty { runs.append(run) }
            }
        }
        return runs
    }
}
