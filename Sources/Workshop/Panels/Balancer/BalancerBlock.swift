import Analysis
import TerminalKit
import Trace

/// One balancer at a moment.
///
///        on their way                share     p50
///     w1 ✓ ██··                        25 %   81 ms
///     w3 ✓ ████▒▒▒▒▒▒▒▒▒▒▒             12 %  480 ms
///     w4 ⊘ ejected, 4.2 s               0 %       –
///     request 812 → w1   w1 2  w3 15
///        the last 43 requests
///     w1 ✓··✓··✓·
///     w3 ·┃··▒··▒
struct BalancerBlock: PanelBlock {
    let context: PanelContext
    let state: BalancerState
    /// Whether it is the only one: the panel's note has its name then.
    let isAlone: Bool
    /// How many rows it may take with its last picks.
    let height: Int
    private let before: BalancerState?

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    init?(_ context: PanelContext, _ balancer: NameID, isAlone: Bool, height: Int) {
        guard let state = BalancerState(context.index, balancer, at: context.readyCursor, last: context.window) else {
            return nil
        }
        self.context = context
        self.state = state
        self.isAlone = isAlone
        self.height = height
        before = context.earlier.flatMap { earlier in
            context.counterpart(of: balancer, in: earlier).flatMap {
                BalancerState(earlier.index, $0, at: context.cursor(in: earlier), last: context.window)
            }
        }
    }

    func lines(width: Int, _ detail: BlockDetail) -> [StyledText] {
        switch detail {
        case .line: return [line(width: width)]
        case .brief: return headline(width: width) + cells(width: width) + [summary]
        case .short: return headline(width: width) + ServerTable(context, state, width: width).rows
        case .full, .everything:
            let table = ServerTable(context, state, width: width)
            let lines = headline(width: width) + [table.head] + table.rows + [pick(width: width)]
            let lanes = PickLanes(context, state, margin: table.margin, width: width).lines
            return switch height - lines.count - lanes.count {
            case ..<0: lines + [counts(width: width)]
            case 0: lines + lanes
            case 1: lines + [StyledText()] + lanes
            default: lines + [counts(width: width), StyledText()] + lanes
            }
        }
    }

    // MARK: Lines

    /// Its name where there are several, and that it panics.
    private func headline(width: Int) -> [StyledText] {
        var line = StyledText()
        if !isAlone {
            line = StyledText(context.trace.name(state.balancer), Style(context.trace.hue(of: state.balancer), .bold))
            if let algorithm = context.algorithm(state.algorithm) { line.append("  \(algorithm)", .muted) }
        }
        if state.isPanicking {
            let text = context.text("panic: all servers are used", "pánico: se usan todos los servidores")
            line += StyledText(line.isEmpty ? text : "  \(text)", Style(.fail, .bold))
        }
        return line.isEmpty ? [] : [line]
    }

    /// The last decision: who got which request, and what was compared.
    private func pick(width: Int) -> StyledText {
        guard let pick = state.lastPick else {
            return StyledText(context.text("nothing picked yet", "aún no se ha elegido nada"), .muted)
        }
        let number = numbers.count(Int(pick.request.rawValue))
        var line = StyledText(
            pick.key == .none
                ? context.text("request \(number)", "petición \(number)") : context.trace.name(pick.key), .muted)
        line.append(" \(glyphs.rightwards) ", .muted)
        line.append(context.trace.name(pick.server), Style(context.trace.hue(of: pick.server), .bold))
        guard pick.candidates.count > 1 else { return line }
        line.append("  \(context.text("compared", "comparados"))", .muted)
        for (place, candidate) in pick.candidates.enumerated() {
            var next = StyledText("  \(context.trace.name(candidate.server)) ", .muted)
            let isPicked = candidate.server == pick.server
            next.append(score(candidate.score), isPicked ? Style(.text, .bold) : .text)
            let rest = pick.candidates.count - place
            guard line.width + next.width + (rest > 1 ? 5 : 0) <= width else {
                return line + StyledText("  +\(numbers.count(rest))", .muted)
            }
            line += next
        }
        return line
    }

    private func score(_ score: BalancerState.Score) -> String {
        switch score {
        case .load(let load): numbers.factor(load)
        case .cost(let nanoseconds): numbers.duration(nanoseconds)
        }
    }

    private func counts(width: Int) -> StyledText {
        var parts = [
            context.count(state.picks, before: before?.picks, .ok, context.text("picked", "elegidas"))
        ]
        if state.refused > 0 || (before?.refused ?? 0) > 0 {
            parts.append(
                context.count(state.refused, before: before?.refused, .rejected, context.text("refused", "rechazadas")))
        }
        if state.moved > 0 || (before?.moved ?? 0) > 0 {
            parts.append(
                context.count(
                    state.moved, before: before?.moved, .retried, context.text("keys moved", "claves movidas")))
        }
        return context.fitting(parts, in: width)
    }

    // MARK: Without room for rows

    /// A cell for each server, as high as what is on its way.
    private func cells(width: Int) -> [StyledText] {
        let columns = max(1, width)
        let most = max(1, state.servers.map(\.pending).max() ?? 0)
        return stride(from: 0, to: state.servers.count, by: columns).map { start in
            let servers = state.servers[start..<min(start + columns, state.servers.count)]
            return servers.reduce(into: StyledText()) { line, server in
                let level = server.pending * (glyphs.heights.count - 1) / most
                let isFree = server.pending == 0
                let glyph =
                    server.isAvailable
                    ? isFree ? context.freePlace : glyphs.heights[level] : glyphs[server.isMember ? .failed : .waiting]
                let hue = Style(context.trace.hue(of: server.id))
                line.append(String(glyph), server.isAvailable ? isFree ? Style(.border) : hue : Style(.fail))
            }
        }
    }

    /// How many there are, who has the most to do, and how many may not be picked.
    private var summary: StyledText {
        let members = state.servers.filter(\.isMember)
        let count = numbers.count(members.count)
        var line = StyledText(
            context.text(
                members.count == 1 ? "1 server" : "\(count) servers",
                members.count == 1 ? "1 servidor" : "\(count) servidores"), .muted)
        let most = members.map(\.pending).max() ?? 0
        if most > 0, let busiest = members.first(where: { $0.pending == most }) {
            line.append("  \(context.text("most", "más")) ", .muted)
            line.append(context.trace.name(busiest.id), Style(context.trace.hue(of: busiest.id), .bold))
            line.append(" \(numbers.count(most))")
        }
        let away = members.count { !$0.isAvailable }
        if away > 0 { line.append("  \(glyphs[.failed]) \(numbers.count(away))", Style(.fail, .bold)) }
        return line
    }

    private func line(width: Int) -> StyledText {
        let name = StyledText(
            context.trace.name(state.balancer) + " ", Style(context.trace.hue(of: state.balancer), .bold))
        return name + (cells(width: max(1, width - name.width)).first ?? StyledText())
    }
}
