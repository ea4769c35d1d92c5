import Foundation
import NcursesTerminal
import TerminalKit
import TerminalProof

/// Runs in a terminal, under the eyes of a test: shows the frame that fits, and tells through a pipe what came.
///
/// It writes a line for each event, and `shown N` after the terminal has taken in frame N.
struct LiveProbe {
    private let frames: [Frame]
    private let events: FileHandle
    private let terminal: NcursesTerminal

    init(frames path: String, events: String, options: Options) throws {
        frames = try FrameFile.read(String(contentsOfFile: path, encoding: .utf8))
        guard let handle = FileHandle(forWritingAtPath: events) else { throw CocoaError(.fileNoSuchFile) }
        self.events = handle
        terminal = try NcursesTerminal(
            theme: .ensayo, depth: options.depth, repertoire: options.repertoire, hasMouse: true)
    }

    func run() {
        tell("pid \(getpid()) \(Readback.describe(terminal).dropLast())")
        FileHandle.standardError.write(Data("a word on stderr\n".utf8))
        showFitting()
        tell(terminal.nextEvent(within: .milliseconds(1)).map { "\($0)" } ?? "nothing yet")
        while let event = terminal.nextEvent(within: nil) {
            tell("\(event)")
            switch event {
            case .quit: return terminal.close()
            case .resize: showFitting()
            case .resumed: synchronize()
            case .key(.character(let character)):
                if let number = character.wholeNumberValue, frames.indices.contains(number) { show(number) }
                fail(character)
            case .key, .mouse: break
            }
            tell("done")
        }
    }

    private func fail(_ character: Character) {
        switch character {
        case "q": terminal.close()
        case "x": exit(3)
        case "f": fatalError("failed on purpose")
        case "o": print(overflow(1))
        case "a": abort()
        case "s": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        default: break
        }
    }

    /// As deep as the stack and deeper.
    private func overflow(_ depth: Int) -> Int { depth < 0 ? 0 : overflow(depth + 1) &+ events.hash }

    private func showFitting() {
        let size = terminal.size
        if let number = frames.firstIndex(where: { $0.size == size }) { show(number) }
    }

    private func show(_ number: Int) {
        terminal.show(frames[number])
        synchronize()
        tell("shown \(number)")
    }

    private func tell(_ line: String) { events.write(Data((line + "\n").utf8)) }
}

/// Asks the terminal for its status and waits for the answer: it comes after everything written before is taken in.
func synchronize() {
    let question = "\u{1B}[5n"
    _ = question.withCString { write(STDOUT_FILENO, $0, question.utf8.count) }
    var last: [UInt8] = []
    var byte: UInt8 = 0
    while last.suffix(4) != [0x1B, 0x5B, 0x30, 0x6E], read(STDIN_FILENO, &byte, 1) == 1 { last.append(byte) }
}

/// The same for a program that is no longer there to ask.
func synchronizeFromOutside() {
    var before = termios()
    tcgetattr(STDIN_FILENO, &before)
    var raw = before
    cfmakeraw(&raw)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    synchronize()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
}
