/// All panels.
public enum Panels {
    public static func panel(_ kind: PanelKind) -> any Panel {
        switch kind {
        case .sequence, .topology, .log: SequencePanel()
        case .trace, .metrics, .latency: TracePanel()
        }
    }
}
