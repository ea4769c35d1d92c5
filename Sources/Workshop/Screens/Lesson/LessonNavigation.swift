import Trace

extension LessonState {
    /// Opens the lesson where the student left it.
    mutating func resume() {
        if let id = progress.step, let index = lesson.steps.firstIndex(where: { $0.id == id }) {
            open(.step(index))
        } else if progress.hasSeenSummary, !progress.isFinished, let index = openSteps.first {
            open(.step(index))
        } else {
            open(.card)
        }
    }

    /// Places of the steps that are still to be done.
    var openSteps: [Int] {
        if !isTaken || progress.isFinished { return [] }
        return lesson.steps.indices.filter { !progress.isDone(lesson.steps[$0].cover) }
    }

    /// A lesson is finished once its summary was reached and nothing is open, whichever comes last.
    mutating func settleProgress() {
        if progress.hasSeenSummary, !progress.isFinished, openSteps.isEmpty { progress.isFinished = true }
    }

    /// Shows a page afresh: its stage, its first panel, no hints.
    mutating func open(_ page: Page) {
        self.page = page
        focus = .text
        isZoomed = false
        textPage = 0
        scroll = [:]
        control = 0
        hints = 0
        reply = ReplyDraft()
        tally = nil
        isWatching = false
        verdict = nil
        showsSolution = false
        setStage()
        progress.step = step?.id
        if page == .summary { progress.hasSeenSummary = true }
    }

    mutating func nextPage() {
        if let step, !progress.done.contains(step.id) { progress.done.append(step.id) }
        switch page {
        case .card: open(lesson.steps.isEmpty ? .summary : .step(0))
        case .step(let index): open(index + 1 < lesson.steps.count ? .step(index + 1) : .summary)
        case .summary: break
        }
    }

    mutating func previousPage() {
        switch page {
        case .card: break
        case .step(let index): open(index == 0 ? .card : .step(index - 1))
        case .summary: open(lesson.steps.isEmpty ? .card : .step(lesson.steps.count - 1))
        }
    }

    private mutating func setStage() {
        guard let stage, let scenario = lesson.scenario(stage.scenario) else {
            player = nil
            return
        }
        var player = Player(document: scenario.document)
        player.setSpeed(Speed(nearest: stage.speed))
        player.setStop(stage.stop)
        if let request = stage.request { player.selection.request = RequestID(UInt32(request)) }
        player.startsAt = stage.start
        self.player = player
        if let first = stage.panels.first, case .watch = step?.kind { focus = .panel(first) }
    }
}
