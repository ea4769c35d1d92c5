import Scenario
import TerminalKit

/// What lies over the screen, in sentences.
struct OverlaySpeech: Spoken {
    /// More are not told in one go.
    private static let mostProblems = 5
    private static let mostDestinations = 8

    let overlay: App.Overlay
    let app: App

    func spoken(_ language: Language) -> [String] {
        switch overlay {
        case .keys: keys(language)
        case .faults(let menu): faults(menu, language)
        case .why(let state): why(state, language)
        case .glossary(let state): app.glossaryView(state).spoken
        case .record(let index): app.recordView(index).spoken
        case .sheet(let offset): app.sheetView(offset)?.spoken ?? []
        case .outline(let outline):
            app.lesson.map {
                OutlineView(outline: outline, lesson: $0, language: language, glyphs: .unicode).spoken
            } ?? []
        case .presenter(.leaving): [Words.leaving(language), Words.leavingText(language)]
        case .presenter(.resuming(let record)):
            [Words.resuming(language)]
                + (app.lesson.map { [Words.resumingText(record, $0.lesson, language)] } ?? [])
        case .presenter(.faults): [Speech.sentence(Words.faultAtCursor(language)), Words.pickFault(language)]
        case .problem(let text):
            [Speech.sentence(Words.problem(language))]
                + text.split(separator: "\n").map { Speech.sentence(String($0)) }
        case .wrongFiles(let problems, let first): wrongFiles(problems.dropFirst(first), language)
        case .goTo(let state): goTo(state, language)
        }
    }

    /// What still comes, or what fits what is typed.
    private func goTo(_ state: GoToState, _ language: Language) -> [String] {
        guard let context = app.stage?.spokenContext(for: .log, app) else { return [] }
        let destinations = state.destinations(context)
        guard !destinations.isEmpty else { return [Words.nothingComes(language)] }
        let head = [Speech.sentence(Words.goTo(language))]
        return head
            + destinations.prefix(Self.mostDestinations).map { destination in
                switch destination {
                case .moment(let time): Speech.sentence(context.numbers.moment(time))
                case .event(let id, _): context.trace[id].map { PassageSpeech.sentence(of: $0, context) } ?? ""
                }
            }
    }

    private func wrongFiles(_ problems: ArraySlice<Problem>, _ language: Language) -> [String] {
        let told = problems.prefix(Self.mostProblems).flatMap { problem in
            let name = problem.file.split(separator: "/").last.map(String.init) ?? problem.file
            let place =
                problem.line > 0
                ? language.text(
                    "\(name), line \(problem.line), column \(problem.column)",
                    "\(name), línea \(problem.line), columna \(problem.column)") : name
            return [Speech.sentence("\(place): \(problem.message)")]
                + (problem.suggestion.map { [Speech.sentence($0)] } ?? [])
        }
        let rest = problems.count - Self.mostProblems
        return ["\(Words.wrongFiles(language)): \(problems.count)."] + told
            + (rest > 0 ? [Speech.sentence(Words.moreProblems(rest)(language))] : [])
    }

    private func keys(_ language: Language) -> [String] {
        [Speech.sentence(Words.keys(language))]
            + app.keyGroups.flatMap { group in
                [Speech.sentence(group.title(language))]
                    + group.lines.map { "\($0.shownKeys(.ascii)): \($0.label(language))." }
            }
    }

    private func faults(_ menu: FaultMenu, _ language: Language) -> [String] {
        let target = menu.targets[menu.target].name
        let heading = "\(Words.faultAtCursor(language)): \(target)."
        let items = menu.items.enumerated().map { "\($0 + 1). \(Speech.sentence($1.label(language)))" }
        let chosen = menu.items[menu.item].label(language)
        return [heading] + items
            + [
                language.text(
                    "Chosen: \(target), \(chosen). Enter does it.", "Elegido: \(target), \(chosen). Enter lo hace.")
            ]
    }

    private func why(_ state: WhyState, _ language: Language) -> [String] {
        let view = app.whyView(state)
        let chosen = state.place > 0 ? [language.text("Cause \(state.place).", "Causa \(state.place).")] : []
        return [Speech.sentence(Words.why(language))] + (view?.spoken ?? []) + chosen
    }
}
