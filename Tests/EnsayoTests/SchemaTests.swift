import Foundation
import Scenario
import TestPrograms
import Testing

/// A Python that has the validator.
private let validator = Program.python(having: "jsonschema")

/// The JSON Schemas that editors read: what lint takes is valid, and what it refuses mostly is not.
@Suite(.enabled(if: validator != nil, "no Python with jsonschema: run scripts/test")) struct SchemaTests {
    static let root = Ensayo.root
    private static let lessons = "lesson.schema.json"
    private static let scenarios = "scenario.schema.json"

    /// What a validator that we did not write says about documents, by their names.
    private func said(_ documents: [String: Any], _ schema: String, isPart: Bool = false) throws -> [String] {
        let request: [String: Any] = [
            "folder": Self.root.appendingPathComponent("docs").path, "schema": schema, "documents": documents,
            "isPart": isPart,
        ]
        let script = Self.root.appendingPathComponent("Tests/EnsayoTests/Oracles/schema.py").path
        let input = String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
        let outcome = try Program.run(try #require(validator), [script], input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// YAML 1.2 as JSON.
    private static func json(_ yaml: String) throws -> Any {
        let reader = YAMLReader()
        let node = reader.parse(yaml, file: "test.yaml")
        try reader.finish()
        return json(try #require(node))
    }

    private static func json(_ node: YAMLNode) -> Any {
        switch node.content {
        case .sequence(let items): return items.map(json)
        case .mapping(let entries):
            return Dictionary(entries.map { ($0.key, json($0.value)) }) { first, _ in first }
        case .scalar(let text, let plain):
            if node.isNull { return NSNull() }
            if !plain { return text }
            if text == "true" || text == "false" { return text == "true" }
            if let number = Int64(text), "\(number)" == text { return number }
            if let number = UInt64(text), "\(number)" == text { return number }
            if text.contains("."), let number = Double(text) { return number }
            return text
        }
    }

    /// The fenced blocks of a page that begin with this line.
    private static func blocks(_ fence: String, in page: String) throws -> [String: Any] {
        var found: [String: Any] = [:]
        for (place, piece) in try text(page).components(separatedBy: "\n```\(fence)\n").dropFirst().enumerated() {
            found["\(page), block \(place + 1)"] = try json(piece.components(separatedBy: "\n```")[0])
        }
        return found
    }

    @Test func everyLessonIsValid() throws {
        let folder = Self.root.appendingPathComponent("Lessons").path
        var paths = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("-") }
            .map { "Lessons/\($0)" }
        paths.append("Assets/skeleton/01-new-lesson")
        #expect(paths.count > 10)
        var documents = try Self.blocks("yaml", in: "docs/lessons.md").filter { $0.key.hasSuffix("block 1") }
        for path in paths { documents[path] = try Self.json(try Self.text("\(path)/lesson.yaml")) }
        #expect(try said(documents, Self.lessons) == [])
    }

    @Test func everyExampleOfTheGuideIsValid() throws {
        let files = try Self.blocks("yaml", in: "docs/scenario.md")
        let parts = try Self.blocks("yaml part", in: "docs/scenario.md")
        #expect(files.count >= 1 && parts.count > 30)
        #expect(try said(files, Self.scenarios) == [])
        #expect(try said(parts, Self.scenarios, isPart: true) == [])
        #expect(try said(Self.blocks("yaml", in: "docs/diagrams.md"), Self.scenarios, isPart: true) == [])
    }

    /// Mistakes in the skeleton, each in one place.
    @Test func mistakesAreNotValid() throws {
        let good = try Self.text("Assets/skeleton/01-new-lesson/lesson.yaml")
        let mistakes = [
            ("format: 1", "format: 2"), ("id: new-lesson", "ident: new-lesson"), ("es: \"Lección nueva\"", "fr: Leçon"),
            ("omits: #", "omit: #"), ("concurrency: 1 }", "concurrency: many }"),
            ("latency: 100ms", "latency: 100"),
            ("latency: 100ms", "latency: { fixd: 100ms }"), ("latency: 100ms", "latncy: 100ms"),
            ("poisson: 8/s", "poisson: 8"), ("poisson: 8/s", "poison: 8/s"), ("call: shop.read", "cal: shop.read"),
            ("call: shop.read", "call: shop"), ("panels: [ topology ]", "panels: [ topologie ]"),
            ("panels: [ topology ]", "panels: topology"), ("speed: 0.1x", "speed: 0.1"), ("stop: 100ms", "stop: 100"),
            ("read: welcome", "reed: welcome"), ("answer: flow", "anser: flow"),
            ("choices: [ 100ms, 150ms, 200ms ]", "choices: [ 100ms ]"), ("minutes: 3", "minutes: 300"),
            ("solution: {", "solutions: {"), ("{ that: flow", "{ this: flow"), ("pair = 200ms", "pair"),
            ("at: [ 0s, 0s ]", "at: [ 0, 0 ]"), ("label: { en: Slots, es: Plazas }", "lable: Slots"),
        ]
        var documents: [String: Any] = [:]
        for (place, (piece, other)) in mistakes.enumerated() {
            #expect(good.contains(piece), "\(piece)")
            let range = try #require(good.range(of: piece))
            documents["\(place) \(other)"] = try Self.json(good.replacingCharacters(in: range, with: other))
        }
        let found = Set(try said(documents, Self.lessons).compactMap { $0.components(separatedBy: ": ").first })
        let missed = documents.keys.filter { name in !found.contains { name.hasPrefix($0) } }.sorted()
        #expect(missed == [])
    }
}
