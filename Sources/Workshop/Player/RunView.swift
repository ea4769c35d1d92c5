import Analysis
import Scenario
import Trace

/// A finished run and its index: what panels look at. Shared by every frame.
///
/// What panels need besides the index is made when it is first asked for, and kept: most runs of a lesson are asked for
/// a figure, and never shown.
public final class RunView: Sendable {
    public let index: TraceIndex
    /// The labels of marks, by the one in the trace.
    let markLabels: [String: LocalizedText]
    /// The backends, caches and servers that nothing in the scenario calls, by name.
    let uncalled: Set<String>
    /// The scenario's own diagram, if it is one.
    public let diagram: RunDiagram?

    public var trace: Trace { index.trace }
    /// O(events).
    public var digest: TraceDigest { knownDigest.value { trace.digest } }
    var tour: RequestTour { knownTour.value { RequestTour(index) } }
    var casts: [NameID: FlowCast] { knownCasts.value { FlowCast.all(in: index) } }
    /// O(n log n).
    var finished: FinishedRequests { knownFinished.value { FinishedRequests(index) } }
    var reach: PolicyReach { knownReach.value { PolicyReach(index) } }
    /// When the last call arrives anywhere; `nil`: none does.
    var lastArrival: VirtualTime? {
        knownLastArrival.value { RunMetrics.over(index).backends.compactMap(\.lastArrival).max() }
    }
    /// The panels that it has something for.
    var subjects: [PanelKind] { knownSubjects.value { Panels.subjects(in: trace) } }
    var policies: PolicyHistory { knownPolicies.value { PolicyHistory(trace) } }
    var caches: CacheRecords { knownCaches.value { CacheRecords(trace) } }
    /// How far the services' clocks are wrong.
    var clocks: Clocks { knownClocks.value { Clocks(trace) } }
    /// Who calls whom. O(spans).
    var calls: CallGraph { knownCalls.value { CallGraph(index) } }
    /// Its requests by how long they took. O(n log n).
    var requests: RequestList { knownRequests.value { RequestList(index) } }
    func requests(of flow: NameID) -> RequestList {
        let lists = requestsOfFlows.value {
            Dictionary(uniqueKeysWithValues: Set(index.requests.map(\.flow)).map { ($0, RequestList(index, flow: $0)) })
        }
        return lists[flow] ?? requests
    }

    private let knownDigest = Once<TraceDigest>()
    private let knownTour = Once<RequestTour>()
    private let knownCasts = Once<[NameID: FlowCast]>()
    private let knownFinished = Once<FinishedRequests>()
    private let knownReach = Once<PolicyReach>()
    private let knownLastArrival = Once<VirtualTime?>()
    private let knownSubjects = Once<[PanelKind]>()
    private let knownPolicies = Once<PolicyHistory>()
    private let knownCaches = Once<CacheRecords>()
    private let knownClocks = Once<Clocks>()
    private let knownCalls = Once<CallGraph>()
    private let knownRequests = Once<RequestList>()
    private let requestsOfFlows = Once<[NameID: RequestList]>()

    /// - Parameters:
    ///   - marks: of the scenario: the trace holds their labels in English alone.
    ///   - uncalled: what nothing in the scenario calls: a trace alone does not tell that from what was not called yet.
    ///   - diagram: the scenario's own, measured by this run.
    public init(_ trace: Trace, marks: [Mark] = [], uncalled: Set<String> = [], diagram: RunDiagram? = nil) {
        self.uncalled = uncalled
        self.diagram = diagram
        index = TraceIndex(trace)
        markLabels = Dictionary(marks.map { ($0.label.en, $0.label) }) { first, _ in first }
    }

    /// A run of that scenario.
    public convenience init(_ trace: Trace, of scenario: Scenario) {
        self.init(
            trace, marks: scenario.marks, uncalled: scenario.uncalled, diagram: RunDiagram(scenario))
    }
}
