import Analysis
import TerminalKit
import Trace

/// What the chain of causes alone does not say about load balancers.
extension EventReasons {
    private static let mostServers = 5

    /// Why a balancer chose that server.
    func choice(of pick: Event, _ id: EventID) -> StyledText? {
        let cursor = Cursor(time: pick.time, eventCount: Int(id.rawValue))
        guard let state = BalancerState(context.index, pick.component, at: cursor) else { return nil }
        let sentence = EventSentence(pick, in: context, isShort: isShort)
        func said(_ english: String, _ spanish: String) -> StyledText {
            sentence.filled(context.text(english, spanish), style: .text)
        }
        switch state.algorithm {
        case "roundRobin": return said("it was the turn of {server}", "le tocaba a {server}")
        case "weighted", "smoothWeighted":
            return said("by its weight it was the turn of {server}", "por su peso le tocaba a {server}")
        case "random", "weightedRandom": return said("chance chose {server}", "el azar eligió {server}")
        case "idleQueue":
            return pick.value == 1
                ? said("{server} was idle", "{server} estaba ocioso")
                : said("nobody was idle: chance chose {server}", "nadie estaba ocioso: el azar eligió {server}")
        case "ipHash", "modulo", "ring", "sizedRing", "rendezvous", "maglev":
            guard let key = state.lastPick?.key, key != .none else { return nil }
            return StyledText(context.trace.name(key)) + said(" belongs to {server}", " le toca a {server}")
        case "leastConnections", "shortestQueue":
            let hasWeights = Set(state.servers.filter(\.isAvailable).map(\.effectiveWeight)).count > 1
            let words =
                hasWeights
                ? said(
                    "{server} had the fewest on their way for its weight: ",
                    "{server} era quien menos tenía en camino para su peso: ")
                : said("{server} had the fewest on their way: ", "{server} era quien menos tenía en camino: ")
            return words + list(state.servers.filter(\.isAvailable).map { ($0.id, context.numbers.count($0.pending)) })
        default:
            guard let candidates = state.lastPick?.candidates, candidates.count > 1 else { return nil }
            let scores = candidates.map { candidate in
                switch candidate.score {
                case .load(let load): (candidate.server, context.numbers.factor(load))
                case .cost(let cost): (candidate.server, context.numbers.duration(cost))
                }
            }
            return said("it looked at ", "ha mirado ") + list(scores)
        }
    }

    private func list(_ servers: [(name: NameID, value: String)]) -> StyledText {
        var text = StyledText()
        for (place, server) in servers.prefix(Self.mostServers).enumerated() {
            text.append(place == 0 ? "" : ", ")
            text.append(context.trace.name(server.name), Style(context.trace.hue(of: server.name)))
            text.append(" \(server.value)")
        }
        if servers.count > Self.mostServers { text.append(" +\(servers.count - Self.mostServers)", .muted) }
        return text
    }

    /// There is nobody to choose.
    func emptiness(of refusal: Event, _ id: EventID) -> StyledText? {
        let cursor = Cursor(time: refusal.time, eventCount: Int(id.rawValue))
        guard let state = BalancerState(context.index, refusal.component, at: cursor) else { return nil }
        let members = state.servers.filter(\.isMember)
        let (down, ejected) = (members.count { !$0.isUp }, members.count { $0.isUp && $0.isEjected })
        return StyledText(
            context.text(
                "of its servers (\(members.count)), down: \(down), ejected: \(ejected)",
                "de sus servidores (\(members.count)), caídos: \(down), expulsados: \(ejected)"))
    }

    /// How many may be picked, and from how many on a balancer does not panic.
    func health(behind panic: Event, _ id: EventID) -> StyledText? {
        let cursor = Cursor(time: panic.time, eventCount: Int(id.rawValue))
        guard let state = BalancerState(context.index, panic.component, at: cursor),
            let threshold = state.settings["panic"]
        else { return nil }
        let members = state.servers.filter(\.isMember)
        let healthy = members.count { $0.isUp && !$0.isEjected }
        let share = context.numbers.percent(Double(threshold) / 1e6)
        return StyledText(
            context.text(
                "healthy servers: \(healthy) of \(members.count), and the limit is \(share)",
                "servidores sanos: \(healthy) de \(members.count), y el límite es el \(share)"))
    }

    /// Since when keys go elsewhere: who came, went, fell or returned last.
    func upheaval(behind move: Event, _ id: EventID) -> StyledText? {
        let kinds: [EventKind] = [
            .serverJoined, .serverLeft, .serverDown, .serverUp, .serverEjected, .serverReturned, .panicStarted,
            .panicEnded,
        ]
        let last = context.trace.events.prefix(Int(id.rawValue)).last {
            $0.component == move.component && $0.time > .zero && kinds.contains($0.kind)
        }
        return last.map { EventSentence($0, in: context, isShort: isShort).text }
    }

    /// What is wrong with a server that fails its check.
    func fault(behind check: Event, _ id: EventID) -> StyledText? {
        guard check.outcome != .ok, check.outcome != .none else { return nil }
        let cursor = Cursor(time: check.time, eventCount: Int(id.rawValue))
        let fault = SystemState(context.index, at: cursor).backend(check.detail)?.faults.last
        return fault.flatMap { context.trace[$0.event] }.map { EventSentence($0, in: context, isShort: isShort).text }
    }
}
