import Foundation

/// The Python with the packages of `scripts/oracles.txt`: implementations that we did not write.
enum Python {
    /// `ENSAYO_PYTHON`, or the environment that `scripts/test` makes under `.build`.
    static let path: String? = {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let path =
            ProcessInfo.processInfo.environment["ENSAYO_PYTHON"]
            ?? root.appending(path: ".build/oracles/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    static let isThere = path != nil

    /// The script ended with an error; it has said on stderr which.
    struct Failure: Error {
        var status: Int32
    }

    /// Runs a script that reads `input` on stdin. Returns the lines that it prints.
    static func lines(_ script: String, _ arguments: [String] = [], input: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: path ?? "")
        process.arguments = ["-c", script] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (stdin, stdout)
        // A script that ends before it has read everything must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        try process.run()
        // The input may be larger than a pipe: write it while the answers are read.
        let writer = Thread {
            try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? stdin.fileHandleForWriting.close()
        }
        writer.start()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
