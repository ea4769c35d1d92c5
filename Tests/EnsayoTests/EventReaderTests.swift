import Scenario
import Testing

@testable import Classroom
@testable import Workshop
@testable import ensayo

/// What comes from a classroom, and what of it is new.
@Suite struct EventReaderTests {
    private let folder = Ensayo.root.appendingPathComponent("Lessons/01-orchestration").path

    private func lessons(_ messages: [Message]) -> Int {
        messages.count { if case .opened = $0 { true } else { false } }
    }

    /// With every connection it comes again: who has it keeps it as it is, with the place in it.
    @Test func theSameLessonIsReadOnce() throws {
        var reader = EventReader()
        let package = try LessonPackage(folder: folder)
        #expect(lessons(reader.messages(.received(.lesson, package.bytes))) == 1)
        #expect(reader.messages(.lost(.connectionLost)).count == 1)
        #expect(reader.messages(.reconnected).count == 1)
        #expect(reader.messages(.received(.lesson, package.bytes)).isEmpty)
        let other = try LessonPackage(folder: folder, glossaries: [Array("terms: []".utf8)])
        #expect(lessons(reader.messages(.received(.lesson, other.bytes))) == 1)
        #expect(lessons(reader.messages(.received(.lesson, package.bytes))) == 1)
        #expect(reader.messages(.received(.lesson, [1, 2, 3])).isEmpty)
    }
}
