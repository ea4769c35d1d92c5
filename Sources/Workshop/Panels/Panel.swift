import Analysis
import TerminalKit
import Trace

/// Everything a panel may look at: a run, a moment of it, and how to show it.
public struct PanelContext: Sendable {
    public var run: RunView
    /// The run before the last change, while both are shown.
    public var earlier: RunView?
    /// A run that another panel of this kind shows beside this one: scales cover both.
    public var peer: RunView?
    /// The moment, and how many events have been shown by then.
    public var cursor: Cursor
    public var selection: Selection
    /// How far back "now" reaches in rates and percentiles.
    public var window: Duration
    /// What the step's goals measure, in their order: figures show that first.
    public var measured: [Measured] = []
    public var language: Language
    public var glyphs: Glyphs
    /// Rows (or items) that the student has scrolled away from the panel's natural place; 0: follow the cursor.
    public var scroll: Int
    public var isFocused: Bool
    public var isZoomed: Bool
    public var reducedMotion: Bool
    /// Whether times are shown as they were, not as wrong clocks wrote them down.
    public var showsTrueTimes: Bool

    public init(
        run: RunView, earlier: RunView? = nil, peer: RunView? = nil, cursor: Cursor, selection: Selection = Selection(),
        window: Duration = .seconds(10), language: Language = .english, glyphs: Glyphs, scroll: Int = 0,
        isFocused: Bool = false, isZoomed: Bool = false, reducedMotion: Bool = false, showsTrueTimes: Bool = false
    ) {
        self.run = run
        self.earlier = earlier
        self.peer = peer
        self.cursor = cursor
        self.selection = selection
        self.window = window
        self.language = language
        self.glyphs = glyphs
        self.scroll = scroll
        self.isFocused = isFocused
        self.isZoomed = isZoomed
        self.reducedMotion = reducedMotion
        self.showsTrueTimes = showsTrueTimes
    }
}

/// A picture of a run at a moment. It draws inside its box; the screen draws the box.
///
/// A panel is a pure function of its context: same context, same cells. It makes sense of any size, down to nothing.
public protocol Panel: Sendable {
    var kind: PanelKind { get }
    /// Whether the system has what the panel is about: a step that does not ask for the panel offers it only then.
    func hasSubject(in trace: Trace) -> Bool
    /// What stands at the left of the box's top edge.
    func title(_ context: PanelContext) -> String
    /// What stands at its right: the request shown, the window of time.
    func note(_ context: PanelContext) -> String
    func draw(_ context: PanelContext, into frame: inout Frame, in rect: Rect)
    /// Of what is longer than its place: how much of it there is, and which part shows. The scroll moves that part.
    /// `nil`: everything shows, or is reached by selecting it.
    func extent(_ context: PanelContext, in size: Size) -> Scroll?
    /// What stands at the lower edge where the picture is wider than its place; empty where it is not.
    func overhang(_ context: PanelContext, in size: Size) -> String
    /// Whether it shows both futures by itself; others are drawn once for each, side by side.
    var showsBothFutures: Bool { get }
    /// The selection after the student presses up (-1) or down (+1) in this panel.
    func selection(movedBy step: Int, _ context: PanelContext) -> Selection
    /// What the picture shows, in sentences: no drawing, nothing told by colour or place.
    func spoken(_ context: PanelContext) -> [String]
}

extension Panel {
    public func hasSubject(in trace: Trace) -> Bool { true }
    public func extent(_ context: PanelContext, in size: Size) -> Scroll? { nil }
    public func overhang(_ context: PanelContext, in size: Size) -> String { "" }
    public var showsBothFutures: Bool { false }
}
