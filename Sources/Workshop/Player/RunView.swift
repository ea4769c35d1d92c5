import Analysis
import Scenario
import Trace

/// A finished run and its index: what panels look at. Built once per run, shared by every frame.
public final class RunView: Sendable {
    public let index: TraceIndex
    let tour: RequestTour
    let casts: [NameID: FlowCast]
    let finished: FinishedRequests
    let reach: PolicyReach
    /// When the last call arrives anywhere; `nil`: none does.
    let lastArrival: VirtualTime?
    let policies: PolicyHistory
    let caches: CacheRecords
    /// The labels of marks, by the one in the trace.
    let markLabels: [String: LocalizedText]
    /// The scenario's own diagram, if it is one.
    public let diagram: RunDiagram?

    public var trace: Trace { index.trace }
    /// O(events) the first time.
    public var digest: TraceDigest { knownDigest.value { trace.digest } }
    /// Its requests by how long they took. O(n log n) the first time.
    var requests: RequestList { knownRequests.value { RequestList(index) } }
    func requests(of flow: NameID) -> RequestList {
        let lists = requestsOfFlows.value {
            Dictionary(uniqueKeysWithValues: Set(index.requests.map(\.flow)).map { ($0, RequestList(index, flow: $0)) })
        }
        return lists[flow] ?? requests
    }
    /// How far the services' clocks are wrong.
    let clocks: Clocks
    /// Who calls whom. O(spans) the first time.
    var calls: CallGraph { knownCalls.value { CallGraph(index) } }
    private let knownDigest = Once<TraceDigest>()
    private let knownCalls = Once<CallGraph>()
    private let knownRequests = Once<RequestList>()
    private let requestsOfFlows = Once<[NameID: RequestList]>()

    /// - Parameters:
    ///   - marks: of the scenario: the trace holds their labels in English alone.
    ///   - diagram: the scenario's own, measured by this run.
    public init(_ trace: Trace, marks: [Mark] = [], diagram: RunDiagram? = nil) {
        self.diagram = diagram
        index = TraceIndex(trace)
        tour = RequestTour(index)
        casts = FlowCast.all(in: index)
        finished = FinishedRequests(index)
        reach = PolicyReach(index)
        lastArrival = RunMetrics.over(index).backends.compactMap(\.lastArrival).max()
        policies = PolicyHistory(trace)
        caches = CacheRecords(trace)
        clocks = Clocks(trace)
        markLabels = Dictionary(marks.map { ($0.label.en, $0.label) }) { first, _ in first }
    }
}
