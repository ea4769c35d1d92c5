import Foundation
import TestPrograms

/// The programs that the tests call, and where things are.
enum Tools {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let probe = Program.products.appendingPathComponent("terminal-probe").path

    /// A Python that has pyte.
    static let python = Program.python(having: "pyte")

    static let emulator = root.appendingPathComponent("Tests/support/emulator.py").path
}
