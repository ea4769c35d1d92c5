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
}
