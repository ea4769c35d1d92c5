import Analysis
import Scenario
import TerminalKit

/// The sandbox, in sentences: where one stands in the system, what an edit did, what is asked.
struct SandboxSpeech {
    let state: SandboxState
    let app: App
    private var language: Language { app.language }
    /// Numbers that an edit changed: the rest is told with both futures.
    private static let mostNumbers = 3

    init(_ state: SandboxState, _ app: App) {
        self.state = state
        self.app = app
    }

    var announcements: [Announcement] {
        let run = state.player?.run?.digest.description ?? ""
        var list = [Announcement("sandbox", place), Announcement("part", part)]
        list.append(Announcement("notice", notice))
        list += state.input.map { SandboxInputSpeech(input: $0, state: state, language: language).announcements } ?? []
        list.append(Announcement("difference", difference, on: run))
        list.append(Announcement("figures", figures, on: run))
        list += futures
        if let panel { list.append(panel) }
        let plays = state.player?.playhead.isPlaying == true
        list.append(Announcement("playing", plays ? [language.text("It plays.", "Está en marcha.")] : []))
        // Said where a question or a panel was left and nothing else came of it.
        let isAtPart = state.input == nil && state.isInTree
        list.append(Announcement("back", isAtPart ? standingAt : [], isUsual: true, isIdle: true))
        return list
    }

    /// Where one is, for whoever asks.
    var standing: [String] { place + part + figures }

    private var place: [String] {
        let saved = state.isUnsaved ? ", \(SandboxWords.unsaved(language))" : ""
        return ["\(SandboxWords.sandbox(language)): \(state.path ?? state.draft.name)\(saved)."]
    }

    private var notice: [String] {
        (state.notice ?? state.failure)?.sentences(language) ?? []
    }

    // MARK: The part

    private var standingAt: [String] {
        guard let row = state.row else { return [] }
        return [language.text("You are at \(row.path).", "Estás en \(row.path).")]
    }

    private var part: [String] {
        guard let row = state.row, let node = state.draft.root[row.path] else { return [] }
        let about = PartCatalogue.about(row.path, in: state.draft.root).map { Speech.sentence($0(language)) }
        return [PartWords(row: row, node: node).text(language)] + (about.map { [$0] } ?? [])
    }

    // MARK: The run

    /// What an edit did. Both futures tell it themselves.
    private var difference: [String] {
        guard !state.isShowingFutures, let futures = FuturesSpeech(state, app) else { return [] }
        let figures = futures.figures(language, most: Self.mostNumbers).dropFirst()
        return figures.isEmpty ? [Words.noDifference(language)] : Array(figures)
    }

    /// An edit that changes nothing has no futures: such as keeping for good what was done during the run.
    private var futures: [Announcement] {
        guard let futures = FuturesSpeech(state, app) else { return [] }
        if futures.player.isEdited, futures.comparison.firstEffect == nil { return [] }
        return futures.announcements("sandbox")
    }

    /// What the run has come to at the cursor.
    private var figures: [String] {
        guard let context = state.spokenContext(for: .metrics, app) else { return [SandboxWords.nothingRuns(language)] }
        let words = FigureWords(context: context)
        let moment = context.numbers.moment(context.cursor.time)
        let flows = RunMetrics.over(context.index, through: context.cursor).flows.filter { $0.requests > 0 }
        return flows.map { flow in
            let text = "\(flow.name): \(words.text(of: TrafficFigures(flow)))"
            return Speech.sentence(
                language.text("By \(moment), \(text)", "Hasta \(moment), \(text)"))
        }
    }

    /// The panel that has the focus.
    private var panel: Announcement? {
        guard let kind = state.focusedPanel, let player = state.player else { return nil }
        let now = state.isZoomed ? "\(player.cursor.eventCount)" : ""
        return Announcement(
            "panel \(kind.rawValue)", state.sentences(of: kind, app),
            on: "\(player.selection) \(state.isZoomed) \(now)")
    }
}
