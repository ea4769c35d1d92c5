import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// A probe at work in a terminal.
final class LiveProgram {
    let terminal: Tmux
    let size: Size
    let abilities: Abilities
    private let frames: [Frame]
    private let events: EventPipe
    private let process: Int32

    /// Starts it, and waits until it shows the first frame of the terminal's size.
    init(_ frames: [Frame], kind: TerminalKind = .tmux256, size: Size = Size(width: 80, height: 24)) throws {
        self.frames = frames
        self.size = size
        terminal = try Tmux(size: size)
        let folder = terminal.folder
        try FrameFile.write(frames).write(to: folder.url("frames"), atomically: false, encoding: .utf8)
        events = try EventPipe(folder.path("events"))
        let variables = kind.environment(size).filter { ["TERM", "TERMINFO"].contains($0.key) }
            .map { "\($0.key)='\($0.value)'" }.sorted().joined(separator: " ")
        try terminal.type("\(variables) '\(Tools.probe)' live \(folder.path("frames")) \(folder.path("events"))")
        let first = try events.next(terminal)
        process = try #require(Int32(first.split(separator: " ").dropFirst().first ?? ""))
        abilities = try #require(Abilities(first))
        try expect("shown 0")
        let early = try event()
        #expect(early == "nothing yet")
    }

    /// The next line that the program tells.
    func event() throws -> String { try events.next(terminal) }

    /// Reads on until it tells a line.
    func expect(_ line: String) throws {
        while try event() != line {}
    }

    func kill(_ signal: Int32) throws { try #require(Foundation.kill(process, signal) == 0) }

    func expectShown(
        _ number: Int, size: Size? = nil, _ name: String = "", sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = PaintedScreen(frames[number], on: abilities, shown: true)
        let difference = try terminal.screen(size ?? self.size).difference(from: expected)
        #expect(difference == nil, "\(name) frame \(number)", sourceLocation: sourceLocation)
    }
}

/// A named pipe through which a program tells what it does, a line at a time.
final class EventPipe {
    private let descriptor: Int32
    private var unread = ""

    init(_ path: String) throws {
        try #require(mkfifo(path, 0o600) == 0)
        // Open at both ends, so that opening never waits.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// The next line. The program has a minute for it.
    func next(_ terminal: Tmux) throws -> String {
        while true {
            if let end = unread.firstIndex(of: "\n") {
                defer { unread.removeSubrange(...end) }
                return String(unread[..<end])
            }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 60_000) != 1 {
                Issue.record("the program is silent; its terminal: \(try terminal.text())")
                throw CancellationError()
            }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &bytes, bytes.count)
            unread += String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }
}
