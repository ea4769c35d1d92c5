import Analysis
import TerminalKit
import Trace

/// The run before the last change beside the run after it, in sentences.
struct FuturesSpeech: Spoken {
    let context: PanelContext
    let player: Player
    let comparison: TraceComparison
    let isShown: Bool
    /// Of the numbers that changed, those that changed most.
    private static let mostNumbers = 8

    /// `nil` where there is one future.
    init?(_ state: any RunScreen, _ app: App) {
        guard let player = state.player, let comparison = player.comparison,
            let context = state.spokenContext(for: .log, app)
        else { return nil }
        self.context = context
        self.player = player
        self.comparison = comparison
        isShown = state.isShowingFutures
    }

    /// Told when the futures come to the screen, and anew after each change.
    func announcements(_ page: String) -> [Announcement] {
        let shown = isShown ? spoken(context.language) : []
        return [
            Announcement("futures \(page)", shown),
            Announcement(
                "views \(page)",
                [isShown ? "" : context.text("One future is shown: the last.", "Se muestra un futuro: el último.")],
                isUsual: true),
        ]
    }

    func spoken(_ language: Language) -> [String] {
        let controls = player.document.scenario.controls
        let changes = player.history.changes.map { controls.phrase($0.action, context.numbers) }
        let before =
            player.isEdited ? Words.notEdited(language) : changes.dropLast().last ?? Words.asWritten(language)
        let head = language.text(
            "Two futures: with this change, and without it (\(before)).",
            "Dos futuros: con este cambio, y sin él (\(before)).")
        guard let parting = comparison.firstEffect else { return [head, Words.noDifference(language)] }
        return [head] + self.parting(parting) + figures(language)
    }

    private func parting(_ parting: TraceComparison.Divergence) -> [String] {
        let moment = context.numbers.moment(parting.time)
        let event = context.trace[parting.right].map { ": " + EventSentence($0, in: context).text.plain } ?? ""
        return [
            Speech.sentence("\(Words.partsAt(context.language).capitalizedFirst) \(moment)\(event)")
        ]
    }

    /// What the change did to the numbers, those that changed most first.
    func figures(_ language: Language, most: Int = mostNumbers) -> [String] {
        let table = DifferenceTable(comparison: comparison, language: language, glyphs: .ascii).table
        guard !table.rows.isEmpty else { return [] }
        return ["\(Words.difference(language)), \(Words.ofWholeRuns(language)):"]
            + table.rows.prefix(most).map { row in
                let cells = row.map { $0.plain.trimmingBlanks }
                let change = cells.count > 3 && !cells[3].isEmpty ? ", \(spoken(change: cells[3], language))" : ""
                return language.text(
                    "\(cells[0]): \(cells[1]) before, \(cells[2]) after\(change).",
                    "\(cells[0]): \(cells[1]) antes, \(cells[2]) después\(change).")
            }
    }

    private func spoken(change: String, _ language: Language) -> String {
        switch change {
        case "=": language.text("the same", "igual")
        case "~": language.text("about the same", "casi igual")
        default: change
        }
    }
}
