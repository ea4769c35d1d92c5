import Analysis
import Scenario
import Trace

extension LessonState {
    /// Shows what an instructor shows. Returns whether it could: the lesson may be another, or its author's next.
    ///
    /// - Parameter before: the one that was shown last: what has not changed since stays as the student turned it.
    mutating func show(_ snapshot: LessonSnapshot, after before: LessonSnapshot?) -> Bool {
        guard snapshot.lesson == lesson.id, let target = page(called: snapshot.page) else { return false }
        if page != target { open(target) }
        player?.show(snapshot)
        let kind = snapshot.panel.flatMap(PanelKind.init(rawValue:))
        focus = kind.map(Focus.panel) ?? .text
        isZoomed = snapshot.isZoomed && kind != nil
        showsTrueTimes = snapshot.showsTrueTimes
        isWatching = snapshot.isWatching
        control = min(max(0, controls.count - 1), snapshot.control)
        hints = snapshot.hints
        showsSolution = snapshot.showsSolution
        if !snapshot.isChecked {
            verdict = nil
        } else if verdict == nil, player?.isSettled == true {
            check()
            player?.isComparing = snapshot.isComparing
        }
        tally = snapshot.hands.map { Tally(counts: $0.counts, isRevealed: $0.isRevealed) }
        // Screens differ in size: pages that were turned here are kept until the instructor turns one.
        if before?.page != snapshot.page || before?.textPage != snapshot.textPage
            || before?.hands?.isRevealed != snapshot.hands?.isRevealed
        {
            textPage = snapshot.textPage
        }
        if before?.page != snapshot.page || before?.scroll != snapshot.scroll {
            scroll = Dictionary(
                uniqueKeysWithValues: snapshot.scroll.compactMap { name, rows in
                    PanelKind(rawValue: name).map { ($0, rows) }
                })
        }
        return true
    }

    /// `nil`: the lesson has no such page.
    func page(called name: String) -> Page? {
        switch name {
        case "card": .card
        case "summary": .summary
        default: lesson.steps.firstIndex { $0.id == name }.map(Page.step)
        }
    }
}

extension Player {
    /// How far, in wall time, two machines may be apart while they play: less is not seen.
    static let drift = Duration.milliseconds(250)

    /// Changes and moment of an instructor's run. The moment waits until the run of the changes is there.
    mutating func show(_ snapshot: LessonSnapshot) {
        guard take(made: snapshot.changes, undone: snapshot.undone) else { return }
        isComparing = snapshot.isComparing
        guard isSettled, let index = run?.index, let place = snapshot.place else { return }
        let trace = index.trace
        let selected = snapshot.selected
        selection = Selection(
            request: selected.request.flatMap { index.request(RequestID($0))?.id },
            span: selected.span.flatMap { index.span(SpanID($0))?.id },
            event: selected.event.flatMap { trace[EventID($0)] == nil ? nil : EventID($0) })
        var cursor = trace.cursor(time: VirtualTime(nanoseconds: place.time), eventCount: place.events)
        let speed = place.speed.map(Speed.init(nearest:)) ?? Speed(nearest: .infinity)
        if place.isPlaying, playhead.isPlaying, playhead.speed == speed, let factor = speed.factor {
            let apart = abs(cursor.time.milliseconds - playhead.cursor.time.milliseconds)
            if apart <= Self.drift.milliseconds * factor { cursor = playhead.cursor }
        }
        replace(
            Playhead(
                cursor: cursor, isPlaying: place.isPlaying && cursor.time < trace.end, speed: speed,
                stop: place.stop.map { VirtualTime(nanoseconds: $0) }))
    }

    /// Returns whether all of them can be made to the scenario.
    private mutating func take(made: [String], undone: [String]) -> Bool {
        if made == history.changes.map(\.description), undone == history.undone.map(\.description) { return true }
        guard let made = changes(made), let undone = changes(undone) else { return false }
        replace(ChangeHistory(changes: made, undone: undone))
        return true
    }

    /// `nil` where one of them cannot be made to the scenario.
    private func changes(_ texts: [String]) -> [Intervention]? {
        var changes: [Intervention] = []
        for text in texts {
            guard let change = try? Intervention(text: text) else { return nil }
            // The player makes changes just behind the end, too.
            var timely = change
            timely.at = min(timely.at, document.scenario.duration)
            guard (try? document.validated(timely)) != nil else { return nil }
            changes.append(change)
        }
        return changes
    }
}

extension Trace {
    /// The cursor at a moment, after so many events of those that share it.
    fileprivate func cursor(time: VirtualTime, eventCount: Int) -> Cursor {
        if eventCount == 0, time == .zero { return .start }
        let whole = cursor(at: min(time, lastCursor.time))
        if whole.eventCount == eventCount { return whole }
        let exact = cursor(after: EventID(UInt32(clamping: eventCount)))
        return exact.time == whole.time ? exact : whole
    }
}
