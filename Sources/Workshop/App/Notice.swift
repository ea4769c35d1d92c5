import Scenario
import TerminalKit

/// One quiet line that says why a key did nothing. It stands in the footer until the next key.
struct Notice: Hashable, Sendable {
    var text: LocalizedText
    /// Pressed again, the same key is told again.
    var count: Int

    init(_ text: LocalizedText, after last: Notice?) {
        self.text = text
        count = (last?.count ?? 0) + 1
    }

    func draw(in area: Rect, on frame: inout Frame, _ language: Language, _ glyphs: Glyphs) {
        frame.fill(area)
        let line = StyledText(text(language), Style(.warn))
        frame.write(
            line.truncated(to: area.width - 2, ellipsis: glyphs.ellipsis), x: area.x + 1, y: area.y, clip: area)
    }
}

extension App {
    /// Why a key does nothing on this screen; `nil`: it does something, or means nothing anywhere near.
    ///
    /// - Parameter last: what was said of the key before.
    func refusal(of command: Command, by key: Key, after last: Notice?) -> LocalizedText? {
        switch screen {
        case .menu(let menu):
            if command == .close, key == .escape { return Words.quitLeaves }
            guard MenuState.commands.contains(command) else { return Words.meansNothing }
            guard command == .sheet, let lesson = menu.lesson else { return nil }
            return sheetRefusal(lesson.steps, progress.lessons[lesson.id] ?? LessonProgress())
        case .lesson(let state) where presenter != nil: return teachingRefusal(of: command, in: state)
        case .lesson(let state):
            if command == .nextStep, state.hasDraft, last?.text != Words.leavesOpen { return Words.leavesOpen }
            if command == .sheet { return sheetRefusal(state) }
            return state.refusal(of: command)?.text
        case .notes: return NotesState.commands.contains(command) ? nil : Words.notesFollow
        default: return nil
        }
    }

    /// Who follows a presentation does no steps.
    private func sheetRefusal(_ state: LessonState) -> LocalizedText? {
        if state.isTaken { return sheetRefusal(state.lesson.cover.steps, state.progress) }
        return state.page == .summary ? nil : Words.noSheetYet(0, of: 0)
    }

    private func sheetRefusal(_ steps: [LessonCover.Step], _ progress: LessonProgress) -> LocalizedText? {
        progress.isFinished ? nil : Words.noSheetYet(steps.count { !progress.isDone($0) }, of: steps.count)
    }
}

extension Words {
    static let meansNothing = LocalizedText(
        en: "That key does nothing here: ? shows those that do.",
        es: "Esa tecla aquí no hace nada: ? muestra las que sí.")
    static let notesFollow = LocalizedText(
        en: "The notes follow the presentation: the lesson's keys are there.",
        es: "Las notas siguen a la presentación: allí están las teclas de la lección.")
    static let presenterSteers = LocalizedText(
        en: "The presenter steers. D goes on alone from here.",
        es: "Dirige quien presenta. D sigue por tu cuenta desde aquí.")
    static let quitLeaves = LocalizedText(en: "q leaves Ensayo.", es: "Con q se sale de Ensayo.")
    static let leavesOpen = LocalizedText(
        en: "enter: I am sure, g: I am guessing; n again leaves it open.",
        es: "enter: lo sé, g: lo supongo; otra vez n la deja sin responder.")
}
