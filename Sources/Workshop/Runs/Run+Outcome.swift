import Model
import Simulation
import Trace

extension Run {
    /// Computes the run and builds the index over it.
    func view(
        cancellation: Cancellation? = nil, progress: ((VirtualTime) -> Void)? = nil
    ) throws(RunError) -> RunView {
        RunView(try trace(cancellation: cancellation, progress: progress), of: document.scenario)
    }

    /// What comes of the run. `nil`: it was cancelled.
    func outcome(cancellation: Cancellation? = nil, progress: ((VirtualTime) -> Void)? = nil) -> RunOutcome? {
        do throws(RunError) {
            return .finished(try view(cancellation: cancellation, progress: progress))
        } catch .cancelled {
            return nil
        } catch {
            return .failed(error.description)
        }
    }
}
