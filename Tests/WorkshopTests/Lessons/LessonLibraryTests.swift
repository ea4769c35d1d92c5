import Foundation
import Scenario
import Testing

@testable import Workshop

@Suite struct LessonLibraryTests {
    private func library(_ folders: [String]) throws -> LessonLibrary {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("lessons-\(UUID())").path
        for folder in folders {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: root) }
        return LessonLibrary(folder: root)
    }

    @Test func foldersAreSortedByNumber() throws {
        let library = try library(["10-saga", "02-fusion", "01-orchestration", "notes", ".hidden-1", "x-y"])
        #expect(library.entries.map(\.number) == [1, 2, 10])
        #expect(library.entries.map(\.id) == ["orchestration", "fusion", "saga"])
    }

    @Test(arguments: ["timeouts", "3", "03", "03-timeouts", "tim"])
    func aLessonIsFoundByIdNumberFolderAndBeginning(name: String) throws {
        #expect(try library(["01-orchestration", "03-timeouts", "14-tracing"]).entry(name).id == "timeouts")
    }

    @Test(arguments: [
        ("timeout5", "there is no lesson \"timeout5\"", "did you mean \"timeouts\"?"),
        ("t", "\"t\" could be any of: timeouts, tracing", nil),
        ("", "there is no lesson \"\"", "lessons: timeouts, tracing"),
        ("9", "there is no lesson \"9\"", "lessons: timeouts, tracing"),
        ("\u{1b}[31m", "there is no lesson \"␛[31m\"", "lessons: timeouts, tracing"),
    ])
    func otherNamesAreExplained(name: String, message: String, suggestion: String?) throws {
        let library = try library(["03-timeouts", "14-tracing"])
        let error = try #require(throws: ScenarioError.self) { try library.entry(name) }
        #expect(error.problems.map(\.message) == [message])
        #expect(error.problems.map(\.suggestion) == [suggestion])
    }

    @Test func aFolderThatIsNotThereHasNoLessons() throws {
        let library = LessonLibrary(folder: "/nowhere")
        #expect(library.entries.isEmpty)
        let error = try #require(throws: ScenarioError.self) { try library.load("1") }
        #expect(error.problems.first?.suggestion == "the folder has no lessons")
    }

    @Test func aFileThatIsMissingIsReported() throws {
        let error = try #require(throws: ScenarioError.self) {
            try LessonReader.read(LessonLibrary.source(folder: "/nowhere/01-x"))
        }
        #expect(error.problems.map(\.short) == ["lesson.yaml: the file is missing"])
    }
}
