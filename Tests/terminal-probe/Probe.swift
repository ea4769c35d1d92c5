// A program to look at from outside: ncurses is one screen a process, and a crash ends it.
import CNcurses
import Foundation
import NcursesTerminal
import TerminalKit
import TerminalProof

/// `terminal-probe COMMAND ARGUMENTS...`; `depth=`, `repertoire=` and `window=WxH` among them force the terminal's.
@main
struct Probe {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst().filter { !$0.contains("=") }
        let command = arguments.isEmpty ? "" : arguments.removeFirst()
        do {
            switch (command, arguments.count) {
            case ("paint", 4):
                try paint(arguments[0], output: arguments[1], checkpoints: arguments[2], report: arguments[3])
            case ("live", 2): try LiveProbe(frames: arguments[0], events: arguments[1], options: Options()).run()
            case ("open", 0): try NcursesTerminal(theme: .ensayo).close()
            case ("synchronize", 0): synchronizeFromOutside()
            default: exit(64)
            }
        } catch let error as NcursesError {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }

    /// Paints frames one after the other into a file that stands for the terminal. Notes after each how far the file
    /// is, and what ncurses takes the terminal to show.
    static func paint(_ path: String, output: String, checkpoints: String, report: String) throws {
        let frames = try FrameFile.read(String(contentsOfFile: path, encoding: .utf8))
        let input = open("/dev/null", O_RDONLY)
        let file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let options = Options()
        let terminal = try NcursesTerminal(
            theme: .ensayo, depth: options.depth, repertoire: options.repertoire, input: input, output: file)
        var offsets = ""
        var lines = Readback.describe(terminal)
        for (number, frame) in frames.enumerated() {
            let size = options.window ?? frame.size
            screen_resize(Int32(size.width), Int32(size.height))
            terminal.show(frame)
            offsets += "\(lseek(file, 0, SEEK_END)) \(size.width) \(size.height)\n"
            lines += Readback.screen(size).printed(number)
        }
        terminal.close()
        try offsets.write(toFile: checkpoints, atomically: false, encoding: .utf8)
        try lines.write(toFile: report, atomically: false, encoding: .utf8)
    }
}

/// What the command line forces.
struct Options {
    var depth: ColourDepth?
    var repertoire: GlyphRepertoire?
    var window: Size?

    init() {
        for argument in CommandLine.arguments {
            let words = argument.split(separator: "=").map(String.init)
            switch (words.first, words.last) {
            case ("depth", let value?): depth = ColourDepth(rawValue: value)
            case ("repertoire", let value?): repertoire = GlyphRepertoire(rawValue: value)
            case ("window", let value?):
                let sides = value.split(separator: "x").compactMap { Int($0) }
                if sides.count == 2 { window = Size(width: sides[0], height: sides[1]) }
            default: break
            }
        }
    }
}
