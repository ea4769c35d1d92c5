import Foundation
import TestPrograms
import Testing

/// The built program as a person runs it, at home in a folder of the test's own.
struct Ensayo {
    static let binary = Program.products.appendingPathComponent("ensayo").path
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    let folder: Folder
    /// What is called, and how: another program than the one that was built, other variables.
    var binary = Ensayo.binary
    var environment: [String: String]

    init() throws {
        folder = try Folder()
        environment = [
            "HOME": folder.path("home"), "XDG_STATE_HOME": folder.path("state"), "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
        ]
    }

    /// Runs it in its folder.
    func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
        try Program.run(
            "/usr/bin/env", ["-C", folder.path("."), binary] + arguments, environment: environment, input: input)
    }

    /// Runs it with arguments that are apart by blanks.
    func run(_ arguments: String) throws -> Program.Outcome {
        try run(arguments.split(separator: " ").map(String.init))
    }

    /// Runs it and presses Ctrl-C, or sends it another signal, as soon as a condition of the shell holds.
    func interrupted(
        _ arguments: String, by signal: String = "INT", when condition: String
    ) throws -> Program.Outcome {
        // Of a shell without job control, children in the background do not hear of Ctrl-C.
        let script = """
            set -m; "$0" \(arguments) & until \(condition) || ! kill -0 $!; do :; done 2> /dev/null
            kill -\(signal) $!; wait $!
            """
        return try Program.run(
            "/usr/bin/env", ["-C", folder.path("."), "bash", "-c", script, binary], environment: environment)
    }

    /// What it prints when all goes well.
    func output(
        _ arguments: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        return outcome.output
    }

    @discardableResult
    func write(_ text: String, _ name: String) throws -> String {
        try write(Data(text.utf8), name)
        return text
    }

    func write(_ data: Data, _ name: String) throws {
        try FileManager.default.createDirectory(
            at: folder.url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: folder.url(name))
    }

    /// A copy of the lessons that tests may spoil; the program then finds them there.
    mutating func copyLessons(_ names: [String] = ["01-orchestration"]) throws {
        let copy = folder.url("copy")
        let lessons = copy.appendingPathComponent("Lessons")
        try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
        for name in names.map({ "Lessons/\($0)" }) + ["Assets"] {
            try FileManager.default.copyItem(
                at: Self.root.appendingPathComponent(name), to: copy.appendingPathComponent(name))
        }
        environment["ENSAYO_HOME"] = copy.path
    }
}

/// Bad use and bad input: status 2, words on stderr alone, and nothing that acts on a terminal.
func expectRefused(
    _ outcome: Program.Outcome, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(outcome.status == 2, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation) }
    expectHarmless(outcome, sourceLocation: sourceLocation)
}

func expectHarmless(_ outcome: Program.Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    for text in [outcome.output, outcome.errors] {
        let isHarmless = text.unicodeScalars.allSatisfy { "\n\t".unicodeScalars.contains($0) || !$0.isControl }
        #expect(isHarmless, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
