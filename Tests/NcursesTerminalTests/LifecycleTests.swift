import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// In a terminal, as a person uses it.
@Suite(
    "In a real terminal", .serialized,
    .enabled(if: Tmux.isInstalled && Tools.python != nil, "no tmux, or no Python with pyte: run scripts/test"))
struct LifecycleTests {
    private static let size = Size(width: 80, height: 24)

    private func program(_ kind: TerminalKind = .tmux256) throws -> LiveProgram {
        var random = RandomFrames(seed: 11)
        return try LiveProgram(random.sequence(1, sizes: [Self.size]), kind: kind)
    }

    // MARK: What is shown

    @Test("the terminal shows the frames", arguments: [TerminalKind.tmux256, .direct])
    func frames(kind: TerminalKind) throws {
        var random = RandomFrames(seed: 10)
        let frames = random.sequence(9, sizes: [Self.size])
        let program = try LiveProgram(frames, kind: kind)
        #expect(program.abilities.depth == kind.depth)
        for number in frames.indices {
            if number > 0 {
                try program.terminal.press("\(number)")
                try program.expect("shown \(number)")
            }
            try program.expectShown(number, kind.name)
        }
    }

    @Test("another size brings a resize and a whole new frame")
    func resize() throws {
        var random = RandomFrames(seed: 12)
        let sizes = [Self.size, Size(width: 101, height: 31), Size(width: 43, height: 9), Size(width: 160, height: 48)]
        let frames = sizes.map { random.sequence(1, sizes: [$0])[0] }
        let program = try LiveProgram(frames)
        for (number, size) in sizes.enumerated().dropFirst() {
            try program.terminal.resize(size)
            try program.expect("resize(TerminalKit.Size(width: \(size.width), height: \(size.height)))")
            try program.expect("shown \(number)")
            try program.expectShown(number, size: size)
        }
    }

    // MARK: Keys

    @Test("keys arrive by their meaning; those nobody knows do not")
    func keys() throws {
        let program = try program()
        let expected: [(pressed: String, key: Key)] = [
            ("z", .character("z")), ("Space", .character(" ")), ("ñ", .character("ñ")), ("日", .character("日")),
            ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end),
            ("PPage", .pageUp), ("NPage", .pageDown), ("DC", .delete), ("BSpace", .backspace), ("Enter", .enter),
            ("Tab", .tab), ("BTab", .backTab), ("C-a", .control("a")), ("C-@", .control(" ")), ("F1", .function(1)),
            ("F12", .function(12)), ("IC", .character("b")), ("Escape", .escape), ("c", .character("c")),
        ]
        for (pressed, key) in expected {
            try program.terminal.press(pressed)
            // Insert has no meaning here; what follows comes through.
            if pressed == "IC" { try program.terminal.press("b") }
            #expect(try program.event() == "\(InputEvent.key(key))", "\(pressed)")
            try program.expect("done")
        }
    }

    /// tmux declares the old way of reporting: a button, a column and a row, each 32 more than it is.
    @Test("presses and the wheel arrive with their places")
    func mouse() throws {
        let program = try program()
        for (bytes, action) in [("\u{1B}[M *(", Mouse.Action.press), ("\u{1B}[M`*(", .wheelUp)] {
            try program.terminal.tmux("send-keys", "-l", bytes)
            let event = InputEvent.mouse(Mouse(action, x: 9, y: 7))
            #expect(try program.event() == "\(event)")
            try program.expect("done")
        }
    }

    // MARK: The end

    @Test("closed or left by exit, the terminal is given back with what it showed before", arguments: ["q", "x"])
    func end(key: String) throws {
        let program = try program()
        try program.terminal.press(key)
        try program.terminal.waitForPrompt()
        try program.terminal.command("echo status $?")
        try program.terminal.expectGivenBack()
        let text = try program.terminal.text()
        #expect(text.contains("live \(program.terminal.folder.path("frames"))"))
        #expect(text.contains("a word on stderr"))
        #expect(text.contains("status \(key == "q" ? 0 : 3)"))
    }

    @Test("signals that ask to end arrive as such", arguments: [SIGINT, SIGTERM, SIGHUP])
    func quit(signal: Int32) throws {
        let program = try program()
        try program.kill(signal)
        try program.expect("quit")
        try program.terminal.waitForPrompt()
        try program.terminal.command("echo status $?")
        try program.terminal.expectGivenBack()
        #expect(try program.terminal.text().contains("status 0"))
    }

    @Test("Ctrl-C asks to end")
    func interrupt() throws {
        let program = try program()
        try program.terminal.press("C-c")
        try program.expect("quit")
        try program.terminal.waitForPrompt()
        try program.terminal.expectGivenBack()
    }

    @Test("a terminal that hangs up ends the program")
    func hangUp() throws {
        let program = try program()
        try program.terminal.tmux("kill-pane")
        try program.expect("quit")
    }

    // MARK: Crashes

    struct Crash: CustomTestStringConvertible {
        var testDescription: String
        var key: String
        /// What must be readable on the screen afterwards.
        var words: [String]

        static let all = [
            Crash(
                testDescription: "trap", key: "f",
                words: ["Fatal error: failed on purpose", "LiveProbe.fail", "a word on stderr"]),
            Crash(testDescription: "stack overflow", key: "o", words: ["LiveProbe.overflow", "a word on stderr"]),
            Crash(testDescription: "abort", key: "a", words: ["Program crashed: Aborted", "a word on stderr"]),
            Crash(testDescription: "bad pointer", key: "s", words: ["Bad pointer", "a word on stderr"]),
            Crash(testDescription: "quit key", key: "\u{1C}", words: ["a word on stderr"]),
        ]
    }

    @Test("a crash gives the terminal back and says what happened", arguments: Crash.all)
    func crash(crash: Crash) throws {
        let program = try program()
        try program.terminal.tmux("send-keys", "-l", crash.key)
        try program.terminal.waitForPrompt()
        try program.terminal.command("echo status $?")
        try program.terminal.expectGivenBack()
        let text = try program.terminal.text()
        for words in crash.words { #expect(text.contains(words), "\(text)") }
        #expect(!text.contains("status 0"))
        // Lines begin at the left: the terminal was given back before the words.
        #expect(text.split(separator: "\n").contains { $0.hasPrefix("a word on stderr") })
    }

    @Test("a crash by signal from outside does, too", arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGABRT])
    func crash(signal: Int32) throws {
        let program = try program()
        try program.kill(signal)
        try program.terminal.waitForPrompt()
        try program.terminal.command("echo status $?")
        try program.terminal.expectGivenBack()
        let text = try program.terminal.text()
        #expect(text.contains("a word on stderr"))
        #expect(text.contains("status \(128 + signal)"))
    }

    // MARK: Stopped and continued

    @Test("stopped, the terminal is given back; continued, the frame is there again")
    func stop() throws {
        let program = try program()
        for _ in 0..<2 {
            try program.terminal.press("C-z")
            try program.terminal.waitForPrompt()
            try program.terminal.expectGivenBack()
            try program.terminal.type("fg")
            try program.expect("resumed")
            try program.expect("done")
            try program.expectShown(0)
        }
        try program.terminal.press("q")
        try program.terminal.waitForPrompt()
        try program.terminal.expectGivenBack()
    }

    @Test("a size changed while the program was stopped is noticed")
    func stopAndResize() throws {
        var random = RandomFrames(seed: 13)
        let other = Size(width: 90, height: 30)
        let program = try LiveProgram([Self.size, other].map { random.sequence(1, sizes: [$0])[0] })
        try program.terminal.press("C-z")
        try program.terminal.waitForPrompt()
        try program.terminal.resize(other)
        try program.terminal.type("fg")
        try program.expect("resumed")
        try program.expect("shown 1")
        try program.expectShown(1, size: other)
    }

    @Test("stopped without a warning and continued, the frame is there again")
    func stopHard() throws {
        let program = try program()
        try program.kill(SIGSTOP)
        try program.terminal.waitForPrompt()
        try program.terminal.type("fg")
        try program.expect("resumed")
        try program.expect("done")
        try program.expectShown(0)
    }
}
