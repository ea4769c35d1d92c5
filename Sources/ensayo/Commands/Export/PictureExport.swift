import Analysis
import Scenario
import TerminalKit
import Trace
import Workshop

/// Screens of a lesson, and panels of a run: one as a picture, or many as a recording.
struct PictureExport {
    var source: ScenarioOptions
    var part: PartOptions
    var picture: PictureOptions

    private var language: Language { picture.language ?? .english }
    private var size: Size { picture.size ?? PictureOptions.usualSize }

    func text(as format: ExportFormat) throws(Failure) -> String {
        if format == .asciicast { return try recording().asciicast(theme: try picture.resolvedTheme()) }
        let (frame, run) = try frame()
        let name = [source.source, picture.step ?? source.scenario].compactMap { $0 }.joined(separator: " ")
        return try picture.text(of: frame, as: format, title: "Ensayo: \(name)" + (run.map { ", \($0.digest)" } ?? ""))
    }

    private func frame() throws(Failure) -> (Frame, RunView?) {
        let time = try Moment.read(picture.at, option: "at")
        if picture.step != nil, picture.panels.isEmpty {
            var screen = try screen()
            screen.seek(to: time)
            return (screen.frame, screen.run)
        }
        var panels = try panels()
        panels.time = time ?? panels.time
        return (panels.frame, panels.run)
    }

    private func recording() throws(Failure) -> Recording {
        if picture.session != nil || source.isLesson && source.isPlain && picture.isPlain && part.from == nil
            && part.to == nil
        {
            return try SessionExport.recording(
                of: try Installation.find().lesson(source.source), session: picture.session, language)
        }
        if picture.step != nil, picture.panels.isEmpty {
            let screen = try screen()
            guard let stretch = screen.stretch else { throw .badInput("--step", "this step shows no run") }
            let film = RunFilm(
                from: stretch.lowerBound, to: stretch.upperBound, speed: try picture.factor() ?? screen.speed)
            return film.recording(of: screen, title: "Ensayo: \(source.source) \(picture.step ?? "")")
        }
        let panels = try panels()
        let end = panels.run.trace.end
        let from = try Moment.read(part.from, option: "from") ?? .zero
        let to = try Moment.read(part.to, option: "to") ?? panels.time ?? end
        guard from <= min(to, end) else { throw .badInput("--from", "it is after the end of what is played") }
        let film = RunFilm(from: from, to: min(to, end), speed: try picture.factor())
        let marks = picture.step == nil ? try source.document().scenario.marks : []
        return film.recording(
            of: panels, title: "Ensayo: \(source.source)", chapters: [RunFilm.Chapter](of: marks, language))
    }

    // MARK: What is shown

    /// The screen of the step asked for.
    private func screen() throws(Failure) -> LessonScreen {
        let lesson = try Installation.find().lesson(source.source)
        let step = try lesson.knownStep(picture.step ?? "")
        let size = size
        guard size.width >= LessonScreen.smallest.width, size.height >= LessonScreen.smallest.height else {
            throw .badInput(
                "--size", "the screen of a step needs \(LessonScreen.smallest.width)x\(LessonScreen.smallest.height)")
        }
        var screen = LessonScreen(
            LessonRuns(lesson), step: step.id, size: size, language: language,
            settings: DisplaySettings(glyphs: picture.glyphs))
        if let request = part.request, let run = screen.run {
            screen.select(try PartOptions.known(request, in: run.index))
        }
        return screen
    }

    /// The panels asked for: of the step, or of the run.
    private func panels() throws(Failure) -> RunPicture {
        let kinds = picture.panels.isEmpty ? RunPicture.usualPanels : picture.panels
        var panels: RunPicture
        if let name = picture.step {
            let lesson = try Installation.find().lesson(source.source)
            let stage = try lesson.knownStep(name).stage
            var scenario = source
            scenario.scenario = stage.scenario
            panels = RunPicture(of: try scenario.view(), panels: kinds, size: size)
            panels.show(stage)
        } else {
            panels = RunPicture(of: try source.view(), panels: kinds, size: size)
        }
        let smallest = RunPicture.smallestSize(kinds)
        guard size.width >= smallest.width, size.height >= smallest.height else {
            throw .badInput("--size", "these panels need \(smallest.width)x\(smallest.height)")
        }
        if let request = part.request { panels.request = try PartOptions.known(request, in: panels.run.index) }
        panels.language = language
        panels.glyphs = picture.glyphs
        return panels
    }
}

extension PictureOptions {
    /// Whether nothing is said about what is on the screen.
    var isPlain: Bool { step == nil && panels.isEmpty && size == nil && speed == nil && !ascii }

    /// A frame as a picture or as text.
    func text(of frame: Frame, as format: ExportFormat, title: String) throws(Failure) -> String {
        if format == .svg { return frame.svg(theme: try resolvedTheme(), title: title) }
        return frame.rows.map { $0.trimmingEnd + "\n" }.joined()
    }
}

extension String {
    /// Without the blanks at its end.
    fileprivate var trimmingEnd: Substring {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension Lesson {
    /// The step that somebody names, by its id or by its number, from 1.
    func knownStep(_ name: String) throws(Failure) -> LessonStep {
        if let step = step(name) { return step }
        if let number = Int(name), steps.indices.contains(number - 1) { return steps[number - 1] }
        throw .unknown(id, "step", name, known: steps.map(\.id))
    }
}
