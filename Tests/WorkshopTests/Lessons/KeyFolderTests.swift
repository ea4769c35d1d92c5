import Foundation
import Scenario
import Testing

@testable import Workshop

/// Files of keys are read from the scenario's folder, and from nowhere else.
@Suite struct KeyFolderTests {
    private static let yaml = """
        duration: 1s
        backends: { sql: { latency: 1ms } }
        keys: { real: { file: traces/web.txt } }
        flows: { read: [ call: { to: sql.get, key: $key } ] }
        clients: { web: { flow: read, keys: real, at: 0s } }
        """

    /// Runs in a folder with a trace, and with links out of it.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        let traces = "\(root)/lesson/traces"
        try FileManager.default.createDirectory(atPath: traces, withIntermediateDirectories: true)
        for path in ["\(traces)/web.txt", "\(root)/secret.txt"] {
            try Data("a\nb\n".utf8).write(to: URL(filePath: path))
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(traces)/out.txt", withDestinationPath: "\(root)/secret.txt")
        try FileManager.default.createSymbolicLink(atPath: "\(traces)/in.txt", withDestinationPath: "web.txt")
        try body("\(root)/lesson")
    }

    private func said(_ path: String, in folder: String) -> String {
        do {
            _ = try ScenarioDocument(
                yaml: Self.yaml.replacing("traces/web.txt", with: path), file: "\(folder)/shop.yaml",
                files: .beside("\(folder)/shop.yaml"))
            return ""
        } catch {
            return error.problems.map(\.message).joined(separator: "\n")
        }
    }

    @Test func aScenarioReadsTheFilesBesideIt() throws {
        try inFolder { folder in
            let document = try ScenarioDocument(
                yaml: Self.yaml, file: "\(folder)/shop.yaml", files: .beside("\(folder)/shop.yaml"))
            #expect(document.scenario.keys == [KeySource(name: "real", popularity: .listed(["a", "b"]))])
            #expect(said("traces/in.txt", in: folder) == "")
        }
    }

    @Test func aLinkDoesNotLeadOutOfTheFolder() throws {
        try inFolder { folder in
            #expect(said("traces/out.txt", in: folder) == "\"traces/out.txt\" leads out of the scenario's folder")
        }
    }

    @Test func whatCannotBeReadIsSaid() throws {
        try inFolder { folder in
            #expect(said("traces/wbe.txt", in: folder) == "\"traces/wbe.txt\" is not there")
            #expect(said("traces/web.txt/a", in: folder) == "\"traces/web.txt/a\" is not there")
            #expect(said("traces", in: folder) == "\"traces\" cannot be read: it is not a regular file")
            let large = "\(folder)/large.txt"
            #expect(FileManager.default.createFile(atPath: large, contents: nil))
            let file = try FileHandle(forWritingTo: URL(filePath: large))
            try file.truncate(atOffset: UInt64(KeyFiles.largest + 1))
            try file.close()
            #expect(said("large.txt", in: folder) == "\"large.txt\" is larger than 32 MiB")
        }
    }

    @Test func aLessonReadsTheFilesInItsFolder() throws {
        try inFolder { folder in
            var source = SmallLesson.source(others: ["traces"])
            #expect(LessonLint.check(source).isEmpty, "a lesson may have a folder of traces")
            source.keyFiles = .below(folder)
            let reader = YAMLReader()
            let root = try #require(reader.parse("main:\n" + Self.yaml.indented, file: "lesson.yaml"))
            let scenarios = LessonScenarioReader(reader: reader, files: source.keyFiles, tryingChanges: true)
                .scenarios(root, system: nil)
            try reader.finish()
            #expect(scenarios.first?.document.scenario.keys.first?.popularity == .listed(["a", "b"]))
        }
    }
}

extension String {
    fileprivate var indented: String { split(separator: "\n").map { "  \($0)\n" }.joined() }
}
