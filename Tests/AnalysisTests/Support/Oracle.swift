import Foundation

/// Python with libraries that we did not write, to compare with: `scripts/test` prepares it.
enum Oracle {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// `nil`: not prepared on this machine.
    static let python: String? = {
        let candidates: [String?] = [
            ProcessInfo.processInfo.environment["ENSAYO_PYTHON"],
            root.appending(path: ".build/oracles/bin/python3").path,
        ]
        return candidates.compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static var isReady: Bool { python != nil }

    /// Runs a script with text on its standard input; returns what it prints. Throws what it says on failure.
    static func run(_ script: String, input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: python ?? "")
        process.arguments = ["-c", script, root.path]
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        let words = try stderr.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(words: String(decoding: words, as: UTF8.self)) }
        return String(decoding: output, as: UTF8.self)
    }

    struct Failure: Error, CustomStringConvertible {
        var words: String
        var description: String { words }
    }
}
