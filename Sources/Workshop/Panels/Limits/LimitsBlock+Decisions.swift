import Analysis
import TerminalKit
import Trace

/// What a limiter or a budget has decided.
extension LimitsBlock {
    /// One decision: its sign, and what it was about.
    private struct Decision {
        var glyph: Character
        var style: Style
        var request: RequestID
        var event: EventID
        var time: VirtualTime
        /// What it came to: a wait, a balance.
        var detail = ""
    }

    private var decisions: [Decision] {
        switch subject {
        case .limiter(let state, _):
            state.decisions.map { decision in
                let mark: Mark =
                    switch decision.kind {
                    case .admitted: .ok
                    case .rejected: .rejected
                    case .delayed: .waiting
                    }
                let style = Style(decision.kind == .delayed ? .wait : mark.role, .bold)
                return Decision(
                    glyph: glyphs[mark], style: style, request: decision.request, event: decision.event,
                    time: decision.time, detail: decision.wait > 0 ? numbers.duration(decision.wait) : "")
            }
        case .budget(let state, _):
            state.changes.map { change in
                let (glyph, role) = sign(context.trace.name(change.what))
                return Decision(
                    glyph: glyph, style: Style(role, .bold), request: change.request, event: change.event,
                    time: change.time,
                    detail: isThrottle ? numbers.percent(change.balance) : number(change.balance))
            }
        }
    }

    private func sign(_ change: String) -> (Character, Role) {
        switch change {
        case "deposit": (glyphs.upwards, .ok)
        case "withdrawal": (glyphs.downwards, .warn)
        case "refusal": (glyphs[.rejected], .reject)
        default: (glyphs.separator, .muted)
        }
    }

    /// The newest at the right.
    func recent(width: Int) -> StyledText {
        var text = StyledText()
        for decision in decisions.suffix(max(0, min(width, 60))) {
            let isSelected =
                decision.event == context.selection.event
                || (decision.request != .none && decision.request == context.selection.request)
            text.append(
                String(decision.glyph), isSelected ? Style(.selection, [.bold, .reverse]) : decision.style)
        }
        return text
    }

    /// The rule in short.
    var rule: String {
        switch subject {
        case .limiter(let state, _):
            if let rate = state.rate {
                let burst = state.capacity.map { numbers.factor($0) } ?? ""
                return context.text("\(numbers.rate(rate)), burst \(burst)", "\(numbers.rate(rate)), ráfaga \(burst)")
            }
            guard let limit = state.settings["limit"], let window = state.settings["window"] else { return "" }
            let count = numbers.count(Int(clamping: limit))
            let length = numbers.duration(window)
            return context.text("\(count) in \(length)", "\(count) en \(length)")
        case .budget where isThrottle: return context.text("adaptive throttle", "freno adaptativo")
        case .budget: return context.text("retry budget", "presupuesto de reintentos")
        }
    }

    var counts: [CountText] {
        switch subject {
        case .limiter(let state, let before):
            var parts = [
                context.count(
                    state.rejected, before: before?.rejected, .rejected, context.text("rejected", "rechazadas")),
                context.count(state.passed, before: before?.passed, .ok, context.text("passed", "pasan")),
            ]
            if state.delayed > 0 || (before?.delayed ?? 0) > 0 {
                let words = context.text("delayed", "retrasadas")
                parts.insert(context.count(state.delayed, before: before?.delayed, .waiting, words), at: 1)
            }
            return parts
        case .budget(_, let before): return [verdict, CountText(earlierBalance(before))]
        }
    }

    /// Whether a retry would be paid for.
    private var verdict: CountText {
        if isThrottle {
            return CountText(StyledText(context.text("the others fail here", "las demás fallan aquí"), .muted))
        }
        guard isExhausted else {
            return CountText(StyledText(context.text("retries allowed", "se puede reintentar"), .muted))
        }
        let short = StyledText(context.text("no retries now", "ahora no hay reintentos"), Style(.reject, .bold))
        guard let floor else { return CountText(short) }
        let least = number(floor)
        let rule = StyledText(context.text(", only above \(least)", ", solo por encima de \(least)"), .muted)
        return CountText(long: short + rule, short: short)
    }

    private func earlierBalance(_ before: BudgetState?) -> StyledText {
        guard let balance = before?.balance, case .budget(let now, _) = subject, now.balance != balance else {
            return StyledText()
        }
        let old = isThrottle ? numbers.percent(balance) : number(balance)
        return StyledText(context.text("before \(old)", "antes \(old)"), Style(.before))
    }

    /// The last decisions with their times and requests, newest first.
    var history: [StyledText] {
        decisions.suffix(5).reversed().map { decision in
            let isSelected = decision.event == context.selection.event
            var text = StyledText(Text.pad(numbers.moment(decision.time), to: 10), .muted)
            text.append("\(decision.glyph) ", decision.style)
            let number = numbers.count(Int(decision.request.rawValue))
            let request = context.text("request \(number)", "petición \(number)")
            text.append(request, isSelected ? Style(.selection, .bold) : .text)
            if !decision.detail.isEmpty { text.append("   \(decision.detail)", .muted) }
            return text
        }
    }
}
