import Foundation

enum ChildProcess {
    struct Failure: Error {
        var status: Int32
        var output: String
    }

    /// What a program writes when it is given some input. Throws when it ends with a status other than 0.
    static func output(of path: String, arguments: [String], input: String = "") throws -> String {
        let process = Process()
        let stdin = Pipe()
        let stdout = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        // Written from a thread of its own: both pipes could be full.
        let writer = SideThread {
            stdin.fileHandleForWriting.write(Data(input.utf8))
            try? stdin.fileHandleForWriting.close()
        }
        let data = try stdout.fileHandleForReading.readToEnd() ?? Data()
        writer.join()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        if process.terminationStatus != 0 { throw Failure(status: process.terminationStatus, output: text) }
        return text
    }
}
