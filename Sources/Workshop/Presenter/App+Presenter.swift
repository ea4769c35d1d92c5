import TerminalKit

// An instructor's keys, before the lesson's own.
extension App {
    /// Takes a key as the instructor's. `nil`: it means what it means to a student.
    mutating func pressAsPresenter(_ key: Key, isScripted: Bool) -> [Effect]? {
        guard presenter != nil else { return nil }
        if presenter?.isBlack == true {
            presenter?.isBlack = false
            return []
        }
        let command = KeyMap.command(for: key)
        let isDemoKey = key == .character("x")
        if !isScripted, !isDemoKey { interruptDemo() }
        if case .presenter(let over) = overlay { return press(key, in: over) }
        if overlay != nil { return nil }
        if isDemoKey { return playDemo() }
        if lesson?.isAsking == true, count(key) { return [] }
        if case .character(let digit) = key, let number = digit.wholeNumberValue, digit.isASCII, number > 0 {
            return perform(faultNumber: number)
        }
        return command.flatMap { performAsPresenter($0) }
    }

    private mutating func performAsPresenter(_ command: Command) -> [Effect]? {
        switch command {
        case .black:
            // Nothing happens that nobody sees.
            pause()
            presenter?.isBlack = true
        case .timer: presenter?.timer.toggle()
        case .zeroTimer: presenter?.timer.reset()
        case .faultList:
            if let text = faultRefusal() { refuse(text) } else { overlay = .presenter(.faults) }
        case .close:
            if lesson?.isZoomed == true || lesson?.isWatching == true { return nil }
            overlay = .presenter(.leaving)
        case .watchIt:
            watchAnswer()
        case .solution:
            if lesson?.isChallenge == true { changeLesson { $0.reveal() } } else { refuse(Refusal.noSolution.text) }
        case .pageDown: clickOn()
        case .pageUp: clickBack()
        case .scrollUp, .scrollDown:
            guard case .lesson(var state) = screen, state.isPictured else { return nil }
            _ = state.scroll(command, in: PresenterLayout(size, for: state).picture)
            screen = .lesson(state)
        case .zoom: refuse(Words.pictureIsLarge)
        case _ where Self.movesPicture.contains(command):
            changeLesson { $0.showPicture() }
            return nil
        default: return nil
        }
        return []
    }

    /// What nobody would see happen behind a page of text.
    private static let movesPicture: Set<Command> = [
        .playPause, .back, .forward, .scrubBack, .scrubForward, .previousMark, .nextMark, .toStart, .toEnd, .lower,
        .raise, .undo, .redo, .reset, .compare, .nextDifference, .fault, .why, .goTo,
    ]

    private mutating func press(_ key: Key, in over: PresenterState.Overlay) -> [Effect] {
        overlay = nil
        switch (over, key) {
        // Any other key leaves the question standing: nobody throws away by accident what was kept.
        case (.resuming(let record), .enter), (.resuming(let record), .pageDown): resume(record)
        case (.resuming, .character("a")): break
        case (.resuming, _):
            overlay = .presenter(over)
            if KeyMap.command(for: key) == .language { language = language.other }
        case (.leaving, .character("q")), (.leaving, .enter): return [.quit]
        case (.faults, .character(let digit)): return perform(faultNumber: digit.wholeNumberValue ?? 0)
        default: break
        }
        return []
    }

    private mutating func watchAnswer() {
        if tally?.isRevealed == true {
            changeLesson { $0.toggleWatching() }
        } else {
            refuse(lesson?.isAsking == true ? Words.answerBeforeRun : Refusal.nothingAsked.text)
        }
    }

    private mutating func perform(faultNumber number: Int) -> [Effect] {
        if let text = faultRefusal(number) { refuse(text) }
        guard let faults = lesson?.quickFaults, faults.indices.contains(number - 1) else { return [] }
        changeLesson {
            $0.showPicture()
            $0.perform(faults[number - 1])
        }
        return []
    }

    // MARK: Hands

    /// Takes a key as a hand of the class. Returns whether it was one.
    mutating func count(_ key: Key) -> Bool {
        guard let state = lesson, let id = state.step?.id else { return false }
        var tally = presenter?.tallies[id] ?? Tally()
        switch key {
        // The hands stand as they were when the answer was shown.
        case .enter where tally.isRevealed, .backspace where tally.isRevealed: refuse(Words.answerIsShown)
        case .character(let digit) where tally.isRevealed && digit.isASCII && digit.isWholeNumber:
            refuse(Words.answerIsShown)
        case .enter: tally.isRevealed = true
        case .backspace:
            if tally.hands.isEmpty { refuse(Words.noHands) }
            tally.takeBack()
        case .character(let digit) where digit.isASCII && digit.isWholeNumber:
            let answer = (digit.wholeNumberValue ?? 0) - 1
            let isAnswer = (0..<state.tallyOptionCount).contains(answer)
            if isAnswer { tally.raise(answer) } else { refuse(Words.handsAreCounted(state.tallyOptionCount)) }
        default: return false
        }
        if tally.isRevealed, presenter?.tallies[id]?.isRevealed != true { changeLesson { $0.textPage = 0 } }
        presenter?.tallies[id] = tally
        return true
    }

    // MARK: Time

    /// So much wall time has passed since the workshop was opened.
    mutating func pass(to now: Duration) {
        if case .step = lesson?.page, !offersToResume { presenter?.timer.begin() }
        let step = lesson?.step?.id
        presenter?.timer.pass(to: now, at: step)
    }
}

extension LessonState {
    /// Whether a panel fills an instructor's screen: one thing at a time.
    var isPictured: Bool {
        guard case .panel = focus, step != nil, !isAsking else { return false }
        return !panels.isEmpty
    }

    /// Brings the picture to the screen where the text stands.
    mutating func showPicture() {
        guard focus == .text, !isAsking, let first = panels.first else { return }
        focus = .panel(first)
    }
}
