import Synchronization

/// Outlier detection for a pool of hosts that many tasks call.
///
/// Tell what became of each call, and do not choose a host that is ejected. Sweeps that are due are carried out with
/// any call or question, each as of its time, so that nothing has to run in the background.
public final class OutlierDetection<C: Clock>: Sendable where C.Duration == Duration {
    private let core: Mutex<OutlierDetectionCore<C.Instant>>
    private let clock: C
    private let random: @Sendable () -> Double
    private let onEvent: (@Sendable (OutlierEvent) -> Void)?

    /// - Parameters:
    ///   - hosts: how many there are at first; they are told apart by number, from 0.
    ///   - random: a number in 0..<1; only enforcing by chance and jitter draw.
    ///   - onEvent: called for every decision, on the task that brings it; those of different tasks may overtake each
    ///     other.
    public init(
        _ rules: OutlierDetectionRules, hosts: Int = 0, clock: C, random: @escaping @Sendable () -> Double,
        onEvent: (@Sendable (OutlierEvent) -> Void)? = nil
    ) {
        core = Mutex(OutlierDetectionCore(rules, hosts: hosts, at: clock.now))
        self.clock = clock
        self.random = random
        self.onEvent = onEvent
    }

    /// See ``OutlierDetectionCore/add()``.
    public func add() -> Int { core.withLock { $0.add() } }

    /// See ``OutlierDetectionCore/remove(_:)``.
    public func remove(_ host: Int) { core.withLock { $0.remove(host) } }

    /// A call to the host has ended; failure: `nil` when it succeeded. What says nothing about the host does not count.
    public func record(_ failure: FailureKind?, by host: Int) {
        guard let result = OutlierResult(failure) else { return }
        change { $0.record(result, by: host, at: $1, draw: random) }
    }

    /// See ``OutlierDetectionCore/passedCheck(_:at:)``.
    public func passedCheck(_ host: Int) { change { $0.passedCheck(host, at: $1) } }

    /// Whether the host is out now.
    public func isEjected(_ host: Int) -> Bool {
        change { $0.sweep(at: $1, draw: random) }
        return core.withLock { $0.isEjected(host) }
    }

    /// For a panel or a metric; `nil`: not in the pool. Changes nothing.
    public func snapshot(of host: Int) -> OutlierSnapshot? { core.withLock { $0.snapshot(of: host, at: clock.now) } }

    private func change(_ body: (inout OutlierDetectionCore<C.Instant>, C.Instant) -> [OutlierEvent]) {
        let events = core.withLock { body(&$0, clock.now) }
        guard let onEvent else { return }
        for event in events { onEvent(event) }
    }
}
