import TerminalKit

extension App {
    /// Gives a key to whatever has the keyboard: an overlay, a question, then the screen.
    ///
    /// - Parameter isScripted: whether an instructor's demo presses it.
    mutating func press(_ key: Key, isScripted: Bool = false) -> [Effect] {
        let last = notice
        notice = nil
        if key == .control("c") { return isRunning ? [.cancelRun, .quit] : [.quit] }
        if isRunning { return key == .escape ? stopRunning() : [] }
        if let effects = pressAsPresenter(key, isScripted: isScripted) {
            notice = notice.map { Notice($0.text, after: last) }
            return effects
        }
        if let effects = pressAsFollower(key) { return effects }
        if let overlay { return press(key, in: overlay) }
        if let effects = pressInSearch(key) { return effects }
        if case .lesson(var state) = screen, state.isAsking, presenter == nil, state.answer(key) {
            screen = .lesson(state)
            return []
        }
        if let effects = pressInSandbox(key) { return effects }
        guard let command = KeyMap.command(for: key) else {
            if case .character = key { notice = Notice(Words.meansNothing, after: last) }
            return []
        }
        if let text = refusal(of: command, by: key, after: last) {
            notice = Notice(text, after: last)
            return []
        }
        switch command {
        case .language: language = language.other
        case .help:
            overlay = .keys(page: 0)
            pause()
        case .quit: return [.quit]
        case .close: return close()
        case .fault: openFaultMenu()
        case .goTo: openGoTo()
        case .why: openWhy()
        case .outline: openOutline()
        case .glossary: return openGlossary()
        case .record: openRecord()
        case .sheet: return openSheet()
        case .problems: openFindings()
        default: return perform(command)
        }
        return []
    }

    private mutating func perform(_ command: Command) -> [Effect] {
        switch screen {
        case .menu(let menu): return perform(command, in: menu)
        case .lesson(var state):
            if !state.scroll(command, on: size) { state.perform(command) }
            if let page = pageAsked(by: command, in: state) { state.textPage = page }
            screen = .lesson(state)
        case .sandbox(var state):
            state.perform(command, on: size)
            screen = .sandbox(state)
        case .notes: scrollNotes(command)
        }
        return []
    }

    /// The page of the text with what a key has asked for: the newest hint, or the solution.
    func pageAsked(by command: Command, in state: LessonState) -> Int? {
        let heading: String
        switch command {
        case .solution where state.showsSolution: heading = Words.oneSolution(language)
        case .hint where state.hints > 0: heading = HintText.heading(state.hints, language)
        default: return nil
        }
        if presenter != nil { return nil }
        return LessonTextView(state, LessonLayout(size, for: state), language, settings.glyphs)?.page(of: heading)
    }

    /// One level up: out of a zoomed panel, a watched prediction, the lesson, the workshop.
    private mutating func close() -> [Effect] {
        if case .sandbox = screen { return closeSandbox() }
        guard case .lesson(var state) = screen else { return [.quit] }
        if state.isZoomed {
            state.isZoomed = false
        } else if state.isWatching {
            state.isWatching = false
        } else {
            screen = .menu(MenuState(lessons: lessons, course: course, selected: state.lesson.id))
            return []
        }
        screen = .lesson(state)
        return []
    }

    /// Time stands still under an overlay: a fault happens at the moment at which its key was pressed.
    /// The run of somebody who follows goes on: it is the instructor's.
    mutating func pause() {
        if follower?.isLive != true { changePlayer { $0.pause() } }
    }

    private mutating func openFaultMenu() {
        guard lesson?.isAsking != true, let player = stage?.player else { return }
        pause()
        overlay = FaultMenu(player.document.scenario).map(Overlay.faults)
    }

    private mutating func press(_ key: Key, in overlay: Overlay) -> [Effect] {
        switch overlay {
        case .faults(let menu): press(key, in: menu)
        case .keys(let page):
            let last = KeysView(language: language, glyphs: settings.glyphs, groups: keyGroups)
                .pageCount(in: size) - 1
            switch KeyMap.command(for: key) {
            case .pageDown, .down, .scrollDown: self.overlay = last > 0 ? .keys(page: min(page + 1, last)) : nil
            case .pageUp, .up, .scrollUp: self.overlay = last > 0 ? .keys(page: max(0, page - 1)) : nil
            default: self.overlay = nil
            }
        case .goTo(let state): press(key, in: state)
        case .why(let state): press(key, in: state)
        case .outline(let outline): press(key, in: outline)
        case .glossary(let glossary): return press(key, in: glossary)
        case .record(let index): return press(key, inRecord: index)
        case .sheet(let offset): press(key, inSheet: offset)
        case .wrongFiles(let problems, let first): press(key, in: problems, first: first)
        case .problem, .presenter: self.overlay = nil
        }
        return []
    }

    private mutating func press(_ key: Key, in menu: FaultMenu) {
        var menu = menu
        switch key {
        case .up: menu.moveItem(-1)
        case .down: menu.moveItem(1)
        case .left, .backTab: menu.moveTarget(-1)
        case .right, .tab: menu.moveTarget(1)
        case .enter:
            change(menu.action)
            overlay = nil
            return
        case .escape, .character("q"), .character("f"):
            overlay = nil
            return
        default: break
        }
        overlay = .faults(menu)
    }
}
