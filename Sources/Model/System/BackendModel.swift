import Scenario
import Simulation
import Trace

/// A virtual service: slots, a first-in first-out queue before them, and what is wrong with it.
///
/// A state machine driven by timers, without tasks of its own: a call is one suspension of its caller.
/// Confined to the run's thread.
final class BackendModel: @unchecked Sendable {
    let world: World
    let name: String
    let component: NameID
    private(set) var spec: Backend
    /// By name, in the order in which they were first known.
    private var operations: [(name: String, model: OperationModel)] = []
    /// Where each of them stands. For look-up only.
    private var operationPlaces: [String: Int] = [:]

    let latencyStream: RandomStream
    let errorStream: RandomStream
    let hopThere: Sampler
    let hopBack: Sampler
    /// The intervention that set the share of errors.
    private var errorsChangedBy = EventID.none

    private var slots: Int
    private var queueLimit: Int
    private(set) var errors: (share: Double, answer: ErrorAnswer)
    /// The calls in service, in no order.
    private let servingCell = Cell<[BackendCall]>([])
    private let queueCell = Cell(FIFO<BackendCall>())
    /// Done but not answered, because the backend hangs.
    var held = FIFO<BackendCall>()
    var rows = RowStore()
    private let faultsCell = Cell(FaultState())
    /// The timers of each fault window.
    var windowTimers: [[Timer]] = []

    init(_ spec: Backend, hop: Latency, component: NameID, world: World) {
        self.world = world
        self.spec = spec
        self.component = component
        name = spec.name
        latencyStream = world.simulation.stream(spec.name, "latency")
        errorStream = world.simulation.stream(spec.name, "error")
        slots = spec.concurrency ?? .max
        queueLimit = spec.queue ?? .max
        errors = (spec.errors, spec.answer)
        let hop = spec.hop ?? hop
        hopThere = Sampler(hop, world.simulation.stream(spec.name, "hop there"))
        hopBack = Sampler(hop, world.simulation.stream(spec.name, "hop back"))
        for operation in spec.operations { _ = add(operation.name, operation) }
    }

    var serving: [BackendCall] {
        _read { yield servingCell.value }
        _modify { yield &servingCell.value }
    }
    var queue: FIFO<BackendCall> {
        _read { yield queueCell.value }
        _modify { yield &queueCell.value }
    }
    var faults: FaultState {
        _read { yield faultsCell.value }
        _modify { yield &faultsCell.value }
    }

    /// An operation by its name; one that the scenario does not list has the backend's latency and answers no data.
    func operation(_ name: String) -> OperationModel {
        if let place = operationPlaces[name] { return operations[place].model }
        return add(name, spec.operations.first { $0.name == name })
    }

    private func add(_ name: String, _ operation: Operation?) -> OperationModel {
        let model = OperationModel(
            name: world.name(name), latency: Sampler(operation?.latency ?? spec.latency, latencyStream),
            spec: operation)
        operationPlaces[name] = operations.count
        operations.append((name, model))
        return model
    }

    /// Records the number of slots.
    func announce(cause: EventID = .none) -> EventID {
        world.record(.capacityChanged, component: component, cause: cause, value: Int64(spec.concurrency ?? -1))
    }

    /// Forgets the calls that are left when the run is over; they and their callers hold each other.
    func clear() {
        serving = []
        queue = FIFO()
        held = FIFO()
        // Steps hold the backends that they call, which may call this one.
        for (_, operation) in operations { operation.program = nil }
    }

    /// Goes on with another description. Calls in service finish as they began, and waiting ones stay.
    func adopt(_ new: Backend, hop: Latency, cause: EventID) {
        let old = spec
        spec = new
        slots = new.concurrency ?? .max
        queueLimit = new.queue ?? .max
        errors = (new.errors, new.answer)
        let hop = new.hop ?? hop
        hopThere.adopt(hop)
        hopBack.adopt(hop)
        for (name, model) in operations {
            let operation = new.operations.first { $0.name == name }
            if model.latency.adopt(operation?.latency ?? new.latency) { model.changedBy = cause }
            model.adopt(operation)
        }
        if new.errors != old.errors || new.answer != old.answer { errorsChangedBy = cause }
        replaceWindows(old.faults, cause: cause)
        if new.concurrency != old.concurrency { fillSlots(cause: announce(cause: cause)) }
        if new.clock != old.clock { announceClock(cause: cause) }
    }
}

// MARK: The way of a call

extension BackendModel {
    /// The caller sends a call; `call.caller` is woken when the answer is back.
    func send(_ call: BackendCall) {
        if let row = call.operation.row { call.version = rows.version(for: row, call.request) }
        let delay = hopThere.sample(call.key)
        call.cause = record(.callSent, call, cause: call.cause, value: delay)
        // Before its arrival at the same moment: a call that connects just then is too late.
        call.watch?.sent(call)
        if delay == 0 { return arrive(call) }
        world.simulation.schedule(after: delay) { self.arrive(call) }
    }

    func arrive(_ call: BackendCall) {
        if faults.isBlackhole { return call.settleWrite(isDone: false) }
        call.cause = record(.callArrived, call, cause: call.cause, value: Int64(serving.count))
        call.watch?.arrived(call)
        if let fault = faults.down {
            reject(call, .refused, cause: fault)
        } else if isExpired(call) {
            expire(call, cause: call.cause)
        } else if let error = immediateError(call) {
            call.retryAfter = error.answer.retryAfter
            reject(call, error.answer.outcome, cause: error.cause)
        } else if hasFreeSlot {
            start(call, cause: call.cause)
        } else if queue.count < queueLimit {
            queue.append(call)
            call.cause = record(.callQueued, call, cause: call.cause, value: Int64(queue.count))
        } else {
            reject(call, .rejected, cause: call.cause)
        }
    }

    private var hasFreeSlot: Bool { serving.count < slots }

    private func isExpired(_ call: BackendCall) -> Bool {
        if let deadline = call.deadline { deadline <= world.now } else { false }
    }

    /// Drops a call that nobody waits for any longer: its caller's own deadline has told the caller.
    private func expire(_ call: BackendCall, cause: EventID) {
        let late = world.now.nanoseconds - (call.deadline ?? world.now).nanoseconds
        call.cause = record(.callExpired, call, cause: cause, value: late)
        call.settleWrite(isDone: false)
    }

    /// The error that needs no service, and what it comes from.
    private func immediateError(_ call: BackendCall) -> (answer: ErrorAnswer, cause: EventID)? {
        guard faults.hasImmediateErrors || errors.share > 0 && errors.answer.isImmediate,
            let error = faults.error(own: errors, errorStream, call.key), error.answer.isImmediate
        else { return nil }
        let cause = error.fault == .none ? errorsChangedBy : error.fault
        return (error.answer, cause == .none ? call.cause : cause)
    }

    private func reject(_ call: BackendCall, _ outcome: Outcome, cause: EventID) {
        refuse(call, outcome, cause: cause)
        answer(call)
    }

    func refuse(_ call: BackendCall, _ outcome: Outcome, cause: EventID) {
        call.outcome = outcome
        call.cause = record(.callRejected, call, outcome, cause: cause, value: Int64(queue.count))
        call.settleWrite(isDone: false)
    }

    private func start(_ call: BackendCall, cause: EventID) {
        var time = call.operation.latency.sample(call.key)
        call.outcome = call.operation.knows(call.subject) ? .ok : .notFound
        call.influence = call.operation.changedBy
        if mayGoWrong { meetFaults(call, &time) }
        occupySlot(call)
        call.cause = record(.serviceStarted, call, cause: cause, value: Int64(serving.count))
        call.service = world.simulation.schedule(after: time) { self.complete(call) }
    }

    /// Whether there is anything but a latency to a service.
    private var mayGoWrong: Bool { errors.share > 0 || !faults.active.isEmpty }

    private func meetFaults(_ call: BackendCall, _ time: inout Int64) {
        let slowed = faults.serviceTime(time, call.key)
        time = slowed.nanoseconds
        if slowed.fault != .none { call.influence = slowed.fault }
        // An error that is answered at once has spared those who are in.
        guard let error = faults.error(own: errors, errorStream, call.key), !error.answer.isImmediate else { return }
        call.outcome = error.answer.outcome
        call.retryAfter = error.answer.retryAfter
        call.influence = error.fault == .none ? errorsChangedBy : error.fault
    }

    /// A part of the service is over: the backend's own work, or the steps that follow.
    func complete(_ call: BackendCall) {
        let cause = call.influence == .none ? call.cause : call.influence
        if faults.isHanging {
            held.append(call)
        } else if hasStepsLeft(call) {
            beginSteps(of: call, cause: cause)
        } else {
            close(call, cause: cause)
        }
    }

    /// Ends a service and answers.
    func close(_ call: BackendCall, cause: EventID) {
        finish(call, cause: cause)
        fillSlots(cause: call.cause)
        answer(call)
    }

    func finish(_ call: BackendCall, cause: EventID) {
        freeSlot(of: call)
        if call.outcome.isSuccess, let row = call.operation.row {
            call.version = rows.perform(row, version: call.version)
            if call.version == nil { call.outcome = .conflict }
        }
        let time = world.now.nanoseconds - call.started.nanoseconds
        call.cause = record(.serviceFinished, call, call.outcome, cause: cause, value: time)
        call.settleWrite(isDone: call.outcome.isSuccess)
    }

    /// Serves those who wait while there are slots. `cause`: what freed them.
    func fillSlots(cause: EventID) {
        while hasFreeSlot, let next = queue.popFirst() {
            if isExpired(next) { expire(next, cause: cause) } else { start(next, cause: cause) }
        }
    }

    /// Sends the answer back. The last thing to do for a call: at once it may lead to another.
    func answer(_ call: BackendCall) {
        if case .nobody = call.caller { return }
        let delay = hopBack.sample(call.key)
        if delay == 0 { return deliver(call) }
        world.simulation.schedule(after: delay) { self.deliver(call) }
    }

    private func deliver(_ call: BackendCall) {
        call.watch?.clear()
        switch call.caller {
        case .nobody: break
        case .task(let timer): world.simulation.wake(timer)
        case .branch(let fork, let index): fork.answer(index)
        }
    }

    /// The caller has the answer.
    func conclude(_ call: BackendCall) {
        guard call.outcome.isSuccess, let row = call.operation.row, let version = call.version else { return }
        rows.see(row, version, call.request)
    }

    private func occupySlot(_ call: BackendCall) {
        call.started = world.now
        call.slot = serving.count
        serving.append(call)
    }

    /// The last in the list takes the place of the one that leaves.
    private func freeSlot(of call: BackendCall) {
        let last = serving.removeLast()
        if last === call { return }
        last.slot = call.slot
        serving[call.slot] = last
    }

    func record(
        _ kind: EventKind, _ call: BackendCall, _ outcome: Outcome = .none, cause: EventID, value: Int64
    ) -> EventID {
        world.record(
            kind, outcome, component: component, detail: call.operation.name, request: call.request, span: call.span,
            parent: call.parent, cause: cause, value: value)
    }
}
