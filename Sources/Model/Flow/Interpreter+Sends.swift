import Simulation
import Trace

final class SendInstruction {
    let call: CallInstruction
    /// Share of the messages that never arrive.
    let lost: Double
    let stream: RandomStream

    init(_ call: CallInstruction, lost: Double, stream: RandomStream) {
        self.call = call
        self.lost = lost
        self.stream = stream
    }
}

extension Strand {
    /// Sends a call and goes on. Whatever becomes of it, the strand does not hear of it: it has no time-outs, and the
    /// backend is told no deadline. For a balancer it is over once it is sent.
    func send(_ step: SendInstruction) throws(Stopped) {
        try check(step.call.arguments)
        let subject = try subject(of: step.call)
        let call: BackendCall
        do throws(Stopped) { call = try newCall(step.call, key, subject) } catch {
            cause = error.event
            return
        }
        call.watch = nil
        call.deadline = nil
        let draw = key.part(step.call.key).value
        let isLost = step.lost > 0 && step.stream.uniform(at: draw) < step.lost
        cause = call.backend.post(call, isLost: isLost)
        if let pick = call.pick { pick.pool.finished(pick, .cancelled, took: .zero, cause: cause) }
    }
}
