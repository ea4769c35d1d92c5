import Resilience

/// Outlier detection under test: times are seconds since it was made.
final class OutlierStand {
    typealias Instant = ContinuousClock.Instant

    private static let start = ContinuousClock.now
    private(set) var core: OutlierDetectionCore<Instant>
    private(set) var events: [OutlierEvent] = []
    /// What is drawn, again and again.
    var draw = 0.0
    private(set) var draws = 0

    init(_ rules: OutlierDetectionRules, hosts: Int) {
        core = OutlierDetectionCore(rules, hosts: hosts, at: Self.start)
    }

    static func instant(_ seconds: Double) -> Instant { start.advanced(by: .exact(milliseconds: seconds * 1000)) }

    private func next() -> Double {
        draws += 1
        return draw
    }

    /// Gives the events of this step alone.
    @discardableResult func record(
        _ result: OutlierResult, _ times: Int = 1, by host: Int, at time: Double
    ) -> [OutlierEvent] {
        let before = events.count
        for _ in 0..<times { events += core.record(result, by: host, at: Self.instant(time), draw: next) }
        return Array(events[before...])
    }

    /// So many calls of which so many succeed, successes and failures mixed so that no long run of failures is there.
    func calls(_ calls: Int, succeeding successes: Int, by host: Int, at time: Double) {
        var owed = 0
        for _ in 0..<calls {
            owed += successes
            let succeeds = owed >= calls
            if succeeds { owed -= calls }
            record(succeeds ? .success : .failure, by: host, at: time)
        }
    }

    @discardableResult func sweep(at time: Double) -> [OutlierEvent] {
        let news = core.sweep(at: Self.instant(time), draw: next)
        events += news
        return news
    }

    @discardableResult func passedCheck(_ host: Int, at time: Double) -> [OutlierEvent] {
        core.passedCheck(host, at: Self.instant(time))
    }

    @discardableResult func change(_ rules: OutlierDetectionRules, at time: Double) -> [OutlierEvent] {
        core.change(rules, at: Self.instant(time))
    }

    func add() -> Int { core.add() }
    func remove(_ host: Int) { core.remove(host) }
    func snapshot(_ host: Int, at time: Double) -> OutlierSnapshot? { core.snapshot(of: host, at: Self.instant(time)) }

    /// Seconds.
    func nextSweep(at time: Double) -> Double? {
        core.nextSweep(at: Self.instant(time)).map { (Self.start.duration(to: $0) / .milliseconds(1)).rounded() / 1000 }
    }

    /// Who is out.
    var ejected: [Int] { (0..<100).filter { core.isEjected($0) } }
}

extension OutlierEvent {
    /// Who was ejected, and why.
    var ejection: OutlierTransition? {
        if case .changed(let move) = self, move.to == .ejected { move } else { nil }
    }
    /// Who came back, and why.
    var comeback: OutlierTransition? {
        if case .changed(let move) = self, move.to == .inService { move } else { nil }
    }
}

extension OutlierDetectionRules {
    /// Failures in a row alone, whoever else is out.
    static func consecutive(_ failures: Int = 5, most: Duration? = nil, jitter: Duration = .zero) throws -> Self {
        try .envoy(
            consecutive: .init(failures), gateway: nil, successRate: nil, failurePercentage: nil, most: most,
            jitter: jitter, maxEjected: 1)
    }
}
