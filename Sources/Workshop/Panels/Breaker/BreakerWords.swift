import Analysis
import TerminalKit
import Trace

/// What is said about a circuit breaker: its states, the rules of the ways between them, reasons.
struct BreakerWords {
    let context: PanelContext
    let state: BreakerState

    private var numbers: NumberText { context.numbers }
    private var settings: LayerSettings { state.settings }
    private var atLeast: String { context.glyphs.repertoire == .unicode ? "≥" : ">=" }

    // MARK: States

    static func name(_ state: BreakerDiagram.State, _ context: PanelContext) -> String {
        switch state {
        case .closed: context.text("CLOSED", "CERRADO")
        case .open: context.text("OPEN", "ABIERTO")
        case .halfOpen: context.text("HALF-OPEN", "SEMIABIERTO")
        }
    }

    /// The state with its mark; forced and disabled ones say so.
    var position: StyledText {
        let name =
            switch state.position {
            case .closed: Self.name(.closed, context)
            case .open where isForced: context.text("FORCED OPEN", "ABIERTO A LA FUERZA")
            case .open: Self.name(.open, context)
            case .halfOpen: Self.name(.halfOpen, context)
            case .disabled: context.text("DISABLED", "DESACTIVADO")
            }
        let role = BreakerDiagram.role(BreakerDiagram.State(state.position))
        return StyledText("\(context.glyphs[.cursor]) \(name)", Style(role, .bold))
    }

    /// Whether it is open until told otherwise.
    var isForced: Bool { state.position == .open && state.timeLeft == nil && state.last?.arrow == .forced }

    // MARK: Rules

    /// The rules of the ways, the longest wording first.
    var rules: [BreakerDiagram.Way: [String]] {
        var rules: [BreakerDiagram.Way: [String]] = [:]
        rules[.trip] = trip
        rules[.wait] = settings["open"].map { [numbers.duration($0)] } ?? []
        let trials = Int(clamping: settings["trials"] ?? 1)
        let number = numbers.count(trials)
        rules[.recover] =
            trials > 1
            ? [context.text("\(number) trials pass", "\(number) pruebas bien"), context.text("success", "éxito")]
            : [context.text("success", "éxito")]
        rules[.relapse] =
            trials > 1 ? [context.text("bad trials", "pruebas mal")] : [context.text("failure", "fallo")]
        return rules
    }

    private var trip: [String] {
        switch state.threshold {
        case .failures(let count):
            let number = numbers.count(Int(clamping: count))
            return count == 1
                ? [context.text("1 failure", "1 fallo")]
                : [
                    context.text("\(number) failures in a row", "\(number) fallos seguidos"),
                    context.text("\(number) failures", "\(number) fallos"),
                ]
        case .ratio(let share):
            let failed = numbers.percent(Double(share) / 1e6)
            let short = context.text("\(atLeast) \(failed) failed", "\(atLeast) \(failed) fallos")
            guard let slow = settings["slowRatio"] else { return [short] }
            let share = numbers.percent(Double(slow) / 1e6)
            return [
                short + context.text(" or \(share) slow", " o \(share) lentas"),
                context.text("\(failed) bad, \(share) slow", "\(failed) mal, \(share) lentas"), short,
            ]
        case nil: return []
        }
    }

    // MARK: What is measured

    /// How near it is to opening: `3 of 5 failures`, `42 % of 50 % failed`.
    var measure: StyledText {
        switch state.position {
        case .disabled: return StyledText()
        case .open where state.last?.arrow != .closedToOpen: return StyledText()
        case .halfOpen:
            let count = numbers.count(state.window.count)
            let of = numbers.count(Int(clamping: settings["trials"] ?? 1))
            return StyledText(
                context.text("trials \(count) of \(of)", "pruebas \(count) de \(of)"), Style(.text, .bold))
        case .open, .closed: break
        }
        switch state.threshold {
        case .failures(let most):
            let count = numbers.count(Int(clamping: state.value ?? 0))
            let of = numbers.count(Int(clamping: most))
            let words =
                most == 1
                ? context.text("\(count) of 1 failure", "\(count) de 1 fallo")
                : context.text("\(count) of \(of) failures", "\(count) de \(of) fallos")
            return StyledText(
                words,
                Style(.text, (state.value ?? 0) > 0 ? .bold : []))
        case .ratio(let most):
            guard let value = state.value else { return StyledText() }
            let share = numbers.percent(Double(value) / 1e6)
            let of = numbers.percent(Double(most) / 1e6)
            return StyledText(
                context.text("\(share) of \(of) failed", "\(share) de \(of) fallos"),
                Style(.text, value > 0 ? .bold : []))
        case nil: return StyledText()
        }
    }

    /// ``measure``, and as much as fits of: the share of slow calls, of a breaker that minds them, and how many there
    /// are to judge by.
    func measures(width: Int) -> StyledText {
        guard case .ratio = state.threshold, state.position != .disabled else { return measure }
        let calls = StyledText(calls, .muted)
        guard !measure.isEmpty else { return calls }
        let comma = StyledText(", ", .muted)
        let withSlow = slow.isEmpty ? measure : measure + comma + slow
        let isSlow = state.window.contains(where: \.isSlow)
        let wordings = [withSlow + comma + calls, isSlow ? withSlow : measure + comma + calls]
        // Where there is no room for both, the one that is nearer to opening it is said.
        let nearer = isNearerToSlow ? slow : measure
        return (wordings + [nearer + comma + calls]).first { $0.width <= width } ?? nearer
    }

    /// Whether slow calls bring it nearer to opening than failed ones.
    private var isNearerToSlow: Bool {
        guard case .ratio(let mostFailed) = state.threshold, let mostSlow = settings["slowRatio"], mostSlow > 0,
            mostFailed > 0, !state.window.isEmpty
        else { return false }
        let slow = Double(state.window.count(where: \.isSlow)) / Double(state.window.count) * 1e6
        return slow / Double(mostSlow) > Double(state.value ?? 0) / Double(mostFailed)
    }

    /// `12 % of 60 % slow`, of a breaker that minds.
    private var slow: StyledText {
        guard let most = settings["slowRatio"], !state.window.isEmpty else { return StyledText() }
        let slow = state.window.count(where: \.isSlow)
        let share = numbers.percent(Double(slow) / Double(state.window.count))
        let of = numbers.percent(Double(most) / 1e6)
        return StyledText(
            context.text("\(share) of \(of) slow", "\(share) de \(of) lentas"),
            slow > 0 ? Style(.text, .bold) : .muted)
    }

    /// `18 of 20 calls` while there are too few to judge by, else `36 calls`.
    private var calls: String {
        let nouns = (("call", "calls"), ("llamada", "llamadas"))
        guard let minimum = settings["minimum"], state.window.count < minimum else {
            return context.counted(state.window.count, nouns.0, nouns.1)
        }
        let least = context.counted(Int(clamping: minimum), nouns.0, nouns.1)
        return "\(numbers.count(state.window.count)) \(context.text("of", "de")) \(least)"
    }

    // MARK: Reasons

    /// Why a change happened, and where there is room when, and with which request.
    func reason(_ change: BreakerState.Transition, width: Int) -> StyledText {
        let why = StyledText(why(change), Style(.text, .bold))
        let moment = numbers.moment(change.time)
        let text = why + StyledText(context.text(", at \(moment)", ", a los \(moment)"), .muted)
        guard text.width <= width else { return why }
        guard let request = request(of: change) else { return text }
        return text.width + request.width <= width ? text + request : text
    }

    /// Why a change happened, and where there is room with which request.
    func cause(_ change: BreakerState.Transition, width: Int) -> StyledText {
        let why = StyledText(why(change))
        guard let request = request(of: change), why.width + request.width <= width else { return why }
        return why + request
    }

    private func request(of change: BreakerState.Transition) -> StyledText? {
        let event = context.trace[change.event]
        let request = [event, event.flatMap { context.trace[$0.cause] }].compactMap(\.?.request).first { $0 != .none }
        guard let request else { return nil }
        let number = numbers.count(Int(request.rawValue))
        return StyledText(context.text(", request \(number)", ", petición \(number)"), .muted)
    }

    private func why(_ change: BreakerState.Transition) -> String {
        switch (change.arrow, context.trace.name(change.reason)) {
        case (_, "consecutive"):
            return context.counted(
                Int(clamping: counted(change) ?? settings["failures"] ?? 0), ("failure", "failures in a row"),
                ("fallo", "fallos seguidos"))
        case (_, "ratio"):
            guard let value = counted(change) else { return context.text("too many failures", "demasiados fallos") }
            let share = numbers.percent(Double(value) / 1e6)
            return context.text("\(share) of calls failed", "falló el \(share)")
        case (_, "slow"): return context.text("too many slow calls", "demasiadas llamadas lentas")
        case (_, "overdue"):
            return context.text("the trials took too long", "las pruebas tardaron demasiado")
        case (.halfOpenToOpen, _):
            return hasSeveralTrials
                ? context.text("the trials went badly", "las pruebas fueron mal")
                : context.text("the trial failed", "la prueba falló")
        case (.halfOpenToClosed, _):
            return hasSeveralTrials
                ? context.text("the trials went well", "las pruebas fueron bien")
                : context.text("the trial went well", "la prueba fue bien")
        case (.openToHalfOpen, _):
            guard let open = settings["open"] else { return context.text("the wait is over", "acabó la espera") }
            let wait = numbers.duration(open)
            return context.text("\(wait) are over", "han pasado \(wait)")
        default: return forced(change)
        }
    }

    private var hasSeveralTrials: Bool { (settings["trials"] ?? 1) > 1 }

    private func forced(_ change: BreakerState.Transition) -> String {
        switch context.trace[change.event]?.kind {
        case .breakerOpened: context.text("forced open", "abierto a la fuerza")
        case .breakerDisabled: context.text("disabled", "desactivado")
        default: context.text("set back", "restablecido")
        }
    }

    /// What the last result made of the figure that is compared with the threshold.
    private func counted(_ change: BreakerState.Transition) -> Int64? {
        guard let event = context.trace[change.event], let cause = context.trace[event.cause],
            cause.kind == .breakerRecorded, cause.value >= 0
        else { return nil }
        return cause.value
    }
}

extension BreakerDiagram.State {
    /// `nil`: disabled.
    init?(_ position: BreakerState.Position) {
        switch position {
        case .closed: self = .closed
        case .open: self = .open
        case .halfOpen: self = .halfOpen
        case .disabled: return nil
        }
    }
}
