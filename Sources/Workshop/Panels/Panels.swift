import Trace

/// All panels.
public enum Panels {
    /// Those that a trace has something for. O(events).
    static func subjects(in trace: Trace) -> [PanelKind] {
        PanelKind.allCases.filter { panel($0).hasSubject(in: trace) }
    }

    public static func panel(_ kind: PanelKind) -> any Panel {
        switch kind {
        case .sequence: SequencePanel()
        case .diagram: DiagramPanel()
        case .topology: TopologyPanel()
        case .trace: TracePanel()
        case .metrics: MetricsPanel()
        case .latency: LatencyPanel()
        case .log: LogPanel()
        case .breaker: BreakerPanel()
        case .bulkhead: BulkheadPanel()
        case .limits: LimitsPanel()
        case .policies: PoliciesPanel()
        case .retries: RetriesPanel()
        case .arrivals: ArrivalsPanel()
        case .answer: AnswerPanel()
        case .cache: CachePanel()
        case .hits: HitsPanel()
        case .writes: WritesPanel()
        case .balancer: BalancerPanel()
        case .ring: RingPanel()
        case .requests: RequestsPanel()
        case .compare: ComparePanel()
        case .hops: HopsPanel()
        }
    }
}
