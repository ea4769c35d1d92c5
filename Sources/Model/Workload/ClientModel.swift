import Scenario
import Simulation
import Trace

/// A client: sends requests as its workload says, each of which runs a flow. Confined to the run's thread.
final class ClientModel: @unchecked Sendable {
    let world: World
    let component: NameID
    let key: DrawKey
    /// What new requests run; those under way finish the program they began.
    var program: Program
    private(set) var spec: Client
    private let end: VirtualTime
    private var workload: any WorkloadModel
    private var keys: KeyModel?
    private var hasStarted = false

    /// - Parameter keys: the source that the client names.
    init(
        _ spec: Client, keys: KeySource?, program: Program, component: NameID, world: World, end: VirtualTime
    ) {
        self.world = world
        self.spec = spec
        self.program = program
        self.component = component
        self.end = end
        key = DrawKey(spec.name)
        workload = Self.workload(spec.workload)
        self.keys = keys.map { KeyModel($0, world: world) }
    }

    /// What the next request is about, if it is about a key.
    func nextKey(_ request: DrawKey) -> String? { keys?.next(request) }

    func start() {
        hasStarted = true
        workload.start(self, cause: .none)
    }

    /// Goes on with another description.
    func adopt(_ new: Client, keys: KeySource?, program: Program, cause: EventID) {
        self.program = program
        if let keys, let known = self.keys, new.keys == spec.keys {
            known.adopt(keys)
        } else {
            self.keys = keys.map { KeyModel($0, world: world) }
        }
        let old = spec
        spec = new
        if old.workload == new.workload { return }
        if hasStarted {
            if workload.adopt(new.workload, self, cause: cause) { return }
            workload.stop(self, cause: cause)
        }
        workload = Self.workload(new.workload)
        if hasStarted { workload.start(self, cause: cause) }
    }

    private static func workload(_ workload: Workload) -> any WorkloadModel {
        switch workload {
        case .once(let times, let copies): OnceModel(times, copies)
        case .users(let count, let think): UsersModel(count, think)
        case .arrivals(let arrivals): ArrivalsModel(arrivals)
        }
    }

    /// Whether a request may still start: none does at the run's end or later.
    var isOpen: Bool { world.now < end && !world.isOver }

    /// Starts a request and runs it to its end beside everything else.
    func launch(_ key: DrawKey, cause: EventID) {
        if !isOpen { return }
        let request = Request(self, key: key, cause: cause)
        world.simulation.spawn { await request.run() }
    }
}

/// When a client sends its requests.
protocol WorkloadModel: AnyObject {
    func start(_ client: ClientModel, cause: EventID)
    /// Goes on with another description of the same kind. Returns `false` if it is of another.
    func adopt(_ workload: Workload, _ client: ClientModel, cause: EventID) -> Bool
    /// Sends no more. Requests under way go on.
    func stop(_ client: ClientModel, cause: EventID)
}

/// One request of a client.
final class Request: @unchecked Sendable {  // Confined to the run's thread.
    private let strand: Strand
    private let program: Program
    private let start: VirtualTime

    /// Starts it.
    init(_ client: ClientModel, key: DrawKey, cause: EventID) {
        let world = client.world
        program = client.program
        start = world.now
        strand = Strand(
            world: world, client: client.component, request: world.newRequest(), span: world.newSpan(), cause: cause,
            key: key, environment: Environment(slots: [Datum?](repeating: nil, count: program.slotCount)))
        strand.record(.requestStarted, detail: program.label)
        guard let subject = client.nextKey(key) else { return }
        strand.subject = subject
        strand.save(Datum(.text(subject)), in: program.keySlot)
        strand.record(.requestKeyed, detail: world.name(subject))
    }

    /// Runs the flow. Returns the event that ended it.
    @discardableResult nonisolated(nonsending) func run() async -> EventID {
        var outcome = Outcome.ok
        do { _ = try await strand.run(program.body) } catch {
            outcome = error.outcomeOfWhole
            strand.cause = error.event
        }
        return strand.record(
            .requestFinished, outcome, detail: program.label, value: strand.nanoseconds(since: start))
    }
}
