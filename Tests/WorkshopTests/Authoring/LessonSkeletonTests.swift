import Foundation
import Scenario
import Testing

@testable import Workshop

/// A new lesson has nothing wrong with it, whatever it is called.
@Suite struct LessonSkeletonTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static func kept(_ file: String) throws -> String {
        try String(contentsOfFile: "\(root)/Assets/\(LessonSkeleton.folder)/\(file)", encoding: .utf8)
    }

    private func lesson(_ id: String, _ title: String?, _ spanish: String?) throws -> LessonSource {
        let skeleton = try LessonSkeleton(id: id, title: title, spanish: spanish, schema: "../lesson.schema.json")
        func bytes(_ file: String) throws -> [UInt8] {
            Array(skeleton.renamed(try Self.kept(file), file: file).utf8)
        }
        var source = LessonSource(
            folder: "lessons/03-\(id)", yaml: try bytes("lesson.yaml"), english: try bytes("en.md"),
            spanish: try bytes("es.md"))
        source.agreed = Array(TextAgreement(of: source).text.utf8)
        return source
    }

    @Test func aNewLessonPassesLint() throws {
        #expect(LessonLint.check(try lesson("queues", "Queues", "Colas")).map(\.description) == [])
    }

    @Test func titlesMayHoldAnythingThatFits() throws {
        let title = "\"Why\": {{ 1 }} # \\ 'it' – 100%?"
        let lesson = try LessonReader.read(try lesson("why", title, "¿Por qué?"))
        #expect(lesson.title == LocalizedText(en: title, es: "¿Por qué?"))
        #expect(lesson.id == "why")
    }

    @Test func aTitleCanBeLeftOut() throws {
        let bare = try LessonReader.read(try lesson("queue-basics", nil, nil))
        #expect(bare.title == LocalizedText(en: "Queue basics", es: "Queue basics"))
        let spanish = try LessonReader.read(try lesson("queues", nil, "Colas"))
        #expect(spanish.title == LocalizedText(en: "Colas", es: "Colas"))
    }

    @Test func theFirstLineIsForEditors() throws {
        let yaml = String(decoding: try #require(try lesson("queues", nil, nil).yaml), as: UTF8.self)
        #expect(yaml.hasPrefix("# yaml-language-server: $schema=../lesson.schema.json\n"))
    }

    @Test func theSkeletonHasAStepOfEachKind() throws {
        let lesson = try LessonReader.read(try lesson("queues", nil, nil))
        #expect(lesson.steps.map(\.kindName) == ["read", "watch", "predict", "experiment", "challenge"])
        for language in Language.allCases {
            for step in lesson.text(language).steps { #expect(!step.notes.isEmpty, "\(step.id)") }
        }
    }

    @Test(arguments: [
        ("Queue basics", "use queue-basics"), ("15-queues", "use queues"), ("QUEUES", "use queues"),
        ("colas y ñandúes", "use colas-y-nandues"), ("../../etc", "use etc"), ("-", nil), ("", nil), ("42", nil),
        ("\u{1b}[2J", "use j"), ("queues-", "use queues"), ("a/b", "use a-b"),
    ])
    func aBadIDIsRefusedWithAGoodOne(id: String, suggestion: String?) throws {
        let error = #expect(throws: ScenarioError.self) {
            try LessonSkeleton(id: id, title: nil, spanish: nil, schema: nil)
        }
        let problem = try #require(error?.problems.first)
        #expect(
            problem.suggestion
                == suggestion ?? "ids have small letters, digits and -, and begin with a letter: queue-basics")
        #expect(problem.description.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7f })
    }

    @Test(arguments: ["", "two\nlines", "\u{1b}[31mred"])
    func aBadTitleIsRefused(title: String) {
        #expect(throws: ScenarioError.self) {
            try LessonSkeleton(id: "queues", title: title, spanish: nil, schema: nil)
        }
    }
}
