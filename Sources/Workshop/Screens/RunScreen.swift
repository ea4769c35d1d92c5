import Analysis
import Scenario
import TerminalKit
import Trace

/// A screen with a run on it: a step of a lesson, or the sandbox. What they have in common: the player, the panels, the
/// two futures.
protocol RunScreen: Sendable {
    /// The run on the screen; `nil` where there is none.
    var player: Player? { get set }
    /// The panels that it has, the most important first.
    var panels: [PanelKind] { get }
    /// The panel that has the focus.
    var focusedPanel: PanelKind? { get }
    var isZoomed: Bool { get set }
    /// Whether panels show true times where clocks are wrong.
    var showsTrueTimes: Bool { get set }
    var scroll: [PanelKind: Int] { get set }
    /// How far rates and percentiles look back; `nil`: as far as suits the run.
    var window: Duration? { get }
    /// What the figures show first.
    var measured: [Measured] { get }
    /// Moments worth stopping at, in order.
    var marks: [SystemMark] { get }
}

extension RunScreen {
    /// What a panel looks at; `nil` while there is no run yet.
    func context(for kind: PanelKind, _ language: Language, _ settings: DisplaySettings) -> PanelContext? {
        guard let player, let run = player.run else { return nil }
        var context = PanelContext(
            run: run, earlier: player.earlier, cursor: player.cursor, selection: player.selection,
            window: window ?? Self.window(of: run), language: language, glyphs: settings.glyphs,
            scroll: scroll[kind] ?? 0, isFocused: focusedPanel == kind,
            isZoomed: isZoomed, reducedMotion: settings.reducedMotion, showsTrueTimes: showsTrueTimes)
        context.measured = measured
        return context
    }

    var measured: [Measured] { [] }

    /// Rates and percentiles look back ten seconds, or over the whole of a run that is not much longer.
    static func window(of run: RunView) -> Duration {
        let end = Duration.nanoseconds(run.trace.end.nanoseconds)
        return end <= .seconds(20) ? end : .seconds(10)
    }

    /// Whether the run before the last change is shown beside the run after it.
    var isShowingFutures: Bool { player?.isComparing == true && player?.earlier != nil && !isZoomed }

    /// The moments that `[` and `]` stop at: marks, faults, and what the student changed.
    var markTimes: [VirtualTime] {
        guard let player else { return [] }
        let scenario = player.document.scenario
        let faults = scenario.backends.flatMap(\.faults).flatMap { [$0.from, $0.to] }
        let changes = (scenario.interventions + player.history.changes).map(\.at)
        return (marks.map(\.at) + faults + changes).map { VirtualTime.zero.advanced(by: $0) }.sorted()
    }

    /// Does what a key asks of the player. Returns whether the command was for it.
    mutating func performOnPlayer(_ command: Command) -> Bool {
        guard var player else { return false }
        switch command {
        case .playPause: player.togglePlay()
        case .back: player.step(-1)
        case .forward: player.step(1)
        case .scrubBack: player.scrub(-1)
        case .scrubForward: player.scrub(1)
        case .previousMark: player.seek(toMarkBefore: markTimes)
        case .nextMark: player.seek(toMarkAfter: markTimes)
        case .toStart: player.rewind()
        case .toEnd: player.seek(to: .distantFuture)
        case .slower: player.setSpeed(player.playhead.speed.slower)
        case .faster: player.setSpeed(player.playhead.speed.faster)
        case .undo: player.undo()
        case .redo: player.redo()
        case .reset: player.reset()
        case .compare: player.isComparing.toggle()
        case .nextDifference: player.seekToDifference()
        default: return false
        }
        self.player = player
        return true
    }

    /// Scrolls the panel that has the focus; one that fills the screen turns its pages as well. Returns whether the
    /// command was for it.
    mutating func scroll(_ command: Command, in layout: LessonLayout) -> Bool {
        guard let kind = focusedPanel, let slot = layout.panels.first(where: { $0.kind == kind }) else { return false }
        // Beside other things on the screen, whole pages are the text's.
        if [.pageUp, .pageDown].contains(command), !isZoomed { return false }
        return scroll(command, in: Box.content(of: slot.rect))
    }

    /// The same, where the panel itself has this place.
    mutating func scroll(_ command: Command, in place: Rect) -> Bool {
        guard let kind = focusedPanel, let context = context(for: kind, .english, DisplaySettings()) else {
            return false
        }
        let extent = Panels.panel(kind).extent(context, in: Size(width: place.width, height: place.height))
        let page = extent?.visible ?? 1
        let step: Int
        switch command {
        case .scrollUp: step = -1
        case .scrollDown: step = 1
        case .pageUp: step = -page
        case .pageDown: step = page
        default: return false
        }
        guard let extent else { return true }
        let next = Scroll(total: extent.total, visible: extent.visible, offset: extent.offset + step)
        scroll[kind, default: 0] += next.offset - extent.offset
        return true
    }
}
