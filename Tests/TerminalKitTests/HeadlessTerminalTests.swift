import TerminalKit
import Testing

@Suite struct HeadlessTerminalTests {
    @Test func theScriptComesInOrderAndThenEnds() {
        let terminal = HeadlessTerminal(
            size: Size(width: 80, height: 24), script: [.key(.enter), nil, .resize(Size(width: 100, height: 30))])
        #expect(terminal.nextEvent(within: .zero) == .key(.enter))
        #expect(terminal.nextEvent(within: .seconds(5)) == nil)
        #expect(terminal.size.width == 80)
        #expect(terminal.nextEvent(within: nil) == .resize(Size(width: 100, height: 30)))
        #expect(terminal.size.width == 100)
        #expect(terminal.nextEvent(within: .zero) == nil)
        terminal.enqueue(.key(.character("q")))
        #expect(terminal.nextEvent(within: nil) == .key(.character("q")))
        #expect(terminal.nextEvent(within: nil) == .quit, "a wait without end must not hang")
    }

    @Test func theLastFramesAreKept() {
        let terminal = HeadlessTerminal(size: Size(width: 3, height: 1), history: 2)
        for text in ["a", "b", "c"] {
            var frame = Frame(size: terminal.size)
            frame.write(text, x: 0, y: 0)
            terminal.show(frame)
        }
        #expect(terminal.frames.map { $0.rows } == [["b  "], ["c  "]])
    }

    @Test func closingTwiceIsSafe() {
        let terminal = HeadlessTerminal(size: Size(width: 3, height: 1))
        terminal.close()
        terminal.close()
        #expect(terminal.isClosed)
    }
}
