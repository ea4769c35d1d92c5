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

    /// The terms are those of the field that the lessons really use.
    @Test func mostTermsAreFoundInTheLessonsThatTeachThem() throws {
        let library = LessonFolders.library
        let glossary = try library.readGlossary().get()
        for language in Language.allCases {
            let finder = TermFinder(glossary, language)
            var found: Set<String> = []
            for entry in library.entries {
                let source = LessonLibrary.source(folder: entry.folder)
                let bytes = language == .english ? source.english : source.spanish
                found.formUnion(finder.terms(in: String(decoding: bytes ?? [], as: UTF8.self)))
            }
            let missing = glossary.terms.filter { !$0.lessons.isEmpty && !found.contains($0.id) }.map(\.id)
            #expect(missing.count * 5 <= glossary.terms.count, "\(language): \(missing)")
        }
    }
}
