import Analysis
import TerminalKit
import Trace

/// The servers of a balancer, one a row: marks of health, load as a bar, and as many figures as there is room for.
struct ServerTable {
    private let context: PanelContext
    private let state: BalancerState
    private let width: Int
    private let columns: [Column]
    private let nameWidth: Int
    private let scale: Double

    private var glyphs: Glyphs { context.glyphs }
    private var numbers: NumberText { context.numbers }

    /// A figure of a server, with its room.
    private struct Column {
        var title: String
        var width: Int
        var value: (BalancerState.Server) -> StyledText
    }

    private static let shortestBar = 10
    /// Names longer than this are cut.
    private static let longestName = 12

    init(_ context: PanelContext, _ state: BalancerState, width: Int) {
        self.context = context
        self.state = state
        self.width = width
        nameWidth = min(state.servers.map { Text.width(context.trace.name($0.id)) }.max() ?? 0, Self.longestName)
        // The name, its mark, the blanks round them, the shortest bar and its number.
        var room = width - nameWidth - 4 - Self.shortestBar - 5
        var fitting: [Column] = []
        for column in Self.columns(context, state) {
            guard column.width + 2 <= room else { break }
            room -= column.width + 2
            fitting.append(column)
        }
        columns = fitting
        let bar = max(1, Self.shortestBar + max(0, room))
        let most = max(1, state.servers.map { max($0.pending, $0.inService + $0.queued) }.max() ?? 1)
        scale = min(1, Double(bar) / Double(most))
    }

    private var barWidth: Int {
        max(0, width - nameWidth - 4 - 5 - columns.reduce(0) { $0 + $1.width + 2 })
    }

    /// Before the bars: a name, its mark, the blanks round them.
    var margin: Int { nameWidth + 3 }

    var head: StyledText {
        let title = String(repeating: " ", count: margin) + context.text("on their way", "en camino")
        var line = StyledText(Text.pad(title, to: leftWidth), .muted)
        for column in columns {
            line.append("  " + Text.pad(column.title, to: column.width, .right), .muted)
        }
        return line
    }

    var rows: [StyledText] { state.servers.map(row) }

    private var leftWidth: Int { margin + barWidth + 5 }

    private func row(_ server: BalancerState.Server) -> StyledText {
        let hue = context.trace.hue(of: server.id)
        let name = Text.truncate(context.trace.name(server.id), to: nameWidth, ellipsis: glyphs.ellipsis)
        let isPicked = state.lastPick?.server == server.id
        let style = server.isMember ? Style(hue, isPicked ? [.bold, .underline] : .bold) : .muted
        var line = StyledText(Text.pad(name, to: nameWidth), style)
        line += StyledText(" ") + mark(server) + StyledText(" ")
        line += load(server)
        line.append(String(repeating: " ", count: max(0, leftWidth - line.width)))
        for column in columns {
            let value = column.value(server)
            line += StyledText(String(repeating: " ", count: max(0, column.width - value.width) + 2)) + value
        }
        return line
    }

    // MARK: State and load

    private func mark(_ server: BalancerState.Server) -> StyledText {
        let mark: Mark =
            if !server.isMember { .waiting } else if server.isEjected { .rejected } else if !server.isUp { .failed }
            else { .ok }
        return StyledText(String(glyphs[mark]), server.isMember ? Style(mark.role, .bold) : .muted)
    }

    /// Why it is not picked, or the wait until it has its whole share.
    private func reason(_ server: BalancerState.Server) -> StyledText {
        if !server.isMember { return StyledText(context.text("outside", "fuera"), .muted) }
        if server.isEjected {
            let left = server.ejectedUntil.map { max(0, $0.nanoseconds - context.cursor.time.nanoseconds) } ?? 0
            let time = left > 0 ? ", \(numbers.duration(left))" : ""
            return StyledText(context.text("ejected", "expulsado") + time, Style(.reject))
        }
        if !server.isUp { return StyledText(context.text("down", "caído"), Style(.fail)) }
        if server.weight > 0, server.effectiveWeight < server.weight * 0.995 {
            let share = numbers.percent(server.effectiveWeight / server.weight)
            return StyledText(context.text("weight at \(share)", "peso al \(share)"), Style(.warn))
        }
        return StyledText()
    }

    /// Calls in service, those that wait, and the slots that are free.
    private func load(_ server: BalancerState.Server) -> StyledText {
        let reason = reason(server)
        var line = reason
        if !reason.isEmpty { line.append(" ") }
        let room = max(0, barWidth - line.width)
        let inside = min(room, cells(server.inService))
        let waiting = min(room - inside, cells(max(server.pending - server.inService, server.queued)))
        line.append(String(repeating: glyphs.full, count: inside), Style(context.trace.hue(of: server.id)))
        line.append(String(repeating: glyphs[.queued], count: waiting), Style(.warn))
        if reason.isEmpty, let capacity = server.capacity {
            let free = min(room - inside - waiting, max(0, cells(capacity) - inside))
            line.append(String(repeating: context.freePlace, count: free), Style(.border))
        }
        if server.pending > 0 || reason.isEmpty {
            line.append(" " + numbers.count(server.pending), server.pending == 0 ? .muted : Style(.text, .bold))
        }
        return line
    }

    /// A call is at least one cell, and two calls are never fewer than one.
    private func cells(_ calls: Int) -> Int { calls == 0 ? 0 : max(1, Int((Double(calls) * scale).rounded())) }

    // MARK: Figures

    /// The most telling first.
    private static func columns(_ context: PanelContext, _ state: BalancerState) -> [Column] {
        let numbers = context.numbers
        let none = StyledText(String(context.glyphs.missing), .muted)
        func time(_ nanoseconds: Int64?) -> StyledText {
            nanoseconds.map { StyledText(numbers.duration($0)) } ?? none
        }
        // What fails at once is fast.
        let hasFailures = state.servers.contains { ($0.errorRatio ?? 0) > 0 }
        func percentile(_ name: String) -> String { context.percentile(name, hasFailures: hasFailures) }
        var columns = [
            Column(title: context.text("share", "parte"), width: 6) { server in
                server.share.map { StyledText(numbers.percent($0), server.picks == 0 ? .muted : .text) } ?? none
            },
            Column(title: percentile("p50"), width: 7) { time($0.latency?.p50) },
            Column(title: context.text("errors", "errores"), width: 7) { server in
                guard let ratio = server.errorRatio else { return none }
                return StyledText(numbers.percent(ratio), ratio > 0 ? Style(.fail, .bold) : .muted)
            },
        ]
        if state.servers.contains(where: { $0.score != nil }) {
            columns.append(
                Column(title: context.text("score", "nota"), width: 7) { server in
                    switch server.score {
                    case .load(let load): StyledText(numbers.factor(load))
                    case .cost(let cost): StyledText(numbers.duration(cost))
                    case nil: none
                    }
                })
        }
        columns.append(Column(title: percentile("p99"), width: 7) { time($0.latency?.p99) })
        if Set(state.servers.filter(\.isMember).map(\.weight)).count > 1 {
            let weight = Column(title: context.text("weight", "peso"), width: 6) {
                $0.isMember ? StyledText(numbers.factor($0.weight)) : none
            }
            columns.insert(weight, at: 1)
        }
        return columns
    }
}
