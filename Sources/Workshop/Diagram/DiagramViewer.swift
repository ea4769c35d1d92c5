import Diagrams
import Scenario
import TerminalKit

/// The screen of one sequence diagram: a state, what keys do to it, and the frame that shows it.
///
///     let viewer = DiagramViewer(measured, name: "checkout.mmd", language: .english, glyphs: .unicode)
///     viewer.run(on: terminal)
public struct DiagramViewer: Sendable {
    public let measured: MeasuredDiagram
    /// What stands in the bar: the file's name.
    public let name: String
    public private(set) var language: Language
    public private(set) var size: Size
    public private(set) var mode: DiagramMode
    /// Columns and rows scrolled away.
    public private(set) var scroll = Point(x: 0, y: 0)
    public private(set) var isShowingKeys = false
    private let glyphs: Glyphs
    private var layout: DiagramLayout

    /// Columns that a step to the side takes.
    private static let sideStep = 8

    /// - Parameter size: of the screen; ``run(on:)`` takes the terminal's.
    public init(
        _ measured: MeasuredDiagram, name: String, mode: DiagramMode = .compact, language: Language = .english,
        glyphs: Glyphs = .unicode, size: Size = Size(width: 80, height: 24)
    ) {
        self.measured = measured
        self.name = name
        self.mode = mode
        self.language = language
        self.glyphs = glyphs
        self.size = size
        layout = Self.layout(measured, mode, language, glyphs, size)
    }

    private static func layout(
        _ measured: MeasuredDiagram, _ mode: DiagramMode, _ language: Language, _ glyphs: Glyphs, _ size: Size
    ) -> DiagramLayout {
        let style = DiagramStyle(mode: mode, glyphs: glyphs, language: language, width: size.width)
        return DiagramLayout(measured, style: style)
    }

    /// Whether anything was measured: without times there is one mode only.
    public var hasTimes: Bool { measured.passages.contains { !$0.isEmpty } }

    // MARK: Update

    /// Changes the screen. Returns whether to go on.
    public mutating func update(_ event: InputEvent) -> Bool {
        switch event {
        case .quit: return false
        case .resumed, .mouse: break
        case .resize(let size):
            self.size = size
            layOut()
        case .key(let key):
            if isShowingKeys {
                isShowingKeys = false
                return key != .control("c")
            }
            return press(key)
        }
        return true
    }

    private mutating func press(_ key: Key) -> Bool {
        let page = max(1, view.height - layout.headHeight - 1)
        switch key {
        case .character("q"), .escape, .control("c"): return false
        case .character("?"), .function(1): isShowingKeys = true
        case .character("m"):
            if hasTimes {
                mode = mode == .compact ? .time : .compact
                layOut()
            }
        case .character("L"):
            language = language.other
            layOut()
        case .up, .character("k"): scroll.y -= 1
        case .down, .character("j"): scroll.y += 1
        case .left, .character("h"): scroll.x -= Self.sideStep
        case .right, .character("l"): scroll.x += Self.sideStep
        case .pageUp, .character("b"): scroll.y -= page
        case .pageDown, .character(" "): scroll.y += page
        case .home, .character("g"): scroll = Point(x: 0, y: 0)
        case .end, .character("G"): scroll.y = .max / 2
        default: break
        }
        keepInside()
        return true
    }

    private mutating func layOut() {
        layout = Self.layout(measured, mode, language, glyphs, size)
        keepInside()
    }

    private mutating func keepInside() {
        let farthest = DiagramDrawing(layout).farthestScroll(in: Size(width: view.width, height: view.height))
        scroll = Point(x: min(max(0, scroll.x), farthest.x), y: min(max(0, scroll.y), farthest.y))
    }

    // MARK: View

    /// Where the diagram is seen: between the bar and the footer.
    private var view: Rect { Rect(x: 0, y: 1, width: size.width, height: size.height - 2) }

    /// The frame that shows it. A pure function of the state.
    public func frame() -> Frame {
        var frame = Frame(size: size)
        drawBar(on: &frame)
        if measured.diagram.participants.isEmpty {
            let text = text("There is nothing in this diagram.", "Este diagrama está vacío.")
            frame.write(text, x: 1, y: 2, style: .muted)
        }
        DiagramDrawing(layout).draw(into: &frame, in: view, scrollX: scroll.x, scrollY: scroll.y)
        let footer = Rect(x: 1, y: size.height - 1, width: size.width - 2, height: size.height > 2 ? 1 : 0)
        frame.draw(KeyHints(hints), in: footer, glyphs: glyphs)
        if isShowingKeys { drawKeys(on: &frame) }
        return glyphs.repertoire == .ascii ? frame.inASCII() : frame
    }

    private func drawBar(on frame: inout Frame) {
        let bar = Rect(x: 0, y: 0, width: size.width, height: 1)
        frame.fill(bar, style: Style(.bar))
        let modeName =
            !hasTimes ? "" : mode == .compact ? text("compact", "compacto") : text("time", "tiempo")
        let separator = " \(glyphs.separator) "
        let duration = measured.duration.map { NumberText(language, glyphs.repertoire).duration($0) }
        let notes = [duration ?? "", modeName, position].filter { !$0.isEmpty }.joined(separator: separator)
        let room = size.width - Text.width(notes) - 4
        frame.write(
            " \(Text.truncate(name, to: max(0, room), ellipsis: glyphs.ellipsis))", x: 0, y: 0,
            style: Style(.bar, .bold), clip: bar)
        frame.write(notes, x: size.width - 1 - Text.width(notes), y: 0, style: Style(.bar), clip: bar)
    }

    /// How far down the window is; empty when everything shows.
    private var position: String {
        let farthest = DiagramDrawing(layout).farthestScroll(in: Size(width: view.width, height: view.height))
        return farthest.y == 0 ? "" : NumberText(language).percent(Double(scroll.y) / Double(farthest.y))
    }

    private var hints: [KeyHint] {
        let isUnicode = glyphs.repertoire == .unicode
        var hints = [
            KeyHint(isUnicode ? "↑ ↓ ← →" : "arrows", text("move", "mover"), importance: 2),
            KeyHint("pgup pgdn", text("page", "página"), importance: 1),
        ]
        if hasTimes {
            let other = mode == .compact ? text("rows are time", "filas por tiempo") : text("compact", "compacto")
            hints.append(KeyHint("m", other, importance: 3))
        }
        return hints + [
            KeyHint("?", text("keys", "teclas"), importance: 5), KeyHint("q", text("leave", "salir"), importance: 4),
        ]
    }

    private func drawKeys(on frame: inout Frame) {
        let isUnicode = glyphs.repertoire == .unicode
        var lines = [
            (isUnicode ? "↑ ↓  k j" : "up down  k j", text("a row up, down", "una fila arriba, abajo")),
            (
                isUnicode ? "← →  h l" : "left right  h l",
                text("to the left, the right", "a la izquierda, a la derecha")
            ),
            ("pgup pgdn", text("a page up, down", "una página arriba, abajo")),
            ("home end", text("to the start, the end", "al principio, al final")),
        ]
        if hasTimes { lines.append(("m", text("rows are messages, or time", "filas por mensaje o por tiempo"))) }
        lines += [
            ("L", text("español", "English")), ("?", text("these keys", "estas teclas")), ("q", text("leave", "salir")),
        ]
        let width = (lines.map { Text.width($0.0) }.max() ?? 0) + 2
        var content = StyledText()
        for (place, line) in lines.enumerated() {
            content.append((place > 0 ? "\n" : "") + Text.pad(line.0, to: width), Style(.key))
            content.append(line.1)
        }
        frame.draw(Dialog(text("Keys", "Teclas"), content), in: frame.popUpRoom, glyphs: glyphs)
    }

    private func text(_ english: String, _ spanish: String) -> String { language.text(english, spanish) }

    // MARK: Run

    /// Shows the diagram on a terminal until the person leaves. Sleeps while no key comes.
    public func run(on terminal: any Terminal) {
        var viewer = self
        if viewer.size != terminal.size { _ = viewer.update(.resize(terminal.size)) }
        while true {
            terminal.show(viewer.frame())
            guard let event = terminal.nextEvent(within: nil) else { continue }
            guard viewer.update(event) else { return }
        }
    }
}
