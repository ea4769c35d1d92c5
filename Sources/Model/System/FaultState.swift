import Scenario
import Simulation
import Trace

/// What is wrong with a backend at present.
///
/// A call meets the faults of the moment: `blackhole`, `down` and errors that are answered at once when it arrives;
/// other errors, `addedLatency` and `slow` when its service starts; `hang` when its service would end.
struct FaultState {
    /// Who began a fault, and may end it.
    enum Origin: Hashable {
        /// A window of the backend, by its place there.
        case window(Int)
        /// An intervention, by its place in the list.
        case injection(Int)
        case kill

        /// Tells the draws of two faults of the same kind apart.
        var number: UInt64 {
            switch self {
            case .window(let index): UInt64(index) << 1
            case .injection(let place): UInt64(place) << 1 | 1
            case .kill: .max
            }
        }
    }

    struct Active {
        var origin: Origin
        var fault: Fault
        /// The fault's `faultStarted`.
        var event: EventID
        var added: Sampler?
    }

    /// In the order in which they began.
    private(set) var active: [Active] = [] {
        didSet {
            hasImmediateErrors = active.contains { $0.fault.isImmediateError }
            isHanging = active.contains { $0.fault == .hang }
            isBlackhole = active.contains { $0.fault == .blackhole }
            down = active.first { $0.fault == .down }?.event
        }
    }

    // What every call asks, kept so that it need not look through the list.
    /// Whether a fault has calls answered as soon as they arrive.
    private(set) var hasImmediateErrors = false
    private(set) var isHanging = false
    /// Whether calls are lost on their way.
    private(set) var isBlackhole = false
    /// The fault that keeps the backend down, if one does.
    private(set) var down: EventID?

    mutating func begin(_ fault: Active) { active.append(fault) }

    mutating func end(_ origin: Origin) -> Active? {
        guard let index = active.firstIndex(where: { $0.origin == origin }) else { return nil }
        return active.remove(at: index)
    }

    func contains(_ origin: Origin) -> Bool { active.contains { $0.origin == origin } }

    /// A service time under the faults that change it, and the first of these. Factors apply before additions.
    func serviceTime(_ base: Int64, _ key: DrawKey) -> (nanoseconds: Int64, fault: EventID) {
        var time = Double(base)
        var first = EventID.none
        for fault in active {
            guard case .slow(let factor) = fault.fault else { continue }
            time *= factor
            if first == .none { first = fault.event }
        }
        var total = time < 0x1p63 ? Int64(time.rounded()) : .max
        for fault in active {
            guard let added = fault.added else { continue }
            total = total.addingSaturating(added.sample(key.part(fault.origin.number)))
            if first == .none { first = fault.event }
        }
        return (total, first)
    }

    /// The error that a call answers with, if it does: a share of all answers with the backend's `own` error, and of
    /// the others the shares of the faults with theirs.
    ///
    /// One draw decides, so that a larger share only adds errors. The event: the fault that decided, if it was one.
    func error(
        own: (share: Double, answer: ErrorAnswer), _ stream: RandomStream, _ key: DrawKey
    ) -> (answer: ErrorAnswer, fault: EventID)? {
        let draw = stream.uniform(at: key.value)
        var good = 1 - own.share
        if draw >= good { return own.share > 0 ? (own.answer, .none) : nil }
        for fault in active {
            guard case .errors(let share, let answer) = fault.fault else { continue }
            good *= 1 - share
            if draw >= good { return (answer, fault.event) }
        }
        return nil
    }
}

extension Fault {
    /// The detail of its events.
    var label: String {
        switch self {
        case .down: "down"
        case .errors(_, .failed): "errors"
        case .errors(_, .reset): "errors as reset"
        case .errors(_, .status(let status, _)): "errors as \(status)"
        case .addedLatency: "added latency"
        case .slow: "slow"
        case .hang: "hang"
        case .blackhole: "blackhole"
        }
    }

    /// The value of its `faultStarted`: see ``EventKind``.
    var size: Int64 {
        switch self {
        case .down, .hang, .blackhole: 0
        case .errors(let share, _): Int64(millionths: share)
        case .addedLatency(let latency): latency.typical.wholeNanoseconds
        case .slow(let factor): Int64(millionths: factor)
        }
    }

    fileprivate var isImmediateError: Bool {
        if case .errors(_, let answer) = self { answer.isImmediate } else { false }
    }
}
