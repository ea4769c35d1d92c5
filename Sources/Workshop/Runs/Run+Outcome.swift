import Model
import Simulation
import Trace

extension Run {
    /// Computes the run and builds the index over it. `nil`: it was cancelled.
    func outcome(cancellation: Cancellation? = nil, progress: ((VirtualTime) -> Void)? = nil) -> RunOutcome? {
        do throws(RunError) {
            return .finished(RunView(try trace(cancellation: cancellation, progress: progress)))
        } catch .cancelled {
            return nil
        } catch {
            return .failed(error.description)
        }
    }
}
