import TerminalKit
import Trace

/// What a mouse means: the keys that do the same. So nothing needs one, and a recorded session knows of none.
struct MouseKeys {
    let app: App
    let frame: Frame
    /// Rows that the wheel scrolls at once.
    static let wheelRows = 3

    init(_ app: App) {
        self.app = app
        frame = app.view()
    }

    /// The keys for what was done; none where it means nothing.
    func keys(for mouse: Mouse) -> [Key] {
        guard !app.isRunning, frame.bounds.contains(mouse.point) else { return [] }
        // Any key brings a black screen back.
        if app.presenter?.isBlack == true { return [.escape] }
        switch mouse.action {
        case .press: return press(at: mouse.point)
        case .wheelUp, .wheelDown: return wheel(isDown: mouse.action == .wheelDown, at: mouse.point)
        }
    }

    private func press(at point: Point) -> [Key] {
        if let keys = caret(to: point) { return keys }
        if let key = hint(at: point) { return [key] }
        switch app.overlay {
        case .presenter: return number(at: point).map { [$0] } ?? []
        case .record: return walk(to: point)
        case let overlay? where overlay.isReadOnly: return [.escape]
        case nil:
            if let sandbox = app.sandbox { return press(at: point, in: sandbox) }
            guard let lesson = app.lesson else { break }
            if app.presenter != nil { return pressAsPresenter(at: point, in: lesson) }
            if app.follower?.isLive == true { return [] }
            return press(at: point, in: lesson)
        default: break
        }
        return walk(to: point)
    }

    private func wheel(isDown: Bool, at point: Point) -> [Key] {
        let step: [Key] = [isDown ? .down : .up]
        guard app.overlay == nil else { return step }
        if let sandbox = app.sandbox { return wheel(isDown: isDown, at: point, in: sandbox) }
        guard let lesson = app.lesson else { return step }
        if app.presenter != nil { return wheelAsPresenter(isDown: isDown, in: lesson) }
        return wheel(isDown: isDown, at: point, in: lesson)
    }

    func scroll(isDown: Bool) -> [Key] { Array(repeating: .character(isDown ? "j" : "k"), count: Self.wheelRows) }

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

    /// The digit that stands before what was pressed, on its row or on one above that it goes on from.
    func number(at point: Point) -> Key? {
        for y in stride(from: point.y, through: max(0, point.y - 3), by: -1) {
            let row = text(0...(frame.size.width - 1), y)
            guard row.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
            let left = stride(from: point.x, through: 0, by: -1)
            if let x = left.first(where: { isKey($0, y) && frame[$0, y].character != " " }) {
                let digit = frame[x, y].character
                return digit.isASCII && digit.isWholeNumber ? .character(digit) : nil
            }
        }
        return nil
    }

    func text(_ columns: ClosedRange<Int>, _ y: Int) -> String {
        String(columns.filter { $0 < frame.size.width && frame[$0, y].width > 0 }.map { frame[$0, y].character })
    }

    // MARK: Runs

    /// To the moment that a timeline shows there, as it would be typed.
    func time(at point: Point, _ stage: some RunScreen, in line: Rect) -> [Key]? {
        guard let player = stage.player, line.contains(point) else { return nil }
        let view = TimelineView(
            marks: stage.marks, player: player, language: app.language, glyphs: app.settings.glyphs)
        guard let time = view.time(at: point.x, in: line) else { return nil }
        let typed = NumberText(.english, .ascii).seconds(time) + "s"
        return KeyMap.bindings.first { $0.command == .goTo }?.keys.first
            .map { [$0] + typed.map { .character($0) } + [.enter] }
    }

    /// As many tabs as bring the focus to a panel, or to what stands beside them (`nil`). Returns `nil` where none do.
    func tabs(to target: PanelKind?) -> [Key]? {
        var copy = app
        var keys: [Key] = []
        while copy.stage?.focusedPanel != target {
            guard keys.count <= PanelKind.allCases.count else { return nil }
            _ = copy.update(.key(.tab))
            keys.append(.tab)
        }
        return keys
    }
}
