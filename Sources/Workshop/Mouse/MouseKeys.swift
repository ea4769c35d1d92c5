import TerminalKit
import Trace

/// What a mouse means: the keys that do the same. So nothing needs a mouse, and a recorded session knows of none.
struct MouseKeys {
    let app: App
    private let frame: Frame
    /// A list is searched so far in each direction for the row that was clicked.
    private static let longestWalk = 60

    init(_ app: App) {
        self.app = app
        frame = app.view()
    }

    /// The keys for what was done; none where it means nothing.
    func keys(for mouse: Mouse) -> [Key] {
        guard !app.isRunning, frame.bounds.contains(mouse.point) else { return [] }
        switch mouse.action {
        case .press: return press(at: mouse.point)
        case .wheelUp, .wheelDown: return wheel(isDown: mouse.action == .wheelDown, at: mouse.point)
        }
    }

    private func press(at point: Point) -> [Key] {
        if let key = hint(at: point) { return [key] }
        if app.overlay?.isReadOnly == true { return [.escape] }
        if app.overlay == nil, let state = app.lesson {
            if let time = time(at: point, state) { return time }
            if let choice = choice(at: point, state) { return [choice] }
            if let way = focus(at: point, state), !way.isEmpty { return way }
        }
        return walk(to: point)
    }

    private func wheel(isDown: Bool, at point: Point) -> [Key] {
        guard app.overlay == nil, let state = app.lesson else { return [isDown ? .down : .up] }
        let layout = LessonLayout(app.size, for: state)
        if layout.panels.contains(where: { $0.rect.contains(point) }), let way = focus(at: point, state) {
            return way + [.character(isDown ? "j" : "k")]
        }
        return state.isZoomed ? [] : [isDown ? .pageDown : .pageUp]
    }

    // MARK: Hints

    /// The key that a footer names there: on its name or on what it does.
    private func hint(at point: Point) -> Key? {
        var x = point.x
        while x >= 0, frame[x, point.y].style.role == .keyLabel { x -= 1 }
        // A blank parts the key from its label, three part two hints.
        if x < point.x, x > 0, frame[x, point.y].style.role != .key { x -= 1 }
        guard x >= 0, frame[x, point.y].style.role == .key else { return nil }
        let isOnKey = frame[point.x, point.y].style.role == .key
        var (first, last) = (x, x)
        while first > 0, isKey(first - 1, point.y) { first -= 1 }
        while isKey(last + 1, point.y) { last += 1 }
        let names = text(first...last, point.y).split(separator: " ").map(String.init)
        let before = text(first...max(first, min(point.x, last)), point.y).split(separator: " ").count
        let name = isOnKey ? names.dropFirst(max(0, before - 1)).first : names.first
        return name.flatMap(key)
    }

    private func isKey(_ x: Int, _ y: Int) -> Bool { x < frame.size.width && frame[x, y].style.role == .key }

    private func key(_ name: String) -> Key? {
        let binding = KeyMap.bindings.first { $0.shown.unicode == name || $0.shown.ascii == name }
        return binding?.keys.first ?? Key(name == "esc" ? "escape" : name)
    }

    private func text(_ columns: ClosedRange<Int>, _ y: Int) -> String {
        String(columns.filter { $0 < frame.size.width && frame[$0, y].width > 0 }.map { frame[$0, y].character })
    }

    // MARK: The lesson

    /// To the moment that the timeline shows there, as it would be typed.
    private func time(at point: Point, _ state: LessonState) -> [Key]? {
        let layout = LessonLayout(app.size, for: state)
        guard let player = state.player, layout.timeline.contains(point), !state.isAsking else { return nil }
        let view = TimelineView(
            marks: state.marks, player: player, language: app.language, glyphs: app.settings.glyphs)
        guard let time = view.time(at: point.x, in: layout.timeline) else { return nil }
        let typed = NumberText(.english, .ascii).seconds(time) + "s"
        return KeyMap.bindings.first { $0.command == .goTo }?.keys.first
            .map { [$0] + typed.map { .character($0) } + [.enter] }
    }

    /// The choice of a prediction that stands there: its line begins with its number.
    private func choice(at point: Point, _ state: LessonState) -> Key? {
        guard state.isAsking, state.answer == nil, case .predict(let prediction) = state.step?.kind,
            case .choices(let choices) = prediction.form
        else { return nil }
        let line = text(1...(frame.size.width - 2), point.y)
        guard let word = line.split(separator: " ").first(where: { $0.contains { $0.isLetter || $0.isNumber } }),
            let number = Int(word), choices.indices.contains(number - 1)
        else { return nil }
        // Pressed again, it is the answer.
        if state.reply.choice == number - 1 { return .enter }
        return .character(Character(String(number)))
    }

    /// To the panel, or the text, that is there. `nil`: there is none.
    private func focus(at point: Point, _ state: LessonState) -> [Key]? {
        let layout = LessonLayout(app.size, for: state)
        let isText = layout.text.contains(point)
        guard
            let target = isText
                ? .text
                : layout.panels.first(where: { $0.rect.contains(point) })
                    .map({ LessonState.Focus.panel($0.kind) }), !state.isAsking, !layout.panels.isEmpty
        else { return nil }
        var copy = app
        var keys: [Key] = []
        while copy.lesson?.focus != target {
            guard keys.count <= PanelKind.allCases.count else { return nil }
            _ = copy.update(.key(.tab))
            keys.append(.tab)
        }
        return keys
    }

    // MARK: Lists

    /// As many ups or downs as bring the selection to what stands there; enter where it is already.
    private func walk(to point: Point) -> [Key] {
        guard !isSelected(point, in: frame) else { return app.lesson != nil && app.overlay == nil ? [] : [.enter] }
        for key in [Key.up, .down] {
            var copy = app
            for count in 1...Self.longestWalk {
                let before = copy.view()
                _ = copy.update(.key(key))
                let after = copy.view()
                if after == before { break }
                if isSelected(point, in: after) { return Array(repeating: key, count: count) }
            }
        }
        return []
    }

    /// Whether the selection of a frame is on what the person saw at a point. Lists move under their selection.
    private func isSelected(_ point: Point, in other: Frame) -> Bool {
        for y in 0..<other.size.height {
            let columns = (0..<other.size.width).filter { other[$0, y].style.role == .selection }
            guard let first = columns.first, let last = columns.last, first - 2 <= point.x, point.x <= last + 2
            else { continue }
            let selected = words(first...last, y, other)
            if selected.contains(where: { $0.isLetter || $0.isNumber }), selected == words(first...last, point.y, frame)
            {
                return true
            }
        }
        return false
    }

    /// What stands there, without signs and blanks: those differ with the selection.
    private func words(_ columns: ClosedRange<Int>, _ y: Int, _ frame: Frame) -> String {
        String(columns.map { frame[$0, y].character }.filter { $0.isLetter || $0.isNumber || $0 == "." })
    }
}
