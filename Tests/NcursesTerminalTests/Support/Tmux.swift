import Foundation
import TerminalKit
import TerminalProof
import Testing

/// A terminal nobody sees, of a fixed size, with an interactive shell in it.
///
/// Nothing here sleeps: the shell signals each prompt, and programs answer only after the terminal took in what they
/// wrote.
final class Tmux {
    let folder: Folder
    private let environment: [String: String]

    init(size: Size, environment: [String: String] = [:]) throws {
        folder = try Folder()
        self.environment = ["LC_ALL": "C.UTF-8", "TMUX_TMPDIR": folder.path("."), "HISTFILE": "", "PS1": "$ "].merging(
            ["PROMPT_COMMAND": "tmux -L proof wait-for -S prompt", "SWIFT_BACKTRACE": "interactive=no,color=no"]
        ) { $1 }.merging(environment) { $1 }
        try tmux(
            "start-server", ";", "set", "-g", "status", "off", ";", "set", "-g", "default-terminal", "tmux-256color",
            ";", "set", "-s", "escape-time", "0", ";", "set", "-g", "history-limit", "5000", ";", "new-session", "-d",
            "-x", "\(size.width)", "-y", "\(size.height)", "bash --norc --noprofile -i")
        try waitForPrompt()
    }

    deinit { _ = try? run(["kill-server"]) }

    private func run(_ arguments: [String]) throws -> Tools.Outcome {
        try Tools.run("/usr/bin/env", ["tmux", "-L", "proof", "-f", "/dev/null"] + arguments, environment: environment)
    }

    @discardableResult
    func tmux(_ arguments: String...) throws -> String {
        let outcome = try run(arguments)
        try #require(outcome.status == 0, "tmux \(arguments): \(outcome.errors)")
        return outcome.output
    }

    func waitForPrompt() throws { try tmux("wait-for", "prompt") }

    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    func type(_ line: String) throws {
        try tmux("send-keys", "-l", line)
        try press("Enter")
    }

    func resize(_ size: Size) throws { try tmux("resize-window", "-x", "\(size.width)", "-y", "\(size.height)") }

    /// Has the shell run a command, to its end or its stop.
    func command(_ line: String) throws {
        try type(line)
        try waitForPrompt()
    }

    /// All text, with what scrolled away.
    func text() throws -> String { try tmux("capture-pane", "-p", "-J", "-S", "-") }

    /// What the screen shows, with its looks.
    func screen(_ size: Size) throws -> PaintedScreen {
        let captured = try tmux("capture-pane", "-e", "-p", "-N")
        let outcome = try Tools.run(
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
        try command("stty -a > \(folder.path("stty")); '\(Tools.probe)' synchronize")
        let modes = Set(try folder.text("stty").split { " ;\n".contains($0) }.map(String.init))
        let expected = ["icanon", "echo", "onlcr", "isig", "icrnl", "opost"]
        #expect(expected.filter { !modes.contains($0) } == [], sourceLocation: sourceLocation)
        let flags = try tmux(
            "display", "-p",
            """
            alternate=#{alternate_on} cursor=#{cursor_flag} keypad=#{keypad_flag}#{keypad_cursor_flag} \
            insert=#{insert_flag} wrap=#{wrap_flag}
            """)
        #expect(flags == "alternate=0 cursor=1 keypad=00 insert=0 wrap=1\n", sourceLocation: sourceLocation)
    }
}
