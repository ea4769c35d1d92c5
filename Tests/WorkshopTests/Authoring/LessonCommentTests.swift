import Scenario
import Testing

@testable import Workshop

/// Comments of a lesson's texts: a slip in one switches nothing off unseen.
@Suite struct LessonCommentTests {
    /// What lint says when both texts have the comment in their first section.
    private func said(_ comment: String) -> [Problem] {
        let english = SmallLesson.english.replacing("which is not long.", with: "which is not long.\n\n\(comment)")
        let spanish = SmallLesson.spanish.replacing("que no es mucho.", with: "que no es mucho.\n\n\(comment)")
        return LessonLint.check(SmallLesson.source(english: english, spanish: spanish))
    }

    /// The small lesson's first visit takes 100 ms.
    @Test(arguments: [
        "<!-- claim: alone = 999ms -->", "<!-- Claim: alone = 999ms -->", "<!-- CLAIM : alone = 999ms -->",
        "<!--claim:alone = 999ms-->", "<!--- claim: alone = 999ms --->", "<!--\nclaim: alone = 999ms\n-->",
        "<!-- claim:\n  alone\n  = 999ms -->", "<!-- Why so long?\nclaim: alone = 999ms -->",
    ])
    func aClaimIsReadAsItIsPlainlyMeant(comment: String) {
        let message = "this does not hold: 100 ms on the left, 999 ms on the right"
        #expect(said(comment).map(\.message) == [message, message])
        #expect(said(comment.replacing("999ms", with: "100ms")).map(\.short) == [])
    }

    @Test func aClaimOfSeveralLinesIsToldInItsOwn() {
        let problems = said("<!--\nclaim: alone\n  = alonne -->").map(\.short)
        #expect(problems == ["en.md:9:5: unknown value \"alonne\"", "es.md:9:5: unknown value \"alonne\""])
    }

    @Test func eachClaimOfACommentIsChecked() {
        let problems = said("<!-- claim: alone = 100ms\n     claim: alone = 90ms -->").map(\.short)
        #expect(problems.first == "en.md:8:13: this does not hold: 100 ms on the left, 90 ms on the right")
        #expect(problems.count == 2)
    }

    @Test(arguments: [
        ("<!-- claims: alone = 999ms -->", "no comment begins with \"claims:\"", "did you mean \"claim:\"?", false),
        ("<!-- cliam: alone = 999ms -->", "no comment begins with \"cliam:\"", "did you mean \"claim:\"?", false),
        ("<!-- claim alone = 999ms -->", "a claim begins with \"claim:\"; nothing checks this", "write claim:", false),
        ("<!-- note: Slowly. -->", "no comment begins with \"note:\"", "did you mean \"notes:\"?", true),
        ("<!-- hints: Look. -->", "nobody sees a comment", "if it is for students, write it under ### hint", true),
    ] as [(String, String, String, Bool)])
    func aWordThatIsNearlyOneIsTold(comment: String, message: String, suggestion: String, isHint: Bool) {
        let problems = said(comment)
        #expect(problems.map(\.short) == ["en.md:7:6: \(message)", "es.md:7:6: \(message)"])
        #expect(problems.first?.suggestion == suggestion)
        #expect(problems.allSatisfy { $0.isHint == isHint })
    }

    /// Authors write what they like, and code is no comment.
    @Test(arguments: [
        "<!-- TODO: better words -->", "<!-- Claims of this section are in lesson.yaml. -->", "<!-- routes: three -->",
        "<!---->", "<!-- -->", "```\n<!-- claims: x -->\n```",
    ])
    func otherCommentsAreTheAuthors(comment: String) {
        #expect(said(comment).map(\.short) == [])
    }

    @Test func notesAreReadAsTheyArePlainlyMeant() throws {
        let source = SmallLesson.spoilt("en.md", "<!-- notes: Say it aloud. -->", "<!--\nNotes :\nSay it aloud.\n-->")
        #expect(LessonLint.check(source).map(\.short) == [])
        let notes = try LessonReader.read(source).text(.english).steps[0].notes
        #expect(notes == MarkdownParser.parse("Say it aloud.", firstLine: 9))
    }

    @Test func aClaimInTheNotesIsTold() {
        let problems = said("<!-- notes: Say it.\nclaim: alone = 999ms -->")
        #expect(problems.map(\.short).contains("en.md:8:8: this stands in the speaker's notes: nothing checks it"))
    }

    @Test func aClaimOfOneLanguageIsAHint() {
        let claim = "which is not long.\n\n<!-- claim: alone = 100ms -->"
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "which is not long.", claim))
        #expect(problems.map(\.short) == ["en.md:7:13: this claim stands in en.md alone"])
        #expect(problems.map(\.isHint) == [true])
        // A slip in the other language is told alone.
        let spanish = SmallLesson.spanish.replacing("no es mucho.", with: "no es mucho.\n\n<!-- claims: alone = 1s -->")
        let english = SmallLesson.english.replacing("which is not long.", with: claim)
        let slip = LessonLint.check(SmallLesson.source(english: english, spanish: spanish))
        #expect(slip.map(\.short) == ["es.md:7:6: no comment begins with \"claims:\""])
    }

    @Test func aClaimBeforeTheFirstSectionIsCheckedToo() {
        let claim = "# Small\n\n<!-- claim: alone = 9ms -->"
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "# Small", claim))
        #expect(problems.map(\.short).contains { $0.hasPrefix("en.md:3:13: this does not hold: 100 ms on the left") })
    }
}
