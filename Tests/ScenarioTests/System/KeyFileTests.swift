import Scenario
import Testing

/// Keys that stand in files of their own.
@Suite struct KeyFileTests {
    private static func yaml(_ path: String) -> String {
        Shop.changed("at: 0s", to: "at: 0s, keys: real", adding: "keys: { real: { file: \(path) } }\n")
    }

    private func document(_ path: String, _ result: Result<[UInt8], KeyFiles.Failure>) throws -> ScenarioDocument {
        try ScenarioDocument(
            yaml: Self.yaml(path), file: "shop.yaml",
            files: KeyFiles { $0 == path ? result : .failure(.missing) })
    }

    private func said(_ path: String, _ result: Result<[UInt8], KeyFiles.Failure>) -> String {
        do {
            _ = try document(path, result)
            return ""
        } catch {
            return "\(error)"
        }
    }

    /// Records as libCacheSim writes them.
    private func records(_ ids: [UInt64]) -> [UInt8] {
        func bytes(_ number: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xff) } }
        return ids.enumerated().flatMap { index, id in
            bytes(UInt64(index), 4) + bytes(id, 8) + bytes(4096, 4) + bytes(.max, 8)
        }
    }

    @Test func aTextHasOneKeyALine() throws {
        let text = "a\n\n  user:7 \r\nb c\na"
        #expect(
            try document("traces/web.txt", .success(Array(text.utf8))).scenario.keys
                == [KeySource(name: "real", popularity: .listed(["a", "user:7", "b c", "a"]))])
    }

    @Test(arguments: ["cdn.oracleGeneral", "traces/cdn.oracleGeneral.bin"])
    func libCacheSimsRecordsAreReadByTheirIds(path: String) throws {
        let bytes = records([7, 18_446_744_073_709_551_615, 7, 258])
        #expect(
            try document(path, .success(bytes)).scenario.keys
                == [KeySource(name: "real", popularity: .listed(["7", "18446744073709551615", "7", "258"]))])
    }

    @Test func aProblemWithAFileIsShownWhereItIsNamed() {
        #expect(
            said("traces/web.txt", .failure(.missing)) == """
                shop.yaml:15:23: error: "traces/web.txt" is not there
                   15 | keys: { real: { file: traces/web.txt } }
                      |                       ^~~~~~~~~~~~~~
                   its path begins at the scenario's folder
                """)
    }

    @Test(arguments: [
        (KeyFiles.Failure.tooLarge, "\"a.txt\" is larger than 32 MiB", "take a part of it"),
        (.outside, "\"a.txt\" leads out of the scenario's folder", "copy it there"),
        (.unreadable("Permission denied"), "\"a.txt\" cannot be read: Permission denied", ""),
        (.noFolder, "\"a.txt\" cannot be read: this scenario does not come from a file", ""),
    ])
    func aFileThatCannotBeReadIsSaidToBeSo(failure: KeyFiles.Failure, message: String, suggestion: String) {
        let said = said("a.txt", .failure(failure))
        #expect(said.contains(message))
        #expect(said.contains(suggestion) || suggestion.isEmpty)
    }

    @Test func whatIsNoTraceIsRefused() {
        func said(_ bytes: [UInt8], _ path: String = "a.txt") -> String { self.said(path, .success(bytes)) }
        #expect(said([]).contains("\"a.txt\" holds no keys"))
        #expect(said(Array("a\nb\u{1b}[2J\n".utf8)).contains("is not a list of keys: line 2 cannot be one"))
        #expect(said([0x61, 0x0a, 0xff]).contains("line 2 cannot be one"))
        #expect(said(Array(repeating: 0x61, count: 251)).contains("line 1 cannot be one"))
        #expect(said(Array(repeating: 0x61, count: 250)) == "")
        let torn = said(Array(records([1, 2, 3]).dropLast()), "a.oracleGeneral")
        #expect(torn.contains("record 3 is cut off") && torn.contains("its records have 24 bytes each"))
        #expect(said([], "a.oracleGeneral").contains("holds no keys"))
        #expect(said([0x28, 0xb5, 0x2f, 0xfd, 0], "a.oracleGeneral.zst").contains("decompress it: zstd -d"))
    }

    @Test func aTraceHasAnEnd() {
        let lines = Array(String(repeating: "a\n", count: KeyTrace.most + 1).utf8)
        #expect(throws: KeyTrace.Failure.tooMany) { try KeyTrace.lines(lines) }
        let records = [UInt8](repeating: 0, count: 24 * (KeyTrace.most + 1))
        #expect(throws: KeyTrace.Failure.tooMany) { try KeyTrace.oracleGeneral(records) }
        #expect(said("a.oracleGeneral", .success(records)).contains("holds more than 1000000 requests"))
        #expect(said("a.txt", .success(Array(lines.dropLast(2)))) == "")
    }

    @Test(arguments: [
        "../a.txt", "/etc/passwd", "a/../../b", "./a", "a//b", "a/", "\"\"", "\"a\\tb\"", "'a\\b'", "..",
    ])
    func aPathStaysInTheFolder(path: String) {
        let files = KeyFiles { path in
            Issue.record("asked for \(path)")
            return .failure(.missing)
        }
        do {
            _ = try ScenarioDocument(yaml: Self.yaml(path), file: "shop.yaml", files: files)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains("is not a path below the scenario's folder"))
            #expect(error.problems.count == 1)
        }
    }

    @Test func aScenarioOnItsOwnReadsNoFiles() {
        #expect(Shop.problems(Self.yaml("a.txt")).contains("this scenario does not come from a file"))
    }

    @Test func changesDoNotReadAFileAgain() throws {
        let reads = Counter()
        let document = try ScenarioDocument(
            yaml: Self.yaml("a.txt"), file: "shop.yaml",
            files: KeyFiles { _ in
                reads.add()
                return .success(Array("a\n".utf8))
            })
        let changed = try document.setting("backends.sql.latency", to: "1s").setting("caches.sales.ttl", to: "1s")
        #expect(changed.scenario.keys == document.scenario.keys)
        #expect(reads.count == 1)
        #expect(try changed.setting("keys.real.file", to: "b.txt").scenario.keys.first?.popularity == .listed(["a"]))
        #expect(reads.count == 2)
        #expect(try changed.setting("keys.real.loop", to: "9").scenario.keys.first?.popularity == .loop(count: 9))
    }
}

/// Counts from closures; only one test at a time uses one.
private final class Counter: @unchecked Sendable {
    private(set) var count = 0
    func add() { count += 1 }
}
