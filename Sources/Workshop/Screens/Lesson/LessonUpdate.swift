import Analysis
import Scenario
import Trace

extension LessonState {
    /// Does what a key asks. Commands that make no sense on this page do nothing.
    mutating func perform(_ command: Command) {
        switch command {
        case .nextStep: nextPage()
        case .previousStep: previousPage()
        case .confirm where page == .card: nextPage()
        case .confirm where page == .summary: if let first = openSteps.first { open(.step(first)) }
        case .confirm where isChallenge: check()
        case .hint: showHint()
        case .watchIt: watchIt()
        case .solution: showSolution()
        case .pageUp, .pageDown: turnText(command == .pageUp ? -1 : 1)
        case .up, .down: move(command == .up ? -1 : 1)
        case .nextPanel, .previousPanel: moveFocus(command == .nextPanel ? 1 : -1)
        case .zoom: if case .panel = focus { isZoomed.toggle() }
        case .trueTimes: if !isAsking { showsTrueTimes.toggle() }
        case .nextControl: selectNextControl()
        case .lower, .raise: turnControl(command == .lower ? -1 : 1)
        default:
            guard !isAsking, performOnPlayer(command) else { return }
            if [.undo, .redo, .reset].contains(command) { verdict = nil }
        }
    }

    // MARK: Changes

    /// Changes the system at the cursor, and shows both futures. In a challenge a setting holds for the whole run:
    /// that is how it is graded.
    mutating func change(_ action: Intervention.Action) {
        var isSetting = false
        if case .set = action { isSetting = true }
        let fromStart = isSetting && isChallenge
        player?.change(action, fromStart: fromStart)
        if let cursor = player?.cursor, cursor.time > .zero { player?.isComparing = true }
        verdict = nil
    }

    // MARK: Controls

    var controls: [Control] {
        guard let stage else { return [] }
        return stage.controls
    }

    private mutating func selectNextControl() {
        guard !controls.isEmpty else { return }
        control = (control + 1) % controls.count
    }

    private mutating func turnControl(_ step: Int) {
        guard !isAsking, controls.indices.contains(control), let player else { return }
        let control = controls[control]
        let values = control.range.values
        guard let now = player.value(at: control.path) else { return }
        let place = values.firstIndex(of: now) ?? 0
        let next = min(max(place + step, 0), values.count - 1)
        guard values[next] != now else { return }
        change(.set(path: control.path, value: values[next]))
    }

    // MARK: Panels and text

    /// What `tab` visits: the text, then the panels of the step.
    private var stops: [Focus] { [.text] + panels.map(Focus.panel) }

    private mutating func moveFocus(_ step: Int) {
        guard !isAsking, let place = stops.firstIndex(of: focus) else { return }
        focus = stops[(place + step + stops.count) % stops.count]
        if focus == .text { isZoomed = false }
    }

    mutating func turnText(_ step: Int) { textPage = max(0, min(textPage, 10_000) + step) }

    private mutating func move(_ step: Int) {
        if isAsking { return moveChoice(step) }
        switch focus {
        case .text: turnText(step)
        case .panel(let kind):
            guard let context = context(for: kind, .english, DisplaySettings()) else { return }
            player?.selection = Panels.panel(kind).selection(movedBy: step, context)
        }
    }

    // MARK: The lesson

    private mutating func showHint() {
        guard let step else { return }
        hints = min(hints + 1, lesson.text(of: step, .english).hints.count)
        if hints > 0 { showText(page: .max) }
    }

    private mutating func showSolution() {
        guard canShowSolution, let step else { return }
        if !isPassed, !progress.withSolution.contains(step.id) { progress.withSolution.append(step.id) }
        reveal()
    }

    mutating func reveal() {
        showsSolution = true
        showText(page: 0)
    }

    private mutating func watchIt() {
        if answer != nil { toggleWatching() }
    }

    /// From the question to what it asks about, and back.
    mutating func toggleWatching() {
        guard case .predict = step?.kind else { return }
        isWatching.toggle()
        focus = isWatching ? stage?.panels.first.map(Focus.panel) ?? .text : .text
        textPage = 0
        guard isWatching else { return }
        player?.restart()
        player?.togglePlay()
    }
}
