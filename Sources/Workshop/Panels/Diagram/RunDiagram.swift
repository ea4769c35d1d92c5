import Diagrams
import Trace

/// A scenario's own diagram, measured by a run of it.
public struct RunDiagram: Hashable, Sendable {
    public var measured: MeasuredDiagram
    /// The moment of the run at which the diagram's time begins.
    public var start: VirtualTime

    public init(_ measured: MeasuredDiagram, start: VirtualTime = .zero) {
        self.measured = measured
        self.start = start
    }
}
