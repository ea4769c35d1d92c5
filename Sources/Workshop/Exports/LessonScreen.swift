import Scenario
import TerminalKit
import Trace

extension App {
    /// What a terminal shows: one that has ASCII alone gets nothing else.
    public var shownFrame: Frame { settings.glyphs.repertoire == .ascii ? view().inASCII() : view() }
}

/// A lesson's screen as somebody sees it who has just opened a step: for pictures and recordings outside the workshop.
public struct LessonScreen: Sendable {
    public private(set) var app: App
    private let figures: LessonRuns

    /// Opens a step; `nil`: the card. O(its runs).
    public init(
        _ figures: LessonRuns, step: String?, size: Size, language: Language, settings: DisplaySettings = .init()
    ) {
        self.figures = figures
        app = App(
            lessons: [figures.lesson.cover], progress: Progress(), language: language, size: size, settings: settings)
        perform(app.open(figures.lesson, figures: figures, at: step))
        // The question of a prediction would hide what its run shows.
        app.changeLesson { if $0.isAsking { $0.isWatching = true } }
    }

    /// The run on the screen; `nil` where there is none.
    public var run: RunView? { app.lesson?.player?.run }

    /// The smallest screen on which a lesson can be taken.
    public static let smallest = LessonLayout.minimum

    /// Virtual seconds a second, as the step plays; `nil`: as fast as possible, or no run.
    public var speed: Double? { app.lesson?.player?.playhead.speed.factor }

    /// Shows a request in every panel.
    public mutating func select(_ request: RequestID) {
        app.changeLesson { $0.player?.selection = Selection(request: request) }
    }

    /// The moments between which the step plays; `nil`: it has no run.
    public var stretch: ClosedRange<VirtualTime>? {
        guard let run, let stage = app.lesson?.stage else { return nil }
        let end = min(stage.stop ?? run.trace.end, run.trace.end)
        return min(stage.start, end)...end
    }

    /// Moves the run on the screen; `nil`: to where the step stops.
    public mutating func seek(to time: VirtualTime?) {
        guard let stop = time ?? stretch?.upperBound else { return }
        app.changeLesson { $0.player?.seek(to: stop) }
    }

    public var frame: Frame { app.shownFrame }

    private mutating func perform(_ effects: [Effect]) {
        for case .run(let run) in effects { perform(app.update(.ran(run, figures.outcome(of: run)))) }
    }
}
