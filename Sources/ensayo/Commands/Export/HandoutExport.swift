import Scenario
import TerminalKit
import Workshop

/// A lesson to read, or what became of a run.
struct HandoutExport {
    var source: ScenarioOptions
    var part: PartOptions
    var picture: PictureOptions

    func text(as format: ExportFormat) throws(Failure) -> String {
        let handout = try handout()
        if format == .markdown { return HandoutMarkdown(handout).text }
        let light = try ThemeFile.read("light", assets: try Installation.find().assets)
        return HandoutHTML(handout, light: light, dark: .ensayo).text
    }

    private func handout() throws(Failure) -> Handout {
        let language = picture.language ?? .english
        guard source.isLesson, source.isPlain, picture.panels.isEmpty else { return try runHandout(language) }
        let lesson = try Installation.find().lesson(source.source)
        do throws(LessonRunError) { return try LessonHandout(LessonRuns(lesson), language: language).make() } catch {
            throw .badInput("\(lesson.id): \(error)")
        }
    }

    private func runHandout(_ language: Language) throws(Failure) -> Handout {
        let panels = picture.panels.isEmpty ? RunHandout.usualPanels : picture.panels
        var shown = RunPicture(of: try source.view(), panels: panels, size: PictureOptions.usualSize)
        shown.language = language
        let name = shown.run.trace.scenario.isEmpty ? source.source : shown.run.trace.scenario
        return RunHandout(shown, name: name, command: "ensayo run \(source.arguments)").make()
    }
}

extension ScenarioOptions {
    /// As somebody would type them again.
    fileprivate var arguments: String {
        var words = [source]
        if let scenario { words += ["--scenario", scenario] }
        if let seed = changes.seed { words += ["--seed", String(seed)] }
        words += changes.settings.flatMap { ["--set", $0] }
        if let until { words += ["--until", until] }
        words += changes.actions.flatMap { ["--do", $0] }
        return words.map(ShellWord.quoted).joined(separator: " ")
    }
}
