import Foundation
import Testing

/// The library in somebody else's package, on the real clock, round a real HTTP call.
@Suite struct GuardedHTTPTests {
    /// Built by `scripts/test`.
    static let program = URL(filePath: #filePath).appending(path: "../../../../Examples/guarded-http/.build/debug")
        .appending(path: "guarded-http").standardized

    /// Where everything is checked, an example that is missing is a failure.
    static let isChecked = ProcessInfo.processInfo.environment["CI"] != nil

    static let isBuilt = FileManager.default.isExecutableFile(atPath: program.path)

    @Test(.enabled(if: isBuilt || isChecked, "needs the example that scripts/test builds"))
    func exampleGetsItsAnswerAtTheThirdAttempt() throws {
        let process = Process()
        process.executableURL = Self.program
        let stdout = Pipe()
        process.standardOutput = stdout
        try process.run()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            String(decoding: output, as: UTF8.self).split(separator: "\n") == [
                "attempt 1: status(503)", "next attempt in 0.04 seconds to 0.06 seconds",
                "attempt 2: timeout", "next attempt in 0.08 seconds to 0.12 seconds",
                "attempt 3: ok", "Hello, and sorry for the wait.", "breaker: closed",
            ])
    }
}
