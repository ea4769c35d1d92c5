import Scenario
import Testing

@testable import Workshop

/// One slip gives one message, at the slip: what only follows from it is not told.
@Suite struct OneSlipTests {
    private func said(_ source: LessonSource) -> [String] { LessonLint.check(source).map(\.short) }

    struct Slip: CustomTestStringConvertible {
        var piece: String
        var other: String
        var problem: String
        var testDescription: String { other }

        init(_ piece: String, _ other: String, _ problem: String) {
            (self.piece, self.other, self.problem) = (piece, other, problem)
        }
    }

    static let names = [
        Slip(
            "scenario: two\n    panels: [ sequence, ", "scenario: pear\n    panels: [ sequence, ",
            "lesson.yaml:32:15: unknown scenario \"pear\""),
        Slip(
            "scenario: two\n    panels: [ sequence ]", "scenario: pear\n    panels: [ sequence ]",
            "lesson.yaml:40:15: unknown scenario \"pear\""),
        Slip("predict: both", "predct: both", "lesson.yaml:30:5: unknown key \"predct\" in a step"),
        Slip("values:\n  alone", "main: bussy\nvalues:\n  alone", "lesson.yaml:22:7: unknown scenario \"bussy\""),
        Slip(
            "values:\n  alone", "main: []\nvalues:\n  alone",
            "lesson.yaml:22:7: expected the name of a scenario, found a list"),
        Slip(
            "answer: flow.page.latency.max", "answer: flow.page.latency.max of pear",
            "lesson.yaml:34:38: unknown scenario \"pear\""),
        Slip(
            "    answer: flow.page.latency.max\n", "",
            "lesson.yaml:30:5: a step needs \"answer\" to compare the choices with"),
        Slip("answer: flow", "anwser: flow", "lesson.yaml:34:5: unknown key \"anwser\" in a step"),
        Slip("call: sql.read", "call: sqll.read", "lesson.yaml:14:21: there is no backend \"sqll\""),
        Slip("scenarios:", "scenario:", "lesson.yaml:15:1: unknown key \"scenario\" in the lesson"),
        Slip(
            "  duration: 1s\n", "  duration: 1s\n  interventions: [ { at: 30s, kill: sql } ]\n",
            "lesson.yaml:11:26: 30s is after the end of the run, 1s"),
    ]

    @Test(arguments: names) func aNameIsToldAlone(_ slip: Slip) {
        #expect(said(SmallLesson.spoilt("lesson.yaml", slip.piece, slip.other)) == [slip.problem])
    }

    @Test func aMistakeOfTheSystemIsToldOnceWhateverTheScenariosSay() {
        let yaml = SmallLesson.yaml.replacing("  one:\n", with: "  one:\n    duration: 2s\n")
            .replacing("  duration: 1s\n", with: "  duration: 1s\n  interventions: [ { at: 30s, kill: sql } ]\n")
        #expect(said(SmallLesson.source(yaml: yaml)) == ["lesson.yaml:11:26: 30s is after the end of the run, 2s"])
    }

    @Test(arguments: [
        ("- predict: both", "  predict: both", "lesson.yaml:30:5: a step begins with -", "write - predict: both"),
        (
            "- challenge: faster", "  challenge: faster", "lesson.yaml:38:5: a step begins with -",
            "write - challenge: faster"
        ),
        (
            "- predict: both", "predict: both", "lesson.yaml:30:3: this line does not fit the list above",
            "begin it with - or indent it"
        ),
    ])
    func aStepThatLostItsDash(piece: String, other: String, problem: String, suggestion: String) {
        let problems = LessonLint.check(SmallLesson.spoilt("lesson.yaml", piece, other))
        #expect(problems.map(\.short) == [problem])
        #expect(problems.first?.suggestion == suggestion)
    }

    @Test func anItemThatLostItsDashBeforeTheSameKey() {
        let yaml = SmallLesson.yaml.replacing(
            "      - { set: backends.sql.concurrency, label: { en: Slots, es: Plazas }, values: [ 1, 2 ] }",
            with: """
                      - set: backends.sql.concurrency
                        label: { en: Slots, es: Plazas }
                        values: [ 1, 2 ]
                        set: backends.sql.latency
                        label: { en: Latency, es: Latencia }
                        values: [ 10ms, 100ms ]
                """)
        let problems = LessonLint.check(SmallLesson.source(yaml: yaml))
        #expect(problems.map(\.short) == ["lesson.yaml:24:9: duplicate key \"set\", first in line 21"])
        #expect(problems.first?.suggestion == "an item of a list begins with -: write - set: ...")
    }

    @Test(arguments: ["# both", "#both", "##both", "### both", "#### both", "#  both "])
    func aSectionWithAnotherSign(heading: String) {
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "## both", heading))
        #expect(problems.map(\.short) == ["en.md:9:1: a section begins with ##"])
        #expect(problems.first?.suggestion == "write ## both")
    }

    @Test func severalSectionsWithAnotherSign() {
        let english = SmallLesson.english.replacing("## look", with: "# look")
            .replacing("## summary", with: "# summary").replacing("## reading", with: "# reading")
        #expect(
            said(SmallLesson.source(english: english)) == [3, 29, 33].map { "en.md:\($0):1: a section begins with ##" })
    }

    @Test func theTitleMayBeCalledLikeAStep() {
        #expect(said(SmallLesson.spoilt("en.md", "# Small", "# look")) == [])
        let english = SmallLesson.english.replacing("# Small", with: "# look").replacing("## look", with: "# look")
        #expect(said(SmallLesson.source(english: english)) == ["en.md:3:1: a section begins with ##"])
    }
}
