import Scenario
import Trace

/// Stops what is inside when it takes too long, all of it or one call. The backends do not know, and work on.
final class TimeoutLayer: PolicyLayer, @unchecked Sendable {
    private var rule: TimeoutRule
    private let connect: NameID
    private let read: NameID

    init(_ rule: TimeoutRule, _ identity: LayerIdentity) {
        self.rule = rule
        connect = identity.world.name("connect")
        read = identity.world.name("read")
        super.init(identity)
    }

    override nonisolated(nonsending) func run(_ strand: Strand, _ inside: Inside) async throws(Stopped) -> Datum? {
        let outer = strand.callLimits
        strand.callLimits = limits(within: outer)
        defer { strand.callLimits = outer }
        guard let total = rule.total else { return try await inside.run(strand) }
        return try await run(strand, inside, for: total, "total")
    }

    private func limits(within outer: CallLimits?) -> CallLimits? {
        if rule.connect == nil, rule.read == nil { return outer }
        return CallLimits(
            connect: shorter(rule.connect, connect, outer?.connect), read: shorter(rule.read, read, outer?.read))
    }

    private func shorter(_ own: Duration?, _ detail: NameID, _ outer: CallLimits.Limit?) -> CallLimits.Limit? {
        guard let own = own?.wholeNanoseconds else { return outer }
        if let outer, outer.nanoseconds <= own { return outer }
        return CallLimits.Limit(nanoseconds: own, layer: component, detail: detail)
    }

    override func currentSettings() -> [Setting] {
        [
            rule.total.map { Setting("total", $0) }, rule.connect.map { Setting("connect", $0) },
            rule.read.map { Setting("read", $0) },
        ].compactMap(\.self)
    }

    override func adopt(_ rule: Layer.Rule, cause: EventID) {
        if case .timeout(let rule) = rule { self.rule = rule }
    }
}

extension PolicyLayer {
    /// Runs what is inside until the time is up, measured from now. `detail`: which time.
    nonisolated(nonsending) func run(
        _ strand: Strand, _ inside: Inside, for limit: Duration, _ detail: String
    ) async throws(Stopped) -> Datum? {
        let nanoseconds = limit.wholeNanoseconds
        let start = strand.cause
        let span = strand.span
        let fire = { [self] in
            let event = world.record(
                .timeoutFired, .timedOut, component: component, detail: world.name(detail), request: strand.request,
                span: span, cause: start, value: nanoseconds)
            return Stopped(outcome: .timedOut, event: event)
        }
        return try await strand.run(for: nanoseconds, fire: fire) { () async throws(Stopped) in
            try await inside.run(strand)
        }
    }
}
