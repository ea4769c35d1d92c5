import TerminalKit
import Testing

@testable import Workshop

/// The page of keys has those of the screen it lies over.
@Suite struct KeyPageTests {
    private func commands(_ student: Student) -> Set<Command> {
        Set(student.app.keyGroups.flatMap(\.lines).flatMap(\.commands))
    }

    @Test func theMenusOwnKeysComeFirst() throws {
        let student = try Student()
        #expect(student.app.keyGroups.first?.title(.english) == "The lessons")
        #expect(commands(student).isDisjoint(with: [.playPause, .hint, .fault, .zoom]))
        student.press("?").expect(text: "search the lessons").expect(text: "my answers")
            .expect(noText: "inject a fault")
    }

    /// The footer tells how to go on from there: pop-ups stand above it.
    @Test func thePageLeavesTheFooterInView() throws {
        for height in 21...24 {
            let student = Student(try RehearsalLesson.make(), size: Size(width: 60, height: height)).at("look")
            let footer = student.app.view().rows.last
            student.press("?").expect(text: "Keys")
            #expect(student.app.view().rows.last == footer, "\(height) rows")
        }
    }

    @Test(arguments: ["words", "both", nil] as [String?]) func withoutARunThereAreNoKeysForIt(step: String?) throws {
        let student = try Student().at(step)
        #expect(commands(student).isDisjoint(with: [.playPause, .why, .goTo, .fault, .zoom, .lower, .up, .search]))
        #expect(commands(student).isSuperset(of: [.nextStep, .outline, .glossary, .record, .close]))
    }

    @Test func aQuestionsKeysComeFirstUntilItIsAnswered() throws {
        let student = try Student().at("both")
        #expect(student.app.keyGroups.first?.title(.english) == "The question")
        student.press("2 enter")
        #expect(student.app.keyGroups.first?.title(.english) == "Lesson")
        #expect(commands(student).contains(.watchIt))
    }

    @Test func keysOfOtherStepsAreLeftOut() throws {
        let watch = commands(try Student().at("look"))
        #expect(watch.isDisjoint(with: [.confirm, .watchIt, .solution, .hint, .search]))
        #expect(watch.isSuperset(of: [.playPause, .fault, .undo, .zoom]))
        // What will do something later is listed.
        #expect(commands(try Student().at("faster")).isSuperset(of: [.confirm, .solution, .hint, .lower]))
    }
}
