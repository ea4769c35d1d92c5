import Analysis
import TerminalKit
import Trace

/// The states of a breaker over the whole run: a line while it is closed, full while it is open.
///
///     ─────────██████▒███▒───────┄┄┄┄┄
struct BreakerStrip {
    let context: PanelContext
    private let changes: ArraySlice<PolicyHistory.Change>

    init(_ context: PanelContext, layer: NameID) {
        self.context = context
        changes =
            context.run.policies.changes(of: layer)
            .filter { $0.kind != .layerConfigured && context.cursor.includes($0.event) }[...]
    }

    /// `nil`: it has never changed, or there is no room.
    func text(width: Int) -> StyledText? {
        let end = max(context.trace.end.nanoseconds, context.peer?.trace.end.nanoseconds ?? 0)
        let columns = min(width, 60)
        guard !changes.isEmpty, columns >= 12, end > 0 else { return nil }
        var text = StyledText()
        var next = changes.startIndex
        var state = EventKind.breakerClosed
        for column in 0..<columns {
            let from = Int64(Double(end) * Double(column) / Double(columns))
            let to = Int64(Double(end) * Double(column + 1) / Double(columns))
            guard from <= context.cursor.time.nanoseconds else {
                text.append(String(context.glyphs.dashedHorizontal), Style(.border))
                continue
            }
            // Of several states in one column, the one that is soonest missed shows.
            var worst = state
            while next < changes.endIndex, changes[next].time.nanoseconds < to || column == columns - 1 {
                state = changes[next].kind
                if rank(state) > rank(worst) { worst = state }
                next += 1
            }
            text.append(String(glyph(worst)), style(worst))
        }
        return text
    }

    /// What the signs mean.
    static func legend(_ context: PanelContext) -> StyledText {
        let strip = BreakerStrip(context, layer: .none)
        let states: [(EventKind, String)] = [
            (.breakerClosed, context.text("closed", "cerrado")), (.breakerOpened, context.text("open", "abierto")),
            (.breakerHalfOpened, context.text("half-open", "semiabierto")),
        ]
        var text = StyledText()
        for (state, name) in states {
            text.append(String(strip.glyph(state)), strip.style(state))
            text.append(" \(name)   ", .muted)
        }
        return text
    }

    private func rank(_ state: EventKind) -> Int {
        switch state {
        case .breakerHalfOpened: 3
        case .breakerOpened: 2
        case .breakerDisabled: 1
        default: 0
        }
    }

    private func glyph(_ state: EventKind) -> Character {
        switch state {
        case .breakerOpened: context.glyphs.full
        case .breakerHalfOpened: context.glyphs[.queued]
        case .breakerDisabled: context.glyphs.dottedVertical
        default: context.glyphs.horizontal
        }
    }

    private func style(_ state: EventKind) -> Style {
        switch state {
        case .breakerOpened: Style(.fail)
        case .breakerHalfOpened: Style(.warn)
        case .breakerDisabled: .muted
        default: Style(.ok)
        }
    }
}
