/// All panels.
public enum Panels {
    public static func panel(_ kind: PanelKind) -> any Panel {
        switch kind {
        case .sequence, .topology: SequencePanel()
        case .log: LogPanel()
        case .trace, .latency: TracePanel()
        case .metrics: MetricsPanel()
        }
    }
}
