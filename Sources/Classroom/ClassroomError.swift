/// Why there is no classroom, or none any more. The description says what to do.
public enum ClassroomError: Error, Hashable, Sendable, CustomStringConvertible {
    // The presenter's side.

    /// The address does not belong to this machine, or is none.
    case noSuchAddress(String)
    /// Something else listens there.
    case portInUse(Int)
    /// The system says no; its own words.
    case cannotListen(String)

    // The follower's side.

    /// No machine is known by this name.
    case noSuchHost(String)
    /// The machine answers, but nothing listens there; or there is no way to it.
    case nobodyThere
    /// No answer within the time that was given.
    case timedOut
    /// Something listens there, and it does not speak as Ensayo does.
    case notAClassroom
    /// The presenter's Ensayo speaks a newer language than this one.
    case newerVersion
    /// The presenter's Ensayo speaks an older language than this one.
    case olderVersion
    /// The code does not open the door.
    case wrongCode
    /// From this address came so many wrong codes that none is looked at for a while.
    case tooManyTries(Duration)
    /// As many as may come in are in.
    case full
    /// The connection was lost.
    case connectionLost
    /// The presenter has closed the classroom.
    case ended

    public var description: String {
        switch self {
        case .noSuchAddress(let address):
            "\(String(reflecting: address)) is no address of this machine. 0.0.0.0 stands for all of them."
        case .portInUse(let port): "something else uses port \(port). Name another one, or none."
        case .cannotListen(let reason): "the classroom could not be opened: \(reason)."
        case .noSuchHost(let host): "there is no machine called \(String(reflecting: host))."
        case .nobodyThere: "nobody presents there. The address and the port stand on the presenter's screen."
        case .timedOut: "no answer came in time. Are both machines in the same network?"
        case .notAClassroom: "something else than Ensayo answers there. Is the port right?"
        case .newerVersion: "the presenter's Ensayo is newer than this one. Install the same version."
        case .olderVersion: "the presenter's Ensayo is older than this one. Install the same version."
        case .wrongCode: "the code is not right. It stands on the presenter's screen."
        case .tooManyTries(let pause):
            "too many wrong codes came from here. Try again in \(max(1, pause.components.seconds)) s."
        case .full: "the classroom is full."
        case .connectionLost: "the connection was lost."
        case .ended: "the presenter has closed the classroom."
        }
    }

    /// Whether trying again later can help.
    var mayPass: Bool {
        switch self {
        case .nobodyThere, .timedOut, .tooManyTries, .full, .connectionLost, .noSuchHost: true
        default: false
        }
    }
}
