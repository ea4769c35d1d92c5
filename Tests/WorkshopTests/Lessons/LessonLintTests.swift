import Scenario
import Testing

@testable import Workshop

/// Each way to spoil a lesson, and what lint says to it: in the very place.
@Suite struct LessonLintTests {
    struct Spoilt: CustomTestStringConvertible {
        var file: String
        var piece: String
        var other: String
        var problem: String
        var testDescription: String { problem }

        init(_ file: String, _ piece: String, _ other: String, _ problem: String) {
            (self.file, self.piece, self.other, self.problem) = (file, piece, other, problem)
        }
    }

    @Test func aGoodLessonHasNoProblems() {
        #expect(LessonLint.check(SmallLesson.source()).map(\.short) == [])
    }

    static let unreadable = [
        Spoilt(
            "lesson.yaml", "format: 1", "format: 2",
            "lesson.yaml:1:9: format 2 is newer than the one this program reads (1)"),
        Spoilt("lesson.yaml", "format: 1", "", "lesson.yaml:2:1: the lesson needs \"format\""),
        Spoilt("lesson.yaml", "id: small", "id: tiny", "lesson.yaml:2:5: the folder is called \"07-small\""),
        Spoilt("lesson.yaml", "title: { en: Small, ", "title: { ", "lesson.yaml:3:8: the title needs \"en\""),
        Spoilt(
            "lesson.yaml", "omits: [ { en: The rest, es: Lo demás } ]", "omits: []",
            "lesson.yaml:8:10: what is left out is empty"),
        Spoilt("lesson.yaml", "watch: [ {", "wach: [ {", "lesson.yaml:6:3: unknown key \"wach\" in the card"),
        Spoilt(
            "lesson.yaml", "latency: 100ms", "latency: 100",
            "lesson.yaml:12:21: \"100\" needs a unit: expected a duration, such as 250ms"),
        Spoilt(
            "lesson.yaml", "{ flow: page, at: 0s }", "{ flow: paje, at: 0s }",
            "lesson.yaml:17:29: there is no flow \"paje\""),
        Spoilt(
            "lesson.yaml", "alone: flow.page.latency.max", "alone: flow.pagge.latency.max",
            "lesson.yaml:23:15: scenario \"one\" has no flow \"pagge\""),
        Spoilt("lesson.yaml", "- alone = 100ms", "- alon = 100ms", "lesson.yaml:25:5: unknown value \"alon\""),
        Spoilt(
            "lesson.yaml", "- alone = 100ms", "- alone = 100",
            "lesson.yaml:25:13: a time cannot be compared with a number"),
        Spoilt(
            "lesson.yaml", "panels: [ sequence ]", "panels: [ sequenze ]",
            "lesson.yaml:29:15: \"sequenze\" is not a panel"),
        Spoilt(
            "lesson.yaml", "predict: both", "predict: look",
            "lesson.yaml:30:14: second step with the id \"look\""),
        Spoilt("lesson.yaml", "scenario: two", "scenario: too", "lesson.yaml:32:15: unknown scenario \"too\""),
        Spoilt(
            "lesson.yaml", "      - 200ms", "      - 200",
            "lesson.yaml:37:9: expected a time, found \"200\""),
        Spoilt(
            "lesson.yaml", "      - 200ms", "      - 100ms",
            "lesson.yaml:37:9: second choice with the id \"100ms\""),
        Spoilt(
            "lesson.yaml", "solution: { backends.sql.concurrency: 2 }", "solution: { backends.sql.queue: 2 }",
            "lesson.yaml:43:17: the student has no control for \"backends.sql.queue\""),
        Spoilt("en.md", "## both", "## booth", "en.md:9:4: no step has the id \"booth\""),
        Spoilt("en.md", "## both", "## look", "en.md:9:4: second section \"look\""),
        Spoilt("en.md", "## reading", "## summary", "en.md:29:4: missing sections: ## reading"),
        Spoilt(
            "es.md", "### hint\n\nDos llamadas quieren dos plazas.", "",
            "es.md:17:4: a challenge needs a hint"),
        Spoilt("es.md", "### hint", "### pista", "es.md:21:5: unknown part \"pista\""),
        Spoilt("en.md", "{{ alone }}", "{{ s alonne }}", "en.md:5:15: unknown value \"alonne\""),
        Spoilt("en.md", "{{ alone }}", "{{ % alone }}", "en.md:5:15: a time cannot be written as \"%\""),
        Spoilt("en.md", "{{ alone }}", "{{ alone }", "en.md:5:10: braces without their other half"),
        Spoilt("en.md", "# Small", "# Small\n\nHello.", "en.md:3:1: text before the first section"),
    ]

    @Test(arguments: unreadable)
    func theReaderRefuses(_ spoilt: Spoilt) throws {
        let source = SmallLesson.spoilt(spoilt.file, spoilt.piece, spoilt.other)
        let error = try #require(throws: ScenarioError.self) { try LessonReader.read(source) }
        #expect(error.problems.map(\.short).contains(spoilt.problem), "\(error)")
        #expect(LessonLint.check(source).map(\.short).contains(spoilt.problem))
    }

    static let wrong = [
        Spoilt(
            "lesson.yaml", "- alone = 100ms", "- alone = 90ms",
            "lesson.yaml:25:5: this does not hold: 100 ms on the left, 90 ms on the right"),
        Spoilt(
            "lesson.yaml", "- alone = 100ms", "- { that: alone < 90ms, seeds: 3 }",
            "lesson.yaml:25:13: this does not hold: 100 ms on the left, 90 ms on the right, seed + 0"),
        Spoilt(
            "lesson.yaml", "      - 200ms", "      - 300ms",
            "lesson.yaml:30:14: none of the choices is right; the run says 200 ms"),
        Spoilt(
            "lesson.yaml", "      - 200ms", "      - 200ms\n      - 201ms",
            "lesson.yaml:38:9: more than one choice is right: 200ms, 201ms; the run says 200 ms"),
        Spoilt(
            "lesson.yaml", "max <= 100ms", "max <= 250ms",
            "lesson.yaml:38:16: the challenge is passed before anything is changed"),
        Spoilt(
            "lesson.yaml", "concurrency: 2 }", "concurrency: 1 }",
            "lesson.yaml:42:14: the solution does not reach this goal: 200 ms, 200 ms, 200 ms, 200 ms, 200 ms"),
        Spoilt(
            "lesson.yaml", "duration: 1s", "duration: 50ms",
            "lesson.yaml:23:10: the value \"alone\" has no figure: the run has nothing to measure"),
        Spoilt(
            "lesson.yaml", "duration: 1s", "duration: 1s\n  limits: { maxEvents: 3 }",
            "lesson.yaml:17:3: the run made more than 3 events (limits.maxEvents) by 0.0 s of its time"),
        Spoilt(
            "lesson.yaml", "    page: [", "    rest: [ { call: sql.read } ]\n    page: [",
            "lesson.yaml:14:5: no scenario uses the flow \"rest\""),
        Spoilt(
            "lesson.yaml", "  alone: flow", "  other: flow.page.ok\n  alone: flow",
            "lesson.yaml:23:10: nothing uses the value \"other\""),
        Spoilt(
            "lesson.yaml", "  two:", "  zero: { clients: { web: { flow: page, at: 0s } } }\n  two:",
            "lesson.yaml:18:3: no step shows the scenario \"zero\""),
        Spoilt(
            "lesson.yaml", "en: Look,", "en: A title that is far too long,",
            "lesson.yaml:28:18: the English title \"A title that is far too long\" takes 28 columns, "
                + "and 24 are allowed"),
        Spoilt(
            "en.md", "It takes", "An ![image](x.png) takes",
            "en.md:5:1: an image cannot be shown in a terminal"),
        Spoilt("en.md", "It takes", "It <b>takes</b>", "en.md:5:4: raw HTML cannot be shown in a terminal"),
        Spoilt("es.md", "Tarda", "Ta\u{1b}rda", "es.md:5:3: not every terminal shows U+1B alike"),
        Spoilt(
            "en.md", "not long", "not 👩‍💻 long",
            "en.md:5:36: not every terminal shows U+1F469 U+200D U+1F4BB alike"),
        Spoilt(
            "en.md", "Make it faster.", "Makeitfasterwithoutablankanywhere.",
            "en.md:19:1: \"Makeitfasterwithoutablankanywhere.\" is wider than the text's column, 26"),
        Spoilt(
            "es.md", "Hazlo más rápido.", String(repeating: "Hazlo más rápido.\n\n", count: 25),
            "es.md:19:1: the text of \"faster\" takes 4 pages of 26 columns and 14 lines, and 3 are allowed"),
        Spoilt(
            "es.md", "### hint\n", "### hint\n\nUna.\n\n### hint\n",
            "es.md:17:1: 2 hints here, and 1 in English"),
        Spoilt(
            "es.md", "Tarda {{ alone }}, que", "Tarda poco, que",
            "es.md:5:1: the text shows {{ alone }} in English, and not here"),
        Spoilt(
            "es.md", "Hazlo más rápido.", "Hazlo.\n\nMás rápido.",
            "es.md:19:1: the text has a paragraph, a paragraph here, and a paragraph in English"),
        Spoilt(
            "es.md", "La segunda llamada espera a la primera.", "The second call waits for the first one.",
            "es.md:15:1: this is the English text"),
        Spoilt(
            "es.md", "<!-- notes: Dilo en voz alta. -->", "",
            "es.md:3:1: speaker notes are in one language only"),
    ]

    @Test(arguments: wrong)
    func lintFinds(_ spoilt: Spoilt) {
        let problems = LessonLint.check(SmallLesson.spoilt(spoilt.file, spoilt.piece, spoilt.other)).map(\.short)
        #expect(problems.contains(spoilt.problem), "\(problems)")
    }

    /// What only lint tries out: a lesson can be taken without it.
    @Test(arguments: [
        Spoilt(
            "lesson.yaml", "values: [ 1, 2 ]", "values: [ 1, 2, 3ms ]", "lesson.yaml:21:92: expected a whole number"),
        Spoilt(
            "lesson.yaml", "alone: flow.page.latency.max", "alone: flow.page.latency.max with backends.sql.slots = 2",
            "lesson.yaml:23:37: unknown key \"slots\" in backend \"sql\""),
    ])
    func changesAreTried(_ spoilt: Spoilt) throws {
        let source = SmallLesson.spoilt(spoilt.file, spoilt.piece, spoilt.other)
        let problems = LessonLint.check(source).map(\.short)
        #expect(problems.contains { $0.hasPrefix(spoilt.problem) }, "\(problems)")
        #expect(throws: Never.self) { try LessonReader.read(source, tryingChanges: false) }
    }

    @Test func missingAndUnexpectedFiles() {
        var source = SmallLesson.source(others: ["notes.txt", "replays"])
        #expect(LessonLint.check(source).map(\.short) == ["notes.txt: a lesson has no such file"])
        source.spanish = nil
        #expect(
            LessonLint.check(source).map(\.short) == [
                "es.md: the file is missing", "notes.txt: a lesson has no such file",
            ])
        source.yaml = nil
        #expect(LessonLint.check(source).map(\.short).first == "lesson.yaml: the file is missing")
    }

    @Test func problemsComeInTheOrderOfTheFiles() {
        let source = SmallLesson.source(
            yaml: SmallLesson.yaml.replacing("- alone = 100ms", with: "- alone = 90ms"),
            english: SmallLesson.english.replacing("It takes", with: "It <i>takes</i>"),
            spanish: SmallLesson.spanish.replacing("Tarda", with: "Ta\u{7}rda"))
        #expect(
            LessonLint.check(source).map(\.short).map { $0.prefix { $0 != ":" } } == [
                "lesson.yaml", "en.md", "es.md",
            ])
    }
}
