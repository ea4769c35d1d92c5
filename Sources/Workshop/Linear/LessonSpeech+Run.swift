import Scenario
import Trace

// How the run on the stage stands: its controls, its changes, its clock, the panel that is looked at.
extension LessonSpeech {
    func controls(_ player: Player) -> [String] {
        state.controls.map { control in
            let value = player.value(at: control.path) ?? "?"
            let now = control.text(of: value, numbers)
            let label = control.label(language)
            guard let original = player.document.value(at: control.path), original != value else {
                return "Control \(label): \(now)."
            }
            let written = control.text(of: original, numbers)
            return language.text(
                "Control \(label): \(now), as written \(written).",
                "Control \(label): \(now); tal como está escrito, \(written).")
        }
    }

    /// The one that `+` and `-` change, where there are several.
    var control: [String] {
        guard state.controls.count > 1, state.controls.indices.contains(state.control) else { return [] }
        let label = state.controls[state.control].label(language)
        return [language.text("Raise and lower act on: \(label).", "Subir y bajar actúan sobre: \(label).")]
    }

    /// The last first: it is the one that is new.
    func changes(_ player: Player) -> [String] {
        let changes = player.history.changes
        guard let last = changes.last else {
            return player.history.canRedo ? [language.text("No changes are made.", "No hay ningún cambio hecho.")] : []
        }
        let moment = numbers.moment(.zero.advanced(by: last.at))
        let count = changes.count
        // The control is told with its value.
        if case .set(let path, _) = last.action, state.controls.contains(where: { $0.path == path }) {
            return [language.text("Change \(count), at \(moment).", "Cambio \(count), en \(moment).")]
        }
        let phrase = player.document.scenario.controls.phrase(last.action, numbers)
        return [
            language.text("Change \(count), at \(moment): \(phrase).", "Cambio \(count), en \(moment): \(phrase).")
        ]
    }

    func speed(_ player: Player) -> [String] {
        [language.text("Speed ", "Velocidad ") + player.playhead.speed.label(language) + "."]
    }

    var times: String {
        guard state.player?.run?.clocks.areSkewed == true else { return "" }
        return state.showsTrueTimes
            ? language.text("Times are the true ones.", "Las horas son las reales.")
            : language.text("Times are those of the services' clocks.", "Las horas son las de los relojes.")
    }

    func playing(_ player: Player, _ page: String) -> Announcement {
        guard player.playhead.isPlaying else { return Announcement("playing \(page)", []) }
        return Announcement("playing \(page)", [language.text("It plays.", "Está en marcha.")])
    }

    /// The panel that has the focus: told when it is turned to, when what it is about changes, and all the time while
    /// it fills the screen.
    func panel(_ player: Player) -> Announcement? {
        guard case .panel(let kind) = state.focus else { return nil }
        let now = state.isZoomed ? "\(player.cursor.eventCount) \(player.cursor.time)" : ""
        let occasion = "\(player.selection) \(state.isZoomed) \(now)"
        let sentences = state.sentences(of: kind, app)
        return Announcement("panel \(kind.rawValue)", sentences, on: occasion)
    }

    /// What is marked in the panels, where that is more than the request that they show.
    func selected(_ player: Player) -> [String] {
        guard let context = state.spokenContext(for: .log, app) else { return [] }
        // The event that the cursor has just come to is told as what happened.
        let isLast = player.selection.event.map { Int($0.rawValue) == player.cursor.eventCount } ?? false
        if !isLast, let event = player.selection.event.flatMap({ context.trace[$0] }) {
            let text = EventSentence(event, in: context).text.plain
            return [Speech.sentence(language.text("Selected: \(text)", "Seleccionado: \(text)"))]
        }
        guard let span = player.selection.span.flatMap({ context.index.span($0) }) else {
            return player.selection.request.flatMap { selected($0, context) }.map { [$0] } ?? []
        }
        let number = numbers.count(Int(span.id.rawValue))
        let name = Speech.unsigned(WaterfallLabel(context: context.signed).name(span).plain)
        return [language.text("Selected: span \(number), \(name).", "Seleccionado: span \(number), \(name).")]
    }

    /// A request and how it went, as far as it is known at the cursor.
    private func selected(_ id: RequestID, _ context: PanelContext) -> String? {
        guard let request = context.index.request(id), context.hasStarted(request) else { return nil }
        let number = numbers.count(Int(id.rawValue))
        let flow = context.trace.name(request.flow)
        var text = language.text("Selected: request \(number), \(flow)", "Seleccionada: petición \(number), \(flow)")
        if let end = request.end, end <= context.cursor.time, let latency = request.latency {
            text += ", \(numbers.duration(latency))"
            if !request.outcome.isSuccess { text += ", \(context.outcomeWord(request.outcome))" }
        }
        return Speech.sentence(text)
    }

    var zoom: [String] {
        [
            state.isZoomed
                ? language.text("It fills the screen.", "Ocupa toda la pantalla.")
                : language.text("All panels share the screen.", "Todos los paneles comparten la pantalla.")
        ]
    }
}
