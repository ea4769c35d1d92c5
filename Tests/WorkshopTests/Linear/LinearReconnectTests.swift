import Scenario
import Testing

@testable import Workshop

/// A connection that is lost and there again, by ear.
@Suite struct LinearReconnectTests {
    /// The lesson and what is shown of it come again, and nothing of it is told again.
    @Test func theLessonIsNotToldAgain() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = Student(lesson, presenter: PresenterState()).at("look")
        let shown = ClassListener.Entry.message(.followed(try #require(LessonSnapshot(presenter.app))))
        let settle = ClassListener.Entry.wait(.seconds(2))
        let said = ClassListener(lesson).hear([
            shown, settle, .message(.instructorLost(.connection)), settle, .message(.instructorLost(nil)),
            .message(.opened(.success(lesson))), settle, shown, settle,
        ])
        let back = said.dropFirst(5).flatMap(\.self).text
        #expect(back.contains("The connection is there again."), "\(back)")
        #expect(!back.contains(lesson.card.learn[0].en), "\(back)")
        #expect(!back.contains("Watch the first arrow."), "\(back)")
    }

    /// A silence is told when it begins and when it ends, and not every second between.
    @Test func aSilenceIsToldOnce() throws {
        let lesson = try RehearsalLesson.make()
        let presenter = Student(lesson, presenter: PresenterState()).at("look")
        let shown = ClassListener.Entry.message(.followed(try #require(LessonSnapshot(presenter.app))))
        let settle = ClassListener.Entry.wait(.seconds(2))
        let said = ClassListener(lesson).hear([
            shown, settle, .message(.instructorQuiet(6)), settle, .message(.instructorQuiet(7)), settle,
            .message(.instructorQuiet(nil)), settle,
        ]).flatMap(\.self).text
        #expect(said.ranges(of: "No word for").count == 1, "\(said)")
        #expect(said.contains("No word for 6 s.") && said.contains("The presenter is heard again."), "\(said)")
    }
}
