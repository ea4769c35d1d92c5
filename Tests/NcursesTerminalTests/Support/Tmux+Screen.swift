import TerminalKit
import TerminalProof
import TestPrograms
import Testing

extension Tmux {
    convenience init(size: Size) throws { try self.init(width: size.width, height: size.height) }

    func resize(_ size: Size) throws { try resize(width: size.width, height: size.height) }

    /// What the screen shows, with its looks.
    func screen(_ size: Size) throws -> PaintedScreen {
        let captured = try tmux("capture-pane", "-e", "-p", "-N")
        let outcome = try Program.run(
            try #require(Tools.python), [Tools.emulator, "capture", "\(size.width)", "\(size.height)"],
            input: captured)
        try #require(outcome.status == 0, "\(outcome.errors)")
        var screen = try #require(PaintedScreen.parse(outcome.output).first)
        let cursor = try tmux("display", "-p", "#{cursor_flag} #{cursor_x} #{cursor_y}").split(separator: " ")
        screen.cursor = cursor[0] == "1" ? "cursor \(cursor[1]) \(cursor[2].dropLast())" : "cursor hidden"
        return screen
    }

    /// Asserts that the terminal is as a shell wants it.
    func expectGivenBack(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try leftovers() == [], sourceLocation: sourceLocation)
    }
}
