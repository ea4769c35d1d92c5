import Scenario
import TerminalKit
import Workshop

/// A recorded session: one of its screens, or all of it to be watched.
struct SessionExport {
    var path: String
    var picture: PictureOptions

    func text(as format: ExportFormat) throws(Failure) -> String {
        let replay = try Self.replay(path, library: try Installation.find().library, isFilmed: format == .asciicast)
        if let recording = replay.recording { return recording.asciicast(theme: try picture.resolvedTheme()) }
        let (frame, name) = try frame(of: replay)
        return try picture.text(of: frame, as: format, title: "Ensayo: \(path), \(name)")
    }

    private func frame(of replay: SessionReplay.Result) throws(Failure) -> (Frame, String) {
        guard let name = picture.frame else { return (replay.app.shownFrame, "last screen") }
        let known = replay.journey.frames
        if let shot = known.first(where: { $0.name == name }) {
            return (shot.frame, [name, shot.run].compactMap { $0 }.joined(separator: ", "))
        }
        throw .unknown(path, "frame", name, known: known.map(\.name))
    }

    private static func replay(
        _ path: String, library: LessonLibrary, isFilmed: Bool
    ) throws(Failure) -> SessionReplay.Result {
        let script = try SessionBatch.script(path)
        let library = try SessionBatch.library(for: script, at: path, library)
        do throws(ScenarioError) {
            return try SessionReplay.run(
                script, on: SessionShelf(library), name: GoldenFiles.name(of: path), isFilmed: isFilmed)
        } catch {
            throw Failure(script.located(error))
        }
    }

    // MARK: A lesson's own sessions

    /// One of the lesson's sessions, by its name; without one, the longest in the language.
    static func recording(
        of lesson: Lesson, session name: String?, _ language: Language
    ) throws(Failure) -> Recording {
        let library = try Installation.find().library
        let paths = GoldenFiles.sessions(of: lesson.folder)
        var chosen: (path: String, keys: Int)?
        for path in paths {
            if let name, GoldenFiles.name(of: path) == name { chosen = (path, 0) }
            guard name == nil else { continue }
            let script = try SessionBatch.script(path)
            if script.opening == .lesson, script.language == language, script.lines.count > chosen?.keys ?? 0 {
                chosen = (path, script.lines.count)
            }
        }
        if let chosen, let recording = try replay(chosen.path, library: library, isFilmed: true).recording {
            return recording
        }
        if let name { throw .unknown(lesson.id, "session", name, known: paths.map(GoldenFiles.name(of:))) }
        throw .badInput(lesson.id, "it has no recorded session in this language", "--step STEP plays one step")
    }
}
