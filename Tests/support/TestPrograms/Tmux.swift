import Foundation

/// A terminal nobody sees, of a fixed size, with an interactive shell in it.
///
/// The shell signals each prompt; what a program shows is looked at until it is there.
public final class Tmux {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    public static let isInstalled = (try? Program.run("/usr/bin/env", ["tmux", "-V"]).status) == 0

    public let folder: Folder
    private let environment: [String: String]

    public init(width: Int, height: Int, environment: [String: String] = [:]) throws {
        folder = try Folder()
        self.environment = ["LC_ALL": "C.UTF-8", "TMUX_TMPDIR": folder.path("."), "HISTFILE": "", "PS1": "$ "].merging(
            ["PROMPT_COMMAND": "tmux -L proof wait-for -S prompt", "SWIFT_BACKTRACE": "interactive=no,color=no"]
        ) { $1 }.merging(environment) { $1 }
        try tmux(
            "start-server", ";", "set", "-g", "status", "off", ";", "set", "-g", "default-terminal", "tmux-256color",
            ";", "set", "-s", "escape-time", "0", ";", "set", "-g", "history-limit", "5000", ";", "new-session", "-d",
            "-x", "\(width)", "-y", "\(height)", "bash --norc --noprofile -i")
        try waitForPrompt()
    }

    deinit { _ = try? run(["kill-server"]) }

    private func run(_ arguments: [String]) throws -> Program.Outcome {
        try Program.run(
            "/usr/bin/env", ["tmux", "-L", "proof", "-f", "/dev/null"] + arguments, environment: environment)
    }

    @discardableResult
    public func tmux(_ arguments: String...) throws -> String {
        let outcome = try run(arguments)
        guard outcome.status == 0 else { throw Failure(description: "tmux \(arguments): \(outcome.errors)") }
        return outcome.output
    }

    public func waitForPrompt() throws { try tmux("wait-for", "prompt") }

    public func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    public func type(_ line: String) throws {
        try tmux("send-keys", "-l", line)
        try press("Enter")
    }

    public func resize(width: Int, height: Int) throws {
        try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    }

    /// Has the shell run a command, to its end or its stop.
    public func command(_ line: String) throws {
        try type(line)
        try waitForPrompt()
    }

    /// All text, with what scrolled away.
    public func text() throws -> String { try tmux("capture-pane", "-p", "-J", "-S", "-") }

    /// Looks at the screen until it shows a text, for two minutes at most.
    public func waitFor(_ text: String) throws { _ = try screen(showing: text) }

    /// The screen, when two looks in a row see the same and a text is there: no frame is half drawn.
    public func settled(showing text: String) throws -> String {
        var before = try screen(showing: text)
        for _ in 0..<Self.mostLooks {
            let now = try screen(showing: text)
            if now == before { return now }
            before = now
        }
        throw Failure(description: "the screen with \"\(text)\" does not come to rest")
    }

    private static let mostLooks = 200

    private func screen(showing text: String) throws -> String {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(120)
        var shown = ""
        while clock.now < end {
            shown = try tmux("capture-pane", "-p")
            if shown.contains(text) { return shown }
        }
        throw Failure(description: "\"\(text)\" does not come; the terminal shows\n\(shown)")
    }

    /// Back at the prompt: in which ways the terminal is not as a shell wants it.
    public func leftovers() throws -> [String] {
        let probe = Program.products.appendingPathComponent("terminal-probe").path
        try command("stty -a > \(folder.path("stty")); '\(probe)' synchronize")
        let modes = Set(try folder.text("stty").split { " ;\n".contains($0) }.map(String.init))
        let missing = ["icanon", "echo", "onlcr", "isig", "icrnl", "opost"].filter { !modes.contains($0) }
        let flags = try tmux(
            "display", "-p",
            """
            alternate=#{alternate_on} cursor=#{cursor_flag} keypad=#{keypad_flag}#{keypad_cursor_flag} \
            insert=#{insert_flag} wrap=#{wrap_flag} mouse=#{mouse_any_flag}
            """)
        return missing + (flags == "alternate=0 cursor=1 keypad=00 insert=0 wrap=1 mouse=0\n" ? [] : [flags])
    }
}
