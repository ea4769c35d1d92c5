import Scenario
import Trace

/// One step of a lesson.
public struct LessonStep: Sendable {
    public enum Kind: Sendable {
        case read
        /// The simulation plays to ``Stage/stop``.
        case watch
        case predict(Prediction)
        /// The student changes a control and compares with the run before.
        case experiment
        case challenge(Challenge)
    }

    public var id: String
    public var title: LocalizedText
    public var kind: Kind
    public var stage: Stage
    /// How long an instructor plans for it.
    public var minutes: Int
    public var claims: [Claim]
    public var mark: SourceMark

    public init(
        id: String, title: LocalizedText, kind: Kind, stage: Stage, minutes: Int = 1, claims: [Claim] = [],
        mark: SourceMark
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.stage = stage
        self.minutes = minutes
        self.claims = claims
        self.mark = mark
    }

    /// `read`, `watch`, ...: what `lesson.yaml` calls it.
    public var kindName: String {
        switch kind {
        case .read: "read"
        case .watch: "watch"
        case .predict: "predict"
        case .experiment: "experiment"
        case .challenge: "challenge"
        }
    }
}

/// What the screen shows beside the text of a step.
public struct Stage: Hashable, Sendable {
    /// Name of a scenario of the lesson.
    public var scenario: String
    /// The first one gets most of the room; none: the text has the whole screen.
    public var panels: [PanelKind]
    /// Where the cursor stands when the step opens.
    public var start: VirtualTime
    /// Where playing pauses; `nil`: the end of the run.
    public var stop: VirtualTime?
    /// Virtual seconds a second.
    public var speed: Double
    /// How far back rates and percentiles look; `nil`: ten seconds, or the whole of a short run.
    public var window: Duration?
    /// The request that is selected; `nil`: the one at the cursor.
    public var request: Int?
    public var marks: [Mark]
    /// What the student may change, in the order shown.
    public var controls: [Control]

    public init(
        scenario: String, panels: [PanelKind], start: VirtualTime = .zero, stop: VirtualTime? = nil, speed: Double = 1,
        window: Duration? = nil, request: Int? = nil, marks: [Mark] = [], controls: [Control] = []
    ) {
        self.scenario = scenario
        self.panels = panels
        self.start = start
        self.stop = stop
        self.speed = speed
        self.window = window
        self.request = request
        self.marks = marks
        self.controls = controls
    }
}
