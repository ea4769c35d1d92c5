import Diagrams
import TerminalKit
import Testing

@testable import Workshop

@Suite struct DiagramViewerTests {
    private func viewer(_ messages: Int = 40, isMeasured: Bool = true, _ glyphs: Glyphs = .unicode) -> DiagramViewer {
        let statements = (0..<messages).map { number in
            Statement.message(
                Diagrams.Message(
                    number: number, from: "p\(number % 9)", to: "p\((number + 1) % 9)", arrow: Arrow(.solid, .filled),
                    text: "call \(number)"))
        }
        let diagram = Diagram(
            title: "Calls", participants: (0..<9).map { Participant(id: "p\($0)") }, statements: statements)
        let measured = isMeasured ? Rehearsal.measured(diagram, hop: 30_000_000) : MeasuredDiagram(diagram)
        return DiagramViewer(measured, name: "calls.mmd", glyphs: glyphs)
    }

    private func press(_ viewer: inout DiagramViewer, _ keys: Key...) {
        for key in keys {
            let goesOn = viewer.update(.key(key))
            #expect(goesOn)
        }
    }

    private func text(_ viewer: DiagramViewer) -> String { viewer.frame().rows.joined(separator: "\n") }

    @Test func headsStayInViewBelowTheTop() {
        var viewer = viewer()
        #expect(text(viewer).contains("Calls"))
        press(&viewer, .pageDown, .pageDown)
        #expect(!text(viewer).contains("Calls"))
        #expect(text(viewer).contains("│ p0 │"))
        #expect(!text(viewer).contains("call 1 "))
    }

    @Test func keysMoveTheWindowAndStopAtTheEdges() {
        var viewer = viewer()
        press(&viewer, .character("j"), .down)
        #expect(viewer.scroll == Point(x: 0, y: 2))
        press(&viewer, .character("k"), .up, .up, .up)
        #expect(viewer.scroll.y == 0)
        press(&viewer, .character("l"), .right)
        #expect(viewer.scroll.x == 16)
        press(&viewer, .left, .character("h"), .left)
        #expect(viewer.scroll.x == 0)
        press(&viewer, .end)
        #expect(text(viewer).contains("call 39 "))
        let bottom = viewer.scroll.y
        press(&viewer, .pageDown, .down)
        #expect(viewer.scroll.y == bottom)
        press(&viewer, .home)
        #expect(viewer.scroll == Point(x: 0, y: 0))
    }

    @Test func timesAtTheLeftStayInViewToTheRight() {
        var viewer = viewer()
        press(&viewer, .right, .right, .right)
        #expect(text(viewer).contains(" 30  "))
        #expect(text(viewer).contains("ms"))
    }

    @Test func mChangesBetweenMessagesAndTime() {
        var viewer = viewer()
        let compact = text(viewer)
        press(&viewer, .character("m"))
        #expect(viewer.mode == .time)
        #expect(text(viewer) != compact)
        press(&viewer, .character("m"))
        #expect(text(viewer) == compact)
    }

    @Test func whatWasNotMeasuredHasNoTime() {
        var viewer = viewer(isMeasured: false)
        #expect(!text(viewer).contains("rows are time"))
        press(&viewer, .character("m"))
        #expect(viewer.mode == .compact)
    }

    @Test func theQuestionMarkShowsTheKeysAndAnyKeyClosesThem() {
        var viewer = viewer()
        let before = text(viewer)
        press(&viewer, .character("?"))
        #expect(text(viewer).contains("Keys"))
        press(&viewer, .character("q"))
        #expect(text(viewer) == before)
    }

    @Test(arguments: [Key.character("q"), .escape, .control("c")]) func itCanBeLeft(key: Key) {
        var viewer = viewer()
        let goesOn = viewer.update(.key(key))
        #expect(!goesOn)
    }

    @Test func itSpeaksSpanish() {
        var viewer = viewer()
        press(&viewer, .character("L"))
        #expect(text(viewer).contains("teclas"))
    }

    @Test func noSizeMakesItTrap() {
        for width in stride(from: 0, through: 90, by: 7) {
            for height in 0...12 {
                for glyphs in [Glyphs.unicode, .ascii] {
                    var viewer = viewer(12, isMeasured: true, glyphs)
                    _ = viewer.update(.resize(Size(width: width, height: height)))
                    press(&viewer, .end, .right, .pageUp, .character("m"), .character("?"))
                    #expect(viewer.frame().size == Size(width: width, height: height))
                }
            }
        }
    }

    @Test func itRunsOnATerminalUntilSomebodyLeaves() {
        let terminal = HeadlessTerminal(
            size: Size(width: 60, height: 20), repertoire: .ascii,
            script: [.key(.down), nil, .resize(Size(width: 70, height: 22)), .key(.character("q")), .key(.down)])
        viewer(40, isMeasured: true, .ascii).run(on: terminal)
        #expect(terminal.frames.last?.size == Size(width: 70, height: 22))
        #expect(terminal.frames.count == 4)
    }

    @Test func anEmptyDiagramSaysSo() {
        let viewer = DiagramViewer(MeasuredDiagram(Diagram()), name: "-")
        #expect(text(viewer).contains("There is nothing in this diagram."))
    }
}
