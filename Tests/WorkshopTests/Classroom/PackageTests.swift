import Foundation
import Testing

@testable import Workshop

/// What goes to those who follow before anything is shown.
@Suite struct PackageTests {
    private let library = LessonFolders.library

    /// The terms go along, and a term that is shown is one that everybody has.
    @Test func theTermsGoWithTheLesson() throws {
        let entry = try #require(library.entries.first)
        let package = try LessonPackage(folder: entry.folder, glossaries: library.glossaryFiles)
        let glossary = try #require(LessonPackage(bytes: package.bytes)).glossary()
        #expect(glossary == (try library.readGlossary().get()))
        #expect(glossary["retry"] != nil)
    }

    /// An author has room to add to them.
    @Test func everyLessonIsWellWithinWhatIsSent() throws {
        for entry in library.entries {
            let package = try LessonPackage(folder: entry.folder, glossaries: library.glossaryFiles)
            #expect(package.byteCount < LessonPackage.mostFileBytes / 2, "\(entry.folder)")
        }
    }

    @Test func tooMuchIsRefusedWithTheNumbersAndTheFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ensayo-package-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try #require(library.entries.first).folder
        let lesson = folder + "/01-mi_lección"
        try FileManager.default.copyItem(atPath: first, toPath: lesson)
        try FileManager.default.createDirectory(atPath: lesson + "/traces", withIntermediateDirectories: true)
        // Any name of a folder can be sent.
        #expect(LessonPackage(bytes: try LessonPackage(folder: lesson).bytes)?.folder == "01-mi-lecci-n")
        let trace = lesson + "/traces/long.csv"
        try Data(repeating: 65, count: 1_000_000).write(to: URL(filePath: trace))
        #expect(throws: Never.self) { try LessonPackage(folder: lesson) }
        try Data(repeating: 65, count: 1_048_000).write(to: URL(filePath: trace))
        #expect(problem(lesson)?.contains("1024 KiB is the most") == true)
        #expect(problem(lesson)?.hasSuffix("\"traces/long.csv\" alone has 1024") == true)
        try Data(repeating: 65, count: 3_000_000).write(to: URL(filePath: trace))
        #expect(problem(lesson)?.hasSuffix("\"traces/long.csv\" alone has 2930") == true)
        try FileManager.default.removeItem(atPath: trace)
        for number in 0...100 { try Data().write(to: URL(filePath: "\(lesson)/traces/\(number).csv")) }
        #expect(problem(lesson)?.contains("and 100 are the most") == true)
        try FileManager.default.removeItem(atPath: lesson + "/es.md")
        #expect(problem(lesson) == "es.md cannot be read")
    }

    private func problem(_ folder: String) -> String? {
        do throws(LessonPackage.Problem) {
            _ = try LessonPackage(folder: folder)
            return nil
        } catch {
            return error.description
        }
    }
}
