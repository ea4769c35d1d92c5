import Analysis
import Testing
import Trace

/// What a pool has done once so many events have happened, found by reading all of them again.
struct NaivePool {
    let trace: Trace
    let events: [Event]

    init(_ trace: Trace, events: Int) {
        self.trace = trace
        self.events = Array(trace.events.prefix(events))
    }

    private func count(_ kind: EventKind, _ server: NameID? = nil) -> Int {
        events.count { $0.kind == kind && (server == nil || $0.detail == server) }
    }

    private func last(_ kinds: [EventKind], _ server: NameID) -> Event? {
        events.last { kinds.contains($0.kind) && $0.detail == server }
    }

    func check(_ state: BalancerState) {
        #expect(state.picks == count(.balancerPicked) && state.refused == count(.balancerRefused))
        #expect(state.moved == count(.keyMoved))
        let panic = events.last { $0.kind == .panicStarted || $0.kind == .panicEnded }
        #expect(state.isPanicking == (panic?.kind == .panicStarted))
        for (sector, owner) in state.owners.enumerated() {
            #expect(owner == events.last { $0.kind == .sectorOwned && $0.value == sector }?.detail ?? .none)
        }
        for server in state.servers { check(server) }
        guard let place = events.lastIndex(where: { $0.kind == .balancerPicked }) else {
            return #expect(state.lastPick == nil)
        }
        let compared = events[..<place].reversed().prefix { $0.kind == .balancerCompared }.reversed()
        #expect(state.lastPick?.server == events[place].detail && state.lastPick?.request == events[place].request)
        #expect(state.lastPick?.candidates.map(\.server) == compared.map(\.detail))
        let key = events.first { $0.kind == .requestKeyed && $0.request == events[place].request }?.detail
        #expect(state.lastPick?.key == key)
    }

    private func check(_ server: BalancerState.Server) {
        #expect(server.isMember == (last([.serverJoined, .serverLeft], server.id)?.kind == .serverJoined))
        let comings: [EventKind] = [.serverJoined, .serverLeft]
        #expect(server.isUp == (last(comings + [.serverDown, .serverUp], server.id)?.kind != .serverDown))
        let ejection = last(comings + [.serverEjected, .serverReturned], server.id)
        #expect(server.isEjected == (ejection?.kind == .serverEjected))
        let until = ejection?.kind == .serverEjected ? ejection.map { $0.time.advanced(byNanoseconds: $0.value) } : nil
        #expect(server.ejectedUntil == until)
        let weight = last([.serverJoined, .serverWeighed], server.id)?.value ?? 0
        #expect(server.effectiveWeight == Double(weight) / 1e6)
        #expect(server.weight == Double(last([.serverJoined], server.id)?.value ?? 0) / 1e6)
        let sent = events.count { $0.kind == .callSent && $0.component == server.id }
        let ended = events.count { $0.kind == .callFinished && $0.component == server.id }
        #expect(server.pending == sent - ended)
        let joined = events.lastIndex { $0.kind == .serverJoined && $0.detail == server.id } ?? -1
        let since = events.dropFirst(joined + 1).filter { $0.detail == server.id }
        #expect(server.lastCheck?.isOK == since.last { $0.kind == .healthChecked }.map { $0.outcome == .ok })
        let compared = since.last { $0.kind == .balancerCompared }
        #expect(server.score == compared.map { .load(Double($0.value) / 1e6) })
    }

    func check(_ metrics: BalancerMetrics) {
        #expect(metrics[.picks] == count(.balancerPicked) && metrics[.refused] == count(.balancerRefused))
        #expect(metrics[.moved] == count(.keyMoved) && metrics[.ejections] == count(.serverEjected))
        #expect(metrics[.panics] == count(.panicStarted))
        for server in metrics.servers {
            #expect(server.picks == count(.balancerPicked, server.id))
            #expect(server[.down] == Int64(count(.serverDown, server.id)))
            #expect(server[.ejections] == Int64(count(.serverEjected, server.id)))
            #expect(server.wasMember == (count(.serverJoined, server.id) > 0))
        }
    }
}
