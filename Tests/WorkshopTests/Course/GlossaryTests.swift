import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// The glossary: its file, its terms in texts, and the way through it.
@Suite struct GlossaryTests {
    static let yaml = """
        format: 1
        terms:
          cache:
            en: { term: cache, means: Keeps answers. }
            es: { term: caché, means: Guarda respuestas. }
            see: [ breaker ]
          breaker:
            en: { term: circuit breaker, also: [ breaker ], means: Counts failures. }
            es: { term: cortacircuitos, means: Cuenta fallos. }
            lessons: [ rehearsal ]
          request:
            en: { term: retry, means: Again. }
            es: { term: petición, means: Otra vez. }
        """

    static func glossary() throws -> Glossary { try GlossaryReader.read(Array(yaml.utf8), file: "glossary.yaml") }

    private func problems(_ term: String, lessons: [String]? = nil) -> [String] {
        let yaml = "format: 1\nterms:\n  a: \(term)\n"
        do throws(ScenarioError) {
            _ = try GlossaryReader.read(Array(yaml.utf8), file: "glossary.yaml", lessons: lessons)
            return []
        } catch {
            return error.problems.map(\.message)
        }
    }

    @Test func bothLanguagesHaveEveryTerm() {
        #expect(problems("{ en: { term: a, means: b } }") == ["the term \"a\" needs \"es\""])
    }

    @Test(arguments: [
        ("{ term: queue, means: \"\" }", "expected what it means, found an empty text"),
        ("{ term: \" \", means: b }", "expected the term, found an empty text"),
        ("{ term: a, also: [ \"\" ], means: b }", "expected one of its other names, found an empty text"),
    ])
    func emptyTextsSayNothing(words: String, problem: String) {
        #expect(problems("{ en: \(words), es: { term: a, means: b } }") == [problem])
    }

    /// What a term is called counts over the other names of those above it.
    @Test func aWordLeadsToOneTerm() throws {
        let yaml = Self.yaml.replacing("term: cache,", with: "term: cache, also: [ Retry, caches, caches ],")
        let error = #expect(throws: ScenarioError.self) {
            try GlossaryReader.read(Array(yaml.utf8), file: "glossary.yaml")
        }
        #expect(
            error?.problems.map(\.short) == [
                "glossary.yaml:4:32: \"Retry\" leads to the term \"request\" already, in en",
                "glossary.yaml:4:47: \"caches\" leads to this term already, in en",
            ])
        #expect(
            error?.problems.map(\.suggestion) == [
                "leave it out here, or refer to that term: see: [ request ]", "leave it out",
            ])
    }

    @Test func linksLeadSomewhere() {
        let words = "en: { term: a, means: b }, es: { term: a, means: b }"
        #expect(problems("{ \(words), see: [ gone ] }").first?.contains("gone") == true)
        #expect(problems("{ \(words), see: [ a ] }").first?.contains("itself") == true)
        #expect(problems("{ \(words), lessons: [ gone ] }", lessons: ["here"]).first?.contains("gone") == true)
        #expect(problems("{ \(words), lessons: [ here ] }", lessons: ["here"]) == [])
    }

    @Test func termsAreFoundWhateverTheirNumberCaseAndAccents() throws {
        let glossary = try Self.glossary()
        let english = TermFinder(glossary, .english)
        #expect(english.terms(in: "Two Caches, and retries: a circuit-breaker.") == ["cache", "request", "breaker"])
        let spanish = TermFinder(glossary, .spanish)
        #expect(spanish.terms(in: "Las PETICIONES pasan por dos cachés") == ["request", "cache"])
        #expect(spanish.terms(in: "petici") == [])
    }

    @Test func theTermsOnTheScreenComeFirst() throws {
        let english = RehearsalLesson.english.replacing("Watch the first arrow", with: "Watch the retry")
        let student = Student(try RehearsalLesson.make(english: english))
        student.glossary = try Self.glossary()
        student.at("look").press("i")
        student.expect(text: "◆ on this screen").expect(text: "Again.")
        student.press("down").expect(text: "Keeps answers.")
    }

    @Test func typingFiltersAndLinksAreFollowedThereAndBack() throws {
        let student = try Student()
        student.glossary = try Self.glossary()
        student.at("look").press("i c a c h")
        student.expect(text: "Keeps answers.").expect(noText: "Counts failures.")
        student.press("enter enter").expect(text: "Counts failures.").expect(text: "Also: breaker")
        student.press("escape").expect(text: "Keeps answers.")
        student.press("escape escape").expect(noText: "Glossary").expect(page: "look")
    }

    /// Every meaning is to be seen whole on the smallest screen.
    @Test(arguments: Language.allCases) func meaningsFit(language: Language) throws {
        let library = LessonFolders.library
        let glossary = try library.readGlossary().get()
        #expect(glossary.terms.count >= 70)
        for term in glossary.terms {
            let sentences = term.meaning(language).split(separator: " ").count { $0.hasSuffix(".") }
            #expect((1...3).contains(sentences), "\(term.id)")
            #expect(StyledText(term.meaning(language)).wrapped(to: 40).count <= 12, "\(term.id)")
            let state = GlossaryState(glossary, here: [], isInText: false, language, shown: term.id)
            var frame = Frame(size: Size(width: 80, height: 24))
            GlossaryView(state: state, glossary: glossary, lessons: [], language: language, glyphs: .unicode)
                .draw(on: &frame)
            let last = term.meaning(language).split(separator: " ").suffix(1).joined()
            #expect(frame.rows.contains { $0.contains(last) }, "\(term.id)")
        }
    }

    @Test func wordingsAreFoundAndNotShownAsNames() throws {
        let yaml = Self.yaml.replacing("also: [ breaker ]", with: "also: [ breaker ], forms: [ it is open now ]")
        let glossary = try GlossaryReader.read(Array(yaml.utf8), file: "glossary.yaml")
        #expect(TermFinder(glossary, .english).terms(in: "Look: it is open, now.") == ["breaker"])
        let student = try Student()
        student.glossary = glossary
        student.at("look").press("i o p e n").expect(text: "Counts failures.").expect(noText: "it is open now")
    }

    /// Of lessons that are still to be written: nothing else of the field stands in the glossary without being taught.
    private static let untaught = ["saga", "quorum", "coordinated-omission"]

    /// Whoever meets a term in a lesson finds it in the glossary, in the words of the lesson.
    @Test(arguments: Language.allCases) func everyTermIsFoundInALesson(language: Language) throws {
        let library = LessonFolders.library
        let glossary = try library.readGlossary().get()
        let finder = TermFinder(glossary, language)
        var found: Set<String> = []
        for id in LessonFolders.ids {
            for text in Self.texts(of: try TaughtLesson.shared(id).lesson, language) {
                found.formUnion(finder.terms(in: text))
            }
        }
        #expect(glossary.terms.map(\.id).filter { !found.contains($0) }.sorted() == Self.untaught.sorted())
    }

    /// What students read of a lesson.
    private static func texts(of lesson: Lesson, _ language: Language) -> [String] {
        let card = lesson.card
        let labels =
            [lesson.title] + card.learn + card.watch + card.models + card.omits + lesson.steps.map(\.title)
            + lesson.steps.flatMap(\.stage.controls).map(\.label)
        let choices = lesson.steps.flatMap { step -> [LocalizedText] in
            guard case .predict(let prediction) = step.kind, case .choices(let choices) = prediction.form else {
                return []
            }
            return choices.map { LocalizedText(en: $0.text(.english), es: $0.text(.spanish)) }
        }
        let renderer = MarkdownRenderer(width: 10_000, glyphs: .unicode) { _ in "1" }
        let blocks = lesson.steps.map { lesson.text(of: $0, language) }.flatMap { [$0.body, $0.after] + $0.hints }
        let lines = (blocks + [lesson.text(language).summary]).flatMap { renderer.lines($0) }.map(\.plain)
        return (labels + choices).map { $0(language) } + lines
    }
}
