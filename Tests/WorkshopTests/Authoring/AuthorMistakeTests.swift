import Scenario
import Testing

@testable import Workshop

/// Mistakes that authors make, each told once, in its place and with what to do.
@Suite struct AuthorMistakeTests {
    private func said(_ source: LessonSource) -> [String] { LessonLint.check(source).map(\.short) }

    private func spoilt(_ file: String, _ piece: String, _ other: String) -> [String] {
        said(SmallLesson.spoilt(file, piece, other))
    }

    private func suggestion(_ file: String, _ piece: String, _ other: String) -> String? {
        LessonLint.check(SmallLesson.spoilt(file, piece, other)).first?.suggestion
    }

    // MARK: lesson.yaml

    @Test func aSolutionIsSomethingThatTheStudentCanSet() {
        let yaml = SmallLesson.yaml.replacing("values: [ 1, 2 ]", with: "values: [ 1, 2, 5 ]")
            .replacing("concurrency: 2 }", with: "concurrency: 3 }")
        let problems = LessonLint.check(SmallLesson.source(yaml: yaml))
        #expect(
            problems.map(\.short) == [
                "lesson.yaml:43:43: the student cannot set \"backends.sql.concurrency\" to \"3\""
            ])
        #expect(problems.first?.suggestion == "write 2 or 5")
    }

    @Test(arguments: [
        ("0.5s", true, []), ("500ms", true, []), ("20ms", false, ["10ms", "500ms"]), ("1s", false, ["500ms"]),
        ("fast", false, ["10ms", "500ms"]), ("3", false, []),
    ] as [(String, Bool, [String])])
    func whatAControlOffers(value: String, isOffered: Bool, near: [String]) {
        let range = Control.Range(values: ["10ms", "500ms"])
        #expect(range.offers(value) == isOffered)
        if !isOffered { #expect(range.values(near: value) == near) }
    }

    @Test func aColonInATextWantsQuotes() {
        #expect(
            spoilt("lesson.yaml", "en: Small,", "en: Small: two calls,") == [
                "lesson.yaml:3:19: a text with a colon needs quotes here"
            ])
        #expect(suggestion("lesson.yaml", "en: Small,", "en: Small: two calls,") == "write \"Small: two calls\"")
    }

    @Test func aTextOfOneLanguageIsToldAtItsOwnPlace() {
        let long = "Una lección con un título demasiado largo para la barra"
        #expect(
            spoilt("lesson.yaml", "es: Pequeña", "es: \(long)") == [
                "lesson.yaml:3:25: the Spanish title \"\(long)\" takes 55 columns, and 40 are allowed"
            ])
        #expect(spoilt("lesson.yaml", "{ en: Look, es: Mira }", "A title in both that is too long").count == 1)
    }

    @Test func aMisspeltKeyIsToldAlone() {
        #expect(
            spoilt("lesson.yaml", "values: [ 1, 2 ]", "valeus: [ 1, 2 ]") == [
                "lesson.yaml:21:76: unknown key \"valeus\" in a control"
            ])
    }

    @Test func nothingIsMeasuredInNoTime() {
        #expect(
            spoilt("lesson.yaml", "panels: [ sequence ]", "panels: [ sequence ]\n    window: 0s") == [
                "lesson.yaml:30:13: nothing can be measured in no time"
            ])
    }

    @Test func aTextThatIsTheSameInBothLanguagesIsAHint() {
        let source = SmallLesson.spoilt("lesson.yaml", "es: Una cosa", "es: One thing")
        let problems = LessonLint.check(source)
        #expect(problems.map(\.short) == ["lesson.yaml:5:33: this is the English text"])
        #expect(problems.map(\.isHint) == [true])
        // Names and figures are the same in both.
        #expect(spoilt("lesson.yaml", "{ en: Look, es: Mira }", "{ en: Look 99, es: Look 99 }") == [])
    }

    // MARK: Texts

    @Test func aFileThatIsNotUTF8IsToldAtItsByteAndAlone() {
        var source = SmallLesson.source()
        let spanish = SmallLesson.spanish.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        source.spanish = spanish
        #expect(said(source) == ["es.md:1:8: this byte is not UTF-8 text"])
    }

    @Test func aByteOrderMarkIsNoText() throws {
        let folder = try TestFolder()
        try folder.writeLesson("07-small", id: "small")
        for name in ["lesson.yaml", "en.md", "es.md"] {
            let text = try String(contentsOfFile: folder["07-small/\(name)"], encoding: .utf8)
            try folder.write("\u{feff}" + text, "07-small/\(name)")
        }
        #expect(LessonLint.check(folder: folder["07-small"]).filter { !$0.isHint }.map(\.short) == [])
    }

    @Test func aCommentThatDoesNotEndIsTold() {
        let open = "<!-- notes: Say it aloud. -->"
        #expect(
            spoilt("en.md", open, "<!-- notes: Say it aloud.") == [
                "en.md:7:1: this comment is not closed: it goes on to line 9, \"## both\""
            ])
        let last = spoilt("en.md", "- Nothing.", "- Nothing.\n\n<!-- The end\nof it")
        #expect(last == ["en.md:37:1: this comment is not closed: it goes on to line 38, \"of it\""])
        #expect(
            spoilt("en.md", "Make it faster.", "Make it faster.\n\n```\ncode").contains(
                "en.md:21:1: this code block is not closed: it goes on to line 32, \"## summary\""))
        // A comment may speak of anything that is no section of the lesson.
        let note = SmallLesson.english.replacing(open, with: open + "\n\n<!--\n## Ideas\n\nMore of this.\n-->")
        #expect(said(SmallLesson.source(english: note)) == [])
    }

    @Test func missingSectionsAreToldWhereTheyBelong() {
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "## both", "<!-- -->"))
        let missing = problems.first { $0.message.hasPrefix("missing") }
        #expect(missing?.short == "en.md:3:4: missing sections: ## both")
        #expect(missing?.suggestion == "## both stands below ## look")
    }

    @Test func aHeadingTooDeepIsNoPart() {
        #expect(
            spoilt("en.md", "### hint", "#### hint").first == "en.md:21:1: unknown part \"hint\", under ####")
        #expect(suggestion("en.md", "### hint", "#### hint") == "write ### hint")
    }

    @Test func indentedCodeIsToldInItsOwnLine() {
        let wide = String(repeating: "x", count: 40)
        #expect(
            spoilt("en.md", "Make it faster.", "Make it faster.\n\n    \(wide)").first?.hasPrefix("en.md:21:5:")
                == true)
        #expect(
            spoilt("en.md", "Make it faster.", "Make it faster.\n\n```\n\(wide)\n```").first?.hasPrefix("en.md:22:1:")
                == true)
    }

    @Test func rawHTMLIsToldOnceAndInItsPlace() {
        #expect(
            spoilt("en.md", "which is not long.", "which\nis <b>not</b> long.") == [
                "en.md:6:4: raw HTML cannot be shown in a terminal"
            ])
    }

    static let characters: [(String, String?)] = [
        ("\t", "a tab takes another width on every terminal"),
        ("א", "\"א\" is read from right to left, which not every terminal does"),
        ("ع", "\"ع\" is read from right to left, which not every terminal does"),
        ("½", "a terminal without Unicode has nothing like \"½\""),
        ("①", "a terminal without Unicode has nothing like \"①\""),
        ("Ω", nil), ("ő", nil), ("¿", nil), ("λ", nil), ("€", nil), ("\u{a0}", nil), ("→", nil), ("±", nil),
    ]

    @Test(arguments: characters)
    func charactersAreThoseOfEveryTerminal(character: String, problem: String?) {
        let said = spoilt("en.md", "which is not", "which is\(character)not")
        #expect(said == (problem.map { ["en.md:5:31: \($0)"] } ?? []))
    }

    // MARK: Links

    @Test func aBareAddressIsAnAddress() {
        #expect(
            spoilt("en.md", "- Nothing.", "- http://example.org/page") == ["en.md:35:3: the link is not encrypted"])
    }

    @Test func theLessonsOwnTextsAreNoFilesToReadOn() {
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "- Nothing.", "- [The Spanish text](es.md)"))
        #expect(problems.map(\.short) == ["en.md:35:22: a text cannot lead to \"es.md\""])
        #expect(problems.first?.suggestion?.hasPrefix("files in replays, traces, diagrams, README.md") == true)
    }

    @Test func aLinkToAStepShowsItsNumber() throws {
        let source = SmallLesson.spoilt("en.md", "Make it faster.", "As in [the last one](#both), but faster.")
        let lesson = try LessonReader.read(source)
        #expect(lesson.note(onLinkTo: "#both", .english) == "(step\u{a0}2)")
        #expect(lesson.note(onLinkTo: "#both", .spanish) == "(paso\u{a0}2)")
        #expect(lesson.note(onLinkTo: "https://example.org", .spanish) == "https://example.org")
        let blocks = MarkdownParser.parse("[the last one](#both), [there](https://example.org)")
        let plain = MarkdownRenderer(width: 80) { $0.source }.lines(blocks).map(\.plain)
        #expect(plain == ["the last one, there https://example.org"])
        let spoken = MarkdownSpeech(language: .english) { $0.source } link: { lesson.note(onLinkTo: $0, .english) }
        #expect(spoken.sentences(blocks) == ["the last one (step 2), there (https://example.org)"])
    }
}
