import Synchronization

/// Sends each piece of work to one of several servers that are well: a ``LoadBalancer`` with active checks, outlier
/// detection, a panic threshold, slow start and subsetting around it.
///
/// One instance serves all tasks. Checks run as long as somebody runs ``checkHealth(_:)``; everything else happens
/// with the calls.
public final class Cluster<C: Clock>: Sendable where C.Duration == Duration {
    private let core: Mutex<ClusterCore<C.Instant>>
    private let clock: C
    private let random: @Sendable () -> Double
    private let failures: FailureSet
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (ClusterEvent) -> Void)?

    /// - Parameters:
    ///   - failures: what counts for ``ServerRules/maxFails``.
    ///   - random: a number in 0..<1, each time another.
    ///   - classify: tells what kind of failure an error is.
    ///   - onEvent: called for every decision, on the task that brings it; those of different tasks may overtake each
    ///     other.
    /// - Throws: ``PolicyError``, see ``ClusterCore``.
    public init(
        _ rules: ClusterRules, servers: [ServerRules], on failures: FailureSet = .unhealthy, clock: C,
        random: @escaping @Sendable () -> Double,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (ClusterEvent) -> Void)? = nil
    ) throws(PolicyError) {
        core = Mutex(try ClusterCore(rules, servers: servers, at: clock.now))
        self.clock = clock
        self.random = random
        self.failures = failures
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Does the work with the server that it chooses.
    ///
    /// - Throws: what the work throws; ``NoServerAvailable`` when nobody is there.
    public func execute<Value: Sendable>(
        key: LoadBalancerKey? = nil, _ work: @Sendable (LoadBalancerServer) async throws -> Value
    ) async throws -> Value {
        let picked = change { core, now in
            core.pick(key: key, at: now, draw: random).map { ($0, core.server($0.server), now) }
        }
        guard let (pick, server, start) = picked else { throw NoServerAvailable() }
        do {
            let value = try await work(server)
            end(pick, since: start, nil)
            return value
        } catch {
            end(pick, since: start, classify(error).kind)
            throw error
        }
    }

    private func end(_ pick: ClusterPick, since start: C.Instant, _ failure: FailureKind?) {
        let counts = failure.map(failures.contains) ?? false
        change { core, now in
            let took = failure == .cancelled ? nil : start.duration(to: now)
            core.finished(pick, took: took, failure: failure, counts: counts, at: now, draw: random)
        }
    }

    private func change<Value: Sendable>(_ body: (inout ClusterCore<C.Instant>, C.Instant) -> Value) -> Value {
        let (value, events) = core.withLock { core in
            let value = body(&core, clock.now)
            return (value, core.takeEvents())
        }
        if let onEvent { events.forEach(onEvent) }
        return value
    }
}

// From outside.
extension Cluster {
    /// The servers that may be chosen now.
    public var servers: [LoadBalancerServer] {
        change { core, now in
            core.advance(to: now, draw: random)
            return core.eligible.map { core.server($0) }
        }
    }

    /// See ``ClusterCore/add(_:at:)``.
    @discardableResult public func add(_ rules: ServerRules) -> LoadBalancerServer {
        change { core, now in core.server(core.add(rules, at: now)) }
    }

    /// See ``ClusterCore/remove(_:at:)``.
    public func remove(_ server: LoadBalancerServer) { change { core, now in core.remove(server.number, at: now) } }

    /// Checks the servers, each after its interval, until the task is cancelled. Returns at once where the rules have
    /// no checks.
    ///
    /// - Parameter probe: asks a server whether it is well; an error, or no answer in the time of a check, means no.
    public func checkHealth(_ probe: @escaping @Sendable (LoadBalancerServer) async throws -> Void) async {
        guard let rules = core.withLock({ $0.rules.health }) else { return }
        // A server that joins meanwhile is not noticed later than this.
        let longest = min(rules.interval, rules.fastInterval ?? rules.interval, rules.downInterval ?? rules.interval)
        var due: [Int: C.Instant] = [:]
        while !Task.isCancelled {
            let now = clock.now
            let waits = core.withLock { core in core.visible.map { ($0, core.nextCheck(of: $0) ?? longest) } }
            var ready: [Int] = []
            for (server, wait) in waits {
                let moment = min(due[server] ?? now.advanced(by: wait), now.advanced(by: wait))
                due[server] = moment > now ? moment : nil
                if moment <= now { ready.append(server) }
            }
            await check(ready, rules, probe)
            let next = waits.compactMap { due[$0.0] }.min() ?? now
            let wake = ready.isEmpty ? min(next, now.advanced(by: longest)) : clock.now
            try? await clock.sleep(until: wake, tolerance: nil)
        }
    }

    /// All at the same time.
    private func check(
        _ servers: [Int], _ rules: HealthCheckRules,
        _ probe: @escaping @Sendable (LoadBalancerServer) async throws -> Void
    ) async {
        guard !servers.isEmpty else { return }
        await withTaskGroup(of: Void.self) { group in
            for number in servers {
                group.addTask { [self] in
                    let server = core.withLock { $0.server(number) }
                    let isHealthy = await answers(server, in: rules.timeout, probe)
                    if Task.isCancelled { return }
                    change { core, now in core.checked(number, isHealthy: isHealthy, at: now) }
                }
            }
        }
    }

    private func answers(
        _ server: LoadBalancerServer, in limit: Duration,
        _ probe: @escaping @Sendable (LoadBalancerServer) async throws -> Void
    ) async -> Bool {
        do {
            try await Timeout(try TimeoutRules(total: limit), clock: clock).execute { try await probe(server) }
            return true
        } catch {
            return false
        }
    }
}

extension ClusterCore {
    func server(_ number: Int) -> LoadBalancerServer {
        LoadBalancerServer(number: number, name: name(number) ?? "")
    }
}
