import Model
import Simulation
import Trace

extension Run {
    /// Computes the run and builds the index over it. `nil`: it was cancelled.
    func outcome(cancellation: Cancellation? = nil, progress: ((VirtualTime) -> Void)? = nil) -> RunOutcome? {
        do throws(RunError) {
            let trace = try trace(cancellation: cancellation, progress: progress)
            return .finished(RunView(trace, marks: document.scenario.marks))
        } catch .cancelled {
            return nil
        } catch {
            return .failed(error.description)
        }
    }
}
