import Trace

extension Trace {
    /// Why an event happened: its cause, the cause of that, up to one that nothing in the trace caused. Without such an
    /// event, empty. O(length).
    ///
    /// - Parameter limit: how many at most; in a closed loop they reach to the start of the run.
    public func causes(of event: EventID, limit: Int = .max) -> [EventID] {
        var causes: [EventID] = []
        var effect = event
        // A cause comes before its effect; what does not would lead round in circles.
        while causes.count < limit, let cause = self[effect]?.cause, cause < effect, self[cause] != nil {
            causes.append(cause)
            effect = cause
        }
        return causes
    }
}
