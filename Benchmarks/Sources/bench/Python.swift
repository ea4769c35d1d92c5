import Foundation

/// Scripts that measure what is not ours, in the Python that `scripts/bench` names in `ENSAYO_PYTHON`.
enum Python {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The number that a script prints.
    static func number(_ script: String, _ arguments: [String]) throws -> Double {
        guard let python = ProcessInfo.processInfo.environment["ENSAYO_PYTHON"] else {
            throw Failure(description: "ENSAYO_PYTHON is not set: use scripts/bench")
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [folder + script] + arguments
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, let number = Double(text) else {
            throw Failure(description: "\(script) printed: \(text)")
        }
        return number
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        .standardized.path
    private static let folder = root + "/Benchmarks/python/"
}
