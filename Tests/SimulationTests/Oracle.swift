import Foundation
import Testing

/// Programs in Python that answer the same questions by other means.
enum Oracle {
    static let howTo: Comment = "needs Python with SimPy: run scripts/test, or set ENSAYO_PYTHON"

    /// `ENSAYO_PYTHON`, or the environment that `scripts/test` makes under `.build`.
    private static let python: String? = {
        let named = ProcessInfo.processInfo.environment["ENSAYO_PYTHON"]
        let path = named ?? folder.appendingPathComponent("../../../.build/oracles/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Oracles")

    static var isThere: Bool { python != nil }

    /// The lines that a script in `Oracles` writes.
    static func run(_ script: String, arguments: [String], input: String) throws -> [String] {
        let path = folder.appendingPathComponent(script).path
        let output = try ChildProcess.output(of: #require(python), arguments: [path] + arguments, input: input)
        return output.split(separator: "\n").map(String.init)
    }
}
