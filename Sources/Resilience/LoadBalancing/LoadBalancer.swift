import Synchronization

/// Sends each piece of work to one of several servers, and learns from how it goes.
///
/// One instance serves all tasks. It chooses anew each time it is asked: put retries round it, not inside.
public final class LoadBalancer<C: Clock>: Sendable where C.Duration == Duration {
    private let core: Mutex<LoadBalancerCore<C.Instant>>
    private let clock: C
    private let random: @Sendable () -> Double
    private let failures: FailureSet
    private let classify: @Sendable (any Error) -> Failure
    private let onEvent: (@Sendable (LoadBalancerEvent) -> Void)?

    /// - Parameters:
    ///   - failures: what counts for ``ServerRules/maxFails``.
    ///   - random: a number in 0..<1, each time another.
    ///   - classify: tells what kind of failure an error is.
    ///   - onEvent: called for every decision, on the task that makes it; those of different tasks may overtake each
    ///     other.
    /// - Throws: ``PolicyError``, see ``LoadBalancerCore``.
    public init(
        _ algorithm: LoadBalancerAlgorithm, servers: [ServerRules], on failures: FailureSet = .unhealthy, clock: C,
        random: @escaping @Sendable () -> Double,
        classify: @escaping @Sendable (any Error) -> Failure = { Failure($0) },
        onEvent: (@Sendable (LoadBalancerEvent) -> Void)? = nil
    ) throws(PolicyError) {
        core = Mutex(try LoadBalancerCore(algorithm, servers: servers))
        self.clock = clock
        self.random = random
        self.failures = failures
        self.classify = classify
        self.onEvent = onEvent
    }

    /// Does the work with the server that it chooses.
    ///
    /// What is cancelled counts as ended, and says nothing about latency; what fails does.
    ///
    /// - Throws: what the work throws; ``NoServerAvailable`` when nobody is there.
    public func execute<Value: Sendable>(
        key: LoadBalancerKey? = nil, _ work: @Sendable (LoadBalancerServer) async throws -> Value
    ) async throws -> Value {
        let (server, start) = try begin(key)
        do {
            let value = try await work(server)
            end(server, since: start, nil)
            return value
        } catch {
            end(server, since: start, classify(error).kind)
            throw error
        }
    }

    private func begin(_ key: LoadBalancerKey?) throws(NoServerAvailable) -> (LoadBalancerServer, C.Instant) {
        let (picked, now) = core.withLock { core in
            let now = clock.now
            let pick = core.pick(key: key, at: now, draw: random)
            if let pick { core.started(pick.server, at: now) }
            return (pick.map { ($0, core.server($0.server), core.pending($0.server)) }, now)
        }
        guard let (pick, server, pending) = picked else {
            onEvent?(.refused)
            throw NoServerAvailable()
        }
        onEvent?(.picked(server, considered: pick.considered, pending: pending))
        return (server, now)
    }

    private func end(_ server: LoadBalancerServer, since start: C.Instant, _ failure: FailureKind?) {
        let failed = failure.map(failures.contains) ?? false
        let (took, pending) = core.withLock { core in
            let now = clock.now
            let took = failure == .cancelled ? nil : start.duration(to: now)
            core.finished(server.number, took: took, failed: failed, at: now)
            return (took, core.pending(server.number))
        }
        onEvent?(.finished(server, took: took, failed: failed, pending: pending))
    }
}

// From outside.
extension LoadBalancer {
    /// The servers that may be picked now.
    public var servers: [LoadBalancerServer] { core.withLock { core in core.eligible.map { core.server($0) } } }

    /// Requests on their way.
    public func pending(_ server: LoadBalancerServer) -> Int { core.withLock { $0.pending(server.number) } }

    /// See ``LoadBalancerCore/add(_:at:)``.
    @discardableResult public func add(_ rules: ServerRules) -> LoadBalancerServer {
        let server = core.withLock { core in
            let number = core.add(rules, at: clock.now)
            return core.server(number)
        }
        onEvent?(.joined(server, weight: rules.weight))
        return server
    }

    /// See ``LoadBalancerCore/remove(_:)``.
    public func remove(_ server: LoadBalancerServer) {
        core.withLock { $0.remove(server.number) }
        onEvent?(.left(server))
    }

    /// See ``LoadBalancerCore/setWeight(_:_:)``.
    public func setWeight(_ server: LoadBalancerServer, _ weight: Double) {
        core.withLock { $0.setWeight(server.number, weight) }
        onEvent?(.weighed(server, weight: weight))
    }

    /// See ``LoadBalancerCore/setAvailable(_:_:)``.
    public func setAvailable(_ server: LoadBalancerServer, _ isAvailable: Bool) {
        core.withLock { $0.setAvailable(server.number, isAvailable) }
        onEvent?(.availabilityChanged(server, isAvailable: isAvailable))
    }

    /// See ``LoadBalancerCore/change(_:)``.
    public func change(_ algorithm: LoadBalancerAlgorithm) throws(PolicyError) {
        try core.withLock { core throws(PolicyError) in try core.change(algorithm) }
        onEvent?(.algorithmChanged(algorithm))
    }
}

extension LoadBalancerCore {
    func server(_ number: Int) -> LoadBalancerServer {
        LoadBalancerServer(number: number, name: name(number) ?? "")
    }
}
