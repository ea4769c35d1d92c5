import Foundation
import Testing

/// The schemas for editors and the readers know the same keys: a key that is new in one is missing in the other.
@Suite struct SchemaKeyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The readers' sources, as text.
    private static func sources() throws -> String {
        let folders = ["Sources/Scenario", "Sources/Workshop/Lessons"]
        var text = ""
        for folder in folders {
            let paths = try #require(FileManager.default.subpaths(atPath: root.appending(path: folder).path))
            for path in paths.sorted() where path.hasSuffix(".swift") {
                text += try String(contentsOf: root.appending(path: "\(folder)/\(path)"), encoding: .utf8)
            }
        }
        return text
    }

    /// The names of all properties in a schema.
    private static func keys(of schema: String) throws -> Set<String> {
        let data = try Data(contentsOf: root.appending(path: "docs/\(schema)"))
        var found: Set<String> = []
        func visit(_ value: Any) {
            if let list = value as? [Any] { list.forEach(visit) }
            guard let object = value as? [String: Any] else { return }
            for (key, inner) in object {
                if key == "properties", let properties = inner as? [String: Any] {
                    found.formUnion(properties.keys)
                    properties.values.forEach(visit)
                } else {
                    visit(inner)
                }
            }
        }
        visit(try JSONSerialization.jsonObject(with: data))
        return found
    }

    private static func allKeys() throws -> Set<String> {
        try keys(of: "scenario.schema.json").union(keys(of: "lesson.schema.json"))
    }

    private static func words(_ text: String, _ pattern: String) throws -> Set<String> {
        let regex = try Regex(pattern)
        return Set(text.matches(of: regex).compactMap { $0.output[1].substring.map(String.init) })
    }

    @Test func everyKeyThatIsReadIsInTheSchema() throws {
        let sources = try Self.sources()
        var read = try Self.words(sources, #"map\.(?:required|optional)\("([A-Za-z0-9-]+)"\)"#)
        for list in try Self.words(sources, #"(?:Keys|keyKinds|flushTimings|kinds) = \[([^=]*?)\]\n"#) {
            read.formUnion(try Self.words(list, #""([A-Za-z0-9-]+)""#))
        }
        for list in try Self.words(sources, #"(?:one|some|atMostOne)\(of: \[([^\]]*)\]"#) {
            read.formUnion(try Self.words(list, #""([A-Za-z0-9-]+)""#))
        }
        #expect(read.count > 150)
        #expect(read.subtracting(try Self.allKeys()).sorted() == [])
    }

    @Test func everyKeyOfTheSchemaIsRead() throws {
        let sources = try Self.sources()
        var known = try Self.words(sources, #""([A-Za-z0-9-]+)""#)
        for list in try Self.words(sources, #"\n *case ([A-Za-z0-9, ]+)\n"#) {
            known.formUnion(list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        }
        #expect(try Self.allKeys().subtracting(known).sorted() == [])
    }
}
