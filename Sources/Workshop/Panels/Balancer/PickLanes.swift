import Analysis
import TerminalKit
import Trace

/// Who got the last requests: a lane for each server, a column for each request, what became of it in the cell.
///
///          1  2  3  4  5  6
///     s1   ✓  ✓  ✓  ·  ·  ·
///     s2   ·  ·  ·  ✓  ┃  ·
///     s3   ·  ·  ·  ·  ·  ┃
struct PickLanes {
    private let context: PanelContext
    private let state: BalancerState
    private let margin: Int
    private let picks: [BalancerState.Recent]
    /// Columns of a cell: a few requests stand apart, under their numbers.
    private let stretch: Int
    /// How many requests come in the whole run.
    private let inAll: Int

    private var glyphs: Glyphs { context.glyphs }

    init(_ context: PanelContext, _ state: BalancerState, margin: Int, width: Int) {
        self.context = context
        self.state = state
        self.margin = margin
        let room = max(0, width - margin)
        inAll = context.index.requestCount
        stretch = inAll * Self.apart <= room ? Self.apart : 1
        picks = BalancerState.recent(room / stretch, of: state.balancer, in: context.index, at: context.readyCursor)
    }

    private static let apart = 3

    /// A heading, and the lanes.
    var lines: [StyledText] { [head] + lanes }

    private var head: StyledText {
        let blank = String(repeating: " ", count: margin)
        guard stretch == 1 else {
            let requests = (1...max(1, inAll)).map { Text.pad(context.numbers.count($0), to: stretch, .right) }
            return StyledText(blank + requests.joined(), .muted)
        }
        guard !picks.isEmpty else { return StyledText() }
        let count = context.numbers.count(picks.count)
        let words =
            picks.count == 1
            ? context.text("the last request", "la última petición")
            : context.text("the last \(count) requests", "las últimas \(count) peticiones")
        return StyledText(blank + words, .muted)
    }

    private var lanes: [StyledText] {
        state.servers.filter { server in server.isMember || picks.contains { $0.server == server.id } }.map { server in
            let hue = context.trace.hue(of: server.id)
            let name = Text.truncate(context.trace.name(server.id), to: max(0, margin - 1), ellipsis: glyphs.ellipsis)
            var lane = StyledText(Text.pad(name, to: margin), Style(hue, .bold))
            for pick in picks {
                let cell = pick.server == server.id ? cell(pick, hue) : (context.freePlace, Style(.border))
                lane.append(String(repeating: " ", count: stretch - 1))
                lane.append(String(cell.0), cell.1)
            }
            return lane
        }
    }

    private func cell(_ pick: BalancerState.Recent, _ hue: Role) -> (Character, Style) {
        let mark: Mark =
            switch EventSentence.mark(pick.outcome) {
            case _ where pick.outcome == .none: pick.isQueued ? .queued : .working
            case let mark?: mark
            case nil: .lost
            }
        if pick.request == context.selection.request {
            return (glyphs[mark], Style(.selection, [.bold, .reverse]))
        }
        switch mark {
        case .ok, .working: return (glyphs[mark], Style(hue))
        case .queued: return (glyphs[mark], Style(.warn))
        default: return (glyphs[mark], Style(mark.role, .bold))
        }
    }
}
