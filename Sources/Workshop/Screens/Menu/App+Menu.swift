import TerminalKit

extension App {
    /// Gives a key to a search in the menu. Returns `nil` where there is none.
    mutating func pressInSearch(_ key: Key) -> [Effect]? {
        guard case .menu(var menu) = screen, var search = menu.search else { return nil }
        switch key {
        case .escape: menu.search = nil
        case .enter: return openChoice(menu)
        case .up, .backTab: search.move(-1)
        case .down, .tab: search.move(1)
        default:
            let text = search.field.text
            guard search.field.press(key) else { return [] }
            if search.field.text != text { search.find(in: menu.lessons, glossary ?? Glossary(), language) }
        }
        if menu.search != nil { menu.search = search }
        screen = .menu(menu)
        return []
    }

    /// Does in the menu what a key asks.
    mutating func perform(_ command: Command, in menu: MenuState) -> [Effect] {
        var menu = menu
        switch command {
        case .confirm: return openChoice(menu)
        case .nextStep:
            let next = CourseProgress(lessons: menu.lessons, progress: progress).next
            return next.map { [.open($0.lesson)] } ?? []
        default: menu.perform(command)
        }
        menu.search?.find(in: menu.lessons, glossary ?? Glossary(), language)
        screen = .menu(menu)
        return command == .search && glossary == nil ? [.readGlossary] : []
    }

    /// Opens a lesson that was asked for, as it was asked for.
    mutating func take(_ lesson: Lesson) -> [Effect] {
        let effects = open(lesson, at: stepToOpen)
        if opensSheet {
            changeLesson { $0.open(.summary) }
            overlay = .sheet(offset: 0)
        }
        stepToOpen = nil
        opensSheet = false
        return effects
    }

    private mutating func openChoice(_ menu: MenuState) -> [Effect] {
        if menu.isOnSandbox { return [.sandbox(.open)] }
        guard let hit = menu.search?.hit else { return menu.lesson.map { [.open($0)] } ?? [] }
        if case .term(let id) = hit.place { return openGlossary(at: id) }
        if case .step(let index) = hit.place { stepToOpen = hit.lesson?.steps[index].id }
        return hit.lesson.map { [.open($0)] } ?? []
    }

    /// Takes the terms of the lessons, once they are read.
    mutating func take(_ glossary: Glossary) {
        self.glossary = glossary
        if case .glossary(let state) = overlay { _ = openGlossary(at: state.shown) }
        guard case .menu(var menu) = screen else { return }
        menu.search?.find(in: menu.lessons, glossary, language)
        screen = .menu(menu)
    }
}
