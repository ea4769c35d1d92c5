import Scenario
import Testing

@testable import Workshop

/// What says nothing: texts without words, choices that read alike, figures of nothing.
@Suite struct EmptyTextTests {
    private func spoilt(_ file: String, _ piece: String, _ other: String) -> [String] {
        LessonLint.check(SmallLesson.spoilt(file, piece, other)).map(\.short)
    }

    // MARK: lesson.yaml

    @Test(arguments: [
        ("en: Look,", "en: \"\",", ["lesson.yaml:28:18: the English title is empty"]),
        ("es: Mira", "es: \"  \"", ["lesson.yaml:28:28: the Spanish title is empty"]),
        ("{ en: Look, es: Mira }", "\"\"", ["lesson.yaml:28:12: the title is empty"]),
        (
            "{ en: Slots, es: Plazas }", "{ en: \"\", es: \"\" }",
            [
                "lesson.yaml:21:55: the English control's label is empty",
                "lesson.yaml:21:63: the Spanish control's label is empty",
            ]
        ),
        (
            "values: [ 1, 2 ] }", "values: [ 1, 2 ], labels: { 2: { en: Two, es: \"\" } } }",
            ["lesson.yaml:21:122: the Spanish value's label is empty"]
        ),
        ("en: The arrow,", "en: \"\",", ["lesson.yaml:6:18: the English card's line is empty"]),
    ] as [(String, String, [String])])
    func aTextWithoutWordsIsTold(piece: String, other: String, problems: [String]) {
        #expect(spoilt("lesson.yaml", piece, other) == problems)
    }

    private static let choices = """
              - { id: right, say: { en: Twice, es: El doble }, when: flow.page.latency.max = 200ms }
              - { id: wrong, say: SAY, when: flow.page.latency.max = 300ms }
        """

    private func choices(_ say: String) -> [Problem] {
        let source = SmallLesson.spoilt(
            "lesson.yaml", "      - 100ms\n      - 200ms",
            Self.choices.replacing("SAY", with: say).replacing("        ", with: "      "))
        return LessonLint.check(source)
    }

    @Test func aChoiceHasWordsOfItsOwn() {
        #expect(choices("{ en: Thrice, es: El triple }").map(\.short) == [])
        #expect(
            choices("{ en: \"\", es: \"\" }").map(\.message) == [
                "the English choice is empty", "the Spanish choice is empty",
            ])
        for alike in ["{ en: Twice, es: El doble }", "{ en: \" twice \", es: Otra }", "{ en: Other, es: El  doble }"] {
            let problems = choices(alike)
            #expect(problems.map(\.message) == ["students read the same words in the choice \"right\""])
            #expect(problems.first?.line == 37)
        }
    }

    @Test func figuresThatReadAlikeAreTold() {
        let said = spoilt("lesson.yaml", "      - 100ms", "      - 0.1s\n      - 100ms")
        #expect(said == ["lesson.yaml:37:9: students read the same words in the choice \"0.1s\""])
    }

    // MARK: Figures

    /// Students would read a dash.
    @Test(arguments: ["{{ x alone / 0ms }}", "{{ alone / 0 }}", "{{ flow.page.latency.max after 900ms }}"])
    func aFigureOfNothingIsToldAtItsPlace(figure: String) {
        func both(_ piece: (String, String)) -> [Problem] {
            LessonLint.check(
                SmallLesson.source(
                    english: SmallLesson.english.replacing(piece.0, with: piece.0 + " " + figure),
                    spanish: SmallLesson.spanish.replacing(piece.1, with: piece.1 + " " + figure)))
        }
        let text = both(("It takes", "Tarda"))
        #expect(
            text.map(\.short) == [
                "en.md:5:13: \(figure) has no figure: the run has nothing to measure",
                "es.md:5:10: \(figure) has no figure: the run has nothing to measure",
            ])
        let summary = both(("- Waiting takes", "- Esperar lleva"))
        #expect(summary.count == 2 && summary.allSatisfy { $0.message.contains("has no figure") })
    }

    /// Where a named value has none, that is told once, and not wherever it stands.
    @Test func aNamedValueOfNothingIsToldWhereItIsDefined() {
        let yaml = SmallLesson.yaml.replacing(
            "alone: flow.page.latency.max", with: "alone: flow.page.latency.max\n  none: alone / 0")
        let english = SmallLesson.english.replacing("It takes", with: "It takes {{ none * 2 }} and")
        let spanish = SmallLesson.spanish.replacing("Tarda", with: "Tarda {{ none * 2 }} y")
        let problems = LessonLint.check(SmallLesson.source(yaml: yaml, english: english, spanish: spanish))
        #expect(
            problems.map(\.short) == [
                "lesson.yaml:24:9: the value \"none\" has no figure: the run has nothing to measure"
            ])
    }

    // MARK: Messages

    @Test func aMisspeltSettingHasASuggestion() {
        let problems = LessonLint.check(
            SmallLesson.spoilt("lesson.yaml", "- alone = 100ms", "- settings.backends.sql.concurency = 1"))
        #expect(
            problems.first?.short
                == "lesson.yaml:25:14: scenario \"one\" has no value \"backends.sql.concurency\"")
        #expect(problems.first?.suggestion == "did you mean \"concurrency\"?")
    }

    /// How many requests are too many, nobody can say of a run without an end.
    @Test func aRunWithoutDurationIsToldAlone() {
        let yaml = SmallLesson.yaml.replacing("  duration: 1s\n", with: "")
            .replacing("flow: page, at: 0s }", with: "flow: page, arrivals: { poisson: 8/s } }")
        let problems = LessonLint.check(SmallLesson.source(yaml: yaml)).map(\.message)
        #expect(problems.contains { $0.contains("needs \"duration\"") })
        #expect(!problems.contains { $0.contains("requests would come") }, "\(problems)")
    }

    @Test func aDoubledSectionIsNotToldTwice() {
        var source = SmallLesson.source()
        let twice = SmallLesson.english.replacing("It takes", with: "It lasts") + "\n\n## look\n\nAgain."
        source.english = Array(twice.utf8)
        let problems = LessonLint.check(source).map(\.short)
        #expect(problems.count { $0.contains("was changed in \"look\"") } == 1, "\(problems)")
        #expect(problems.contains("en.md:37:4: second section \"look\""), "\(problems)")
    }
}
