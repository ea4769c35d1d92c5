import Analysis
import Trace

/// A finished run and its index: what panels look at. Built once per run, shared by every frame.
public final class RunView: Sendable {
    public let index: TraceIndex
    public let digest: TraceDigest
    let tour: RequestTour
    let casts: [NameID: FlowCast]
    let finished: FinishedRequests

    public var trace: Trace { index.trace }

    public init(_ trace: Trace) {
        index = TraceIndex(trace)
        digest = trace.digest
        tour = RequestTour(index)
        casts = FlowCast.all(in: index)
        finished = FinishedRequests(index)
    }
}
