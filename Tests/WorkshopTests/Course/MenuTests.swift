import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The menu as a course: its parts, how far the student is, and the search.
@Suite struct MenuTests {
    static let covers = [
        cover(1, "first", "First steps", steps: ["Arrow", "Café", "Knee"]),
        cover(3, "second", "Second thoughts", steps: ["Queue", "Arrow back"]),
        cover(9, "third", "Third party", steps: ["Only"]),
    ]
    static let course = Course(
        parts: [
            Course.Part(title: LocalizedText(en: "Beginnings", es: "Comienzos"), lessons: ["first", "third"]),
            Course.Part(title: LocalizedText(en: "Later", es: "Después"), lessons: ["second"]),
        ], needs: ["third": ["first"]])

    static func cover(_ number: Int, _ id: String, _ title: String, steps: [String]) -> LessonCover {
        LessonCover(
            folder: "Lessons/\(number)-\(id)", number: number, id: id, title: LocalizedText(title),
            card: LessonCard(learn: [LocalizedText("What \(id) teaches")]),
            steps: steps.map { LessonCover.Step(id: $0.lowercased(), title: LocalizedText($0)) }, minutes: 5)
    }

    private func app(_ progress: Progress = Progress(), size: Size = Size(width: 80, height: 24)) -> App {
        App(
            lessons: Self.covers, course: Self.course, progress: progress, language: .english, size: size,
            settings: DisplaySettings())
    }

    private func press(_ app: inout App, _ keys: String) -> [Effect] {
        keys.split(separator: " ").flatMap { Key(String($0)).map { app.update(.key($0)) } ?? [] }
    }

    private func opened(_ effects: [Effect]) -> String? {
        effects.compactMap { if case .open(let cover) = $0 { cover.id } else { nil } }.first
    }

    @Test func lessonsStandInTheOrderOfTheCourse() {
        var app = app()
        let rows = app.view().rows.map { String($0.prefix(44)) }
        let places = ["Beginnings", "First steps", "Third party", "Later", "Second thoughts"].map { text in
            rows.firstIndex { $0.contains(text) } ?? -1
        }
        #expect(places == places.sorted() && !places.contains(-1), "\(rows.joined(separator: "\n"))")
        // Headings are passed over.
        #expect(opened(press(&app, "down down enter")) == "second")
    }

    @Test func whatALessonBuildsOnIsAdvisedAndNotLocked() {
        var app = app()
        _ = press(&app, "down")
        #expect(app.view().rows.contains { $0.contains("Better after 1 First steps") })
        #expect(opened(press(&app, "enter")) == "third")
        var done = Progress()
        done.lessons["first"] = LessonProgress()
        done.lessons["first"]?.isFinished = true
        var second = self.app(done)
        _ = press(&second, "g down")
        #expect(second.view().rows.contains { $0.contains("Builds on 1 First steps") })
    }

    @Test func theMenuSaysWhereToGoOn() {
        var progress = Progress()
        progress.lessons["second"] = LessonProgress()
        progress.lessons["second"]?.step = "arrow back"
        progress.lessons["second"]?.done = ["queue"]
        progress.last = "second"
        var app = app(progress)
        let line = app.view().rows.dropLast().last ?? ""
        #expect(line.contains("Continue where you were: 3 Second thoughts, step 2 of 2: Arrow back"))
        #expect(opened(press(&app, "g n")) == "second")
    }

    @Test func progressCountsStepsOfLessonsThatAreThere() {
        var progress = Progress()
        progress.lessons["first"] = LessonProgress()
        progress.lessons["first"]?.done = ["arrow", "gone", "café"]
        progress.lessons["third"] = LessonProgress()
        progress.lessons["third"]?.isFinished = true
        progress.lessons["elsewhere"] = LessonProgress()
        let course = CourseProgress(lessons: Self.covers, progress: progress)
        #expect(course.finished == 1)
        #expect(course.share == 3.0 / 6)
        #expect(course.next?.lesson.id == "first")
    }

    @Test func aSearchKnowsNoAccentsAndNoCase() {
        let hits = SearchHit.all(for: SearchQuery("CAFE"), in: Self.covers, Glossary(), .english)
        #expect(hits.map(\.place) == [.step(1)])
        let words = SearchHit.all(for: SearchQuery("back arr"), in: Self.covers, Glossary(), .english)
        #expect(words.map(\.text) == ["Arrow back"])
        let cards = SearchHit.all(for: SearchQuery("teaches"), in: Self.covers, Glossary(), .english)
        #expect(cards.map(\.place) == [.card, .card, .card])
    }

    @Test func typingFiltersAndEnterOpensAtTheStep() {
        var app = app()
        _ = press(&app, "/ k n e e")
        #expect(app.view().rows.contains { $0.contains("step 3") })
        #expect(!app.view().rows.contains { $0.contains("Second thoughts") && $0.contains("▸") })
        #expect(opened(press(&app, "enter")) == "first")
        #expect(app.stepToOpen == "knee")
    }

    @Test func escapeLeavesTheSearchFirst() {
        var app = app()
        #expect(!press(&app, "/ q escape").contains { if case .quit = $0 { true } else { false } })
        #expect(app.view().rows.contains { $0.contains("Beginnings") })
    }

    @Test(arguments: [(60, 16), (80, 24), (120, 40), (200, 60)]) func everySizeShowsTheChosenLesson(size: (Int, Int)) {
        for language in Language.allCases {
            var app = app(size: Size(width: size.0, height: size.1))
            app.language = language
            for (row, title) in ["First steps", "Third party", "Second thoughts"].enumerated() {
                _ = press(&app, "g" + String(repeating: " down", count: row))
                #expect(app.view().rows.contains { $0.contains("▸") && $0.contains(title) })
            }
        }
    }

    // MARK: Lessons to come

    private func appWithOneToCome(_ covers: [LessonCover] = covers, size: Size = Size(width: 80, height: 24)) -> App {
        let coming = Course.Coming(id: "new", number: 2, title: LocalizedText(en: "Not yet", es: "Aún no"))
        let other = Course.Coming(id: "other", number: 10, title: LocalizedText("Other"))
        let course = Course(parts: [
            Course.Part(
                title: LocalizedText(en: "All", es: "Todo"),
                entries: [.lesson("first"), .coming(coming), .lesson("second"), .lesson("third")]),
            Course.Part(title: LocalizedText("Nothing yet"), entries: [.coming(other)]),
        ])
        return App(
            lessons: covers, course: course, progress: Progress(), language: .english, size: size,
            settings: DisplaySettings())
    }

    @Test func aLessonToComeIsToldAndPassedOver() {
        var app = appWithOneToCome()
        let row = app.view().rows.first { $0.contains("Not yet") } ?? ""
        #expect(row.contains(" 2 Not yet") && row.contains("to come"))
        #expect(!app.view().rows.contains { $0.contains("Nothing yet") }, "nothing of this part is there")
        #expect(opened(press(&app, "down enter")) == "second")
        _ = press(&app, "l")
        #expect(app.view().rows.contains { $0.contains("Aún no") && $0.contains("próximamente") })
    }

    @Test func aLessonToComeIsHeardAndCountsForNothing() {
        let app = appWithOneToCome()
        let said = Narrator().news(from: nil, to: app).joined(separator: " ")
        #expect(said.contains("1 First steps, 5 minutes. 2 Not yet, to come. 3 Second thoughts"), "\(said)")
        #expect(said.contains("0 of 3 finished."))
    }

    @Test func aLessonThatHasComeIsALesson() {
        let app = appWithOneToCome(Self.covers + [Self.cover(2, "new", "Here it is", steps: ["One"])])
        let rows = app.view().rows.filter { $0.contains("Here it is") || $0.contains("Not yet") }
        #expect(rows.count == 1 && rows[0].contains("Here it is"), "\(rows)")
    }

    @Test(arguments: [(60, 16), (80, 24), (120, 40)]) func toComeFitsInEveryMenu(size: (Int, Int)) {
        for language in Language.allCases {
            var app = appWithOneToCome(size: Size(width: size.0, height: size.1))
            app.language = language
            let word = language.text("to come", "próximamente")
            #expect(app.view().rows.contains { $0.contains(" 2 ") && $0.contains(word) })
        }
    }
}
