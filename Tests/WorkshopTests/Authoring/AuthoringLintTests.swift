import Scenario
import Testing

@testable import Workshop

/// What lint says of texts that grow apart, of links, marks, panels, controls, and of questions that luck answers.
@Suite struct AuthoringLintTests {
    private func said(_ source: LessonSource) -> [String] { LessonLint.check(source).map(\.short) }

    private func spoilt(_ file: String, _ piece: String, _ other: String) -> [String] {
        said(SmallLesson.spoilt(file, piece, other))
    }

    // MARK: Both languages

    /// The small lesson as it was agreed, with pieces changed since.
    private func since(_ changes: (file: String, piece: String, other: String)...) -> LessonSource {
        var source = SmallLesson.source()
        for change in changes {
            let text = String(decoding: source[change.file] ?? [], as: UTF8.self)
            source[change.file] = Array(text.replacing(change.piece, with: change.other).utf8)
        }
        return source
    }

    @Test func aChangeInOneLanguageIsTold() {
        #expect(
            said(since(("en.md", "Two calls, one slot.", "Two calls and one slot."))) == [
                "es.md:9:4: en.md was changed in \"both\", and this was not since they were last compared"
            ])
        #expect(
            said(since(("es.md", "Esperar lleva tiempo.", "Esperar cuesta tiempo."))) == [
                "en.md:29:4: es.md was changed in \"summary\", and this was not since they were last compared"
            ])
    }

    @Test func aChangeInBothIsTold() {
        let source = since(("en.md", "Nobody waits now.", "Nobody waits."), ("es.md", "Ahora no espera", "No espera"))
        #expect(said(source) == ["es.md:17:4: both languages were changed in \"faster\" since they were last compared"])
    }

    @Test func notesAreText() {
        #expect(said(since(("en.md", "Say it aloud.", "Say it twice."))).count == 1)
    }

    @Test func lineBreaksAndCommentsForAuthorsAreNot() {
        let broken = since(("en.md", "Two calls, one slot. How long?", "Two calls,\none slot.   How long?"))
        #expect(said(broken) == [])
        let noted = since(("en.md", "Make it faster.", "Make it faster.\n\n<!-- Better\nwords? -->"))
        #expect(said(noted) == [])
    }

    @Test func agreeingMendsIt() {
        var source = since(("en.md", "Two calls, one slot.", "Two calls and one slot."))
        let old = try? TextAgreement(bytes: source.agreed ?? [], file: "")
        let new = TextAgreement(of: source)
        #expect(new.sections(changedSince: old) == ["both"])
        source.agreed = Array(new.text.utf8)
        #expect(said(source) == [])
    }

    @Test func whatNobodyComparedIsAHintAndNoError() {
        var source = SmallLesson.source()
        source.agreed = nil
        let problems = LessonLint.check(source)
        #expect(problems.map(\.isHint) == [true])
        #expect(problems.map(\.description) == [
            """
            Lessons/07-small: hint: nobody has noted that both languages say the same
               compare them, then: ensayo lint --agree Lessons/07-small
            """
        ])
    }

    @Test func sectionsComeAndGo() throws {
        var source = SmallLesson.source()
        let text = String(decoding: try #require(source.agreed), as: UTF8.self)
        source.agreed = Array(text.replacing("both  ", with: "many  ").utf8)
        #expect(
            said(source) == [
                "es.md:9:4: nobody has compared \"both\" in both languages yet",
                "texts.agreed: there is no section \"many\" any more",
            ])
        source.agreed = Array((text + "what is this\n").utf8)
        #expect(said(source) == ["texts.agreed:8:1: expected a section and two fingerprints"])
        source.agreed = [0xff, 0x1b]
        #expect(said(source).count == 1)
    }

    // MARK: Links

    static let links: [(String, String?)] = [
        ("[a](https://example.org/page)", nil), ("[a](#both)", nil), ("[a](traces/web.txt)", nil),
        ("[a](http://example.org)", "en.md:23:5: the link is not encrypted"),
        ("[a](https://example)", "en.md:23:5: \"https://example\" is not an address"),
        ("[a](#booth)", "en.md:23:5: no step has the id \"booth\""),
        ("[a](pictures/web.txt)", "en.md:23:5: there is no file \"pictures/web.txt\" in the lesson's folder"),
        ("[a](../other/en.md)", "en.md:23:5: the link leads out of the lesson's folder"),
        ("[a](/etc/passwd)", "en.md:23:5: the link leads out of the lesson's folder"),
        ("[a](javascript:go)", "en.md:23:5: \"javascript:go\" is no link for a text"),
        ("[a](file:///etc)", "en.md:23:5: \"file:///etc\" is no link for a text"),
        ("[a]()", "en.md:23:3: the link leads nowhere"),
        ("[](https://example.org)", "en.md:23:4: the link has no words"),
        ("[a] (https://example.org)", "en.md:23:3: this looks like a link, and is none"),
        ("[a](https://example.org", "en.md:23:3: this looks like a link, and is none"),
        ("[a][b]", "en.md:23:3: this looks like a link, and is none"),
    ]

    @Test(arguments: links)
    func linksAreChecked(link: String, problem: String?) {
        var source = SmallLesson.spoilt("en.md", "Two calls want two slots.", "\(link) Two.")
        source.others = ["traces"]
        #expect(said(source) == (problem.map { [$0] } ?? []))
    }

    // MARK: Claims in the text

    @Test func aClaimBesideItsSentenceIsChecked() {
        let text = "which is not long.\n\n"
        func claim(_ claim: String) -> [String] {
            // A claim of one language alone is a hint.
            LessonLint.check(SmallLesson.spoilt("en.md", "which is not long.", text + claim))
                .filter { !$0.isHint }.map(\.short)
        }
        #expect(claim("<!-- claim: alone = 100ms -->") == [])
        #expect(
            claim("<!-- claim: alone = 90ms -->") == [
                "en.md:7:13: this does not hold: 100 ms on the left, 90 ms on the right"
            ])
        #expect(claim("<!-- claim: alonne = 90ms -->") == ["en.md:7:13: unknown value \"alonne\""])
        #expect(
            spoilt("en.md", "which is not long.", "which is not <!-- claim: alone = 100ms").contains(
                "en.md:5:48: this claim is not closed: it ends with -->"))
        // The scenario is that of the section's step.
        let both = "<!-- claim: flow.page.latency.max = 200ms -->"
        let other = SmallLesson.source(
            english: SmallLesson.english.replacing("How long?", with: "How long?\n\n\(both)"),
            spanish: SmallLesson.spanish.replacing("¿Cuánto?", with: "¿Cuánto?\n\n\(both)"))
        #expect(said(other) == [])
    }

    // MARK: Steps

    private func step(_ line: String) -> [String] {
        spoilt("lesson.yaml", "panels: [ sequence ]", "panels: [ sequence ]\n    \(line)")
    }

    @Test func marksAndStopsAtWhichNothingHappensAreTold() {
        #expect(step("marks: [ { at: 50ms, label: Half } ]") == [])
        #expect(
            step("marks: [ { at: 50ms, label: Half }, { at: 900ms, label: Late } ]") == [
                "lesson.yaml:30:47: nothing happens any more: the run's last event is at 100ms"
            ])
        #expect(step("stop: 100ms") == [])
        #expect(
            step("stop: 900ms") == ["lesson.yaml:30:11: nothing happens any more: the run's last event is at 100ms"])
        #expect(
            step("start: 10ms\n    stop: 50ms") == [
                "lesson.yaml:31:11: nothing happens until here, and so there is nothing to watch"
            ])
    }

    @Test func panelsWithNothingToShowAreTold() {
        #expect(
            spoilt("lesson.yaml", "panels: [ sequence ]", "panels: [ sequence, breaker ]") == [
                "lesson.yaml:29:25: the panel has nothing to show: scenario \"one\" has no such part"
            ])
    }

    @Test func controlsThatChangeNothingAreTold() {
        let queue = """
            values: [ 1, 2 ] }
                  - { set: backends.sql.queue, label: { en: Queue, es: Cola }, values: [ 5, 6 ] }
            """
        #expect(
            spoilt("lesson.yaml", "values: [ 1, 2 ] }", queue) == [
                "lesson.yaml:22:16: the control \"backends.sql.queue\" changes nothing in this run, "
                    + "whatever it is set to"
            ])
    }

    // MARK: Predictions

    /// A lesson whose answers are a matter of luck.
    private func lucky(_ prediction: String) -> [Problem] {
        let yaml = SmallLesson.yaml.replacing("latency: 100ms,", with: "latency: { exponential: 100ms },")
            .replacing("alone = 100ms", with: "alone > 0ms").replacing("max <= 100ms", with: "max <= 1ms")
            .replacing(
                """
                    answer: flow.page.latency.max
                    choices:
                      - 100ms
                      - 200ms
                """, with: prediction.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        return LessonLint.check(SmallLesson.source(yaml: yaml)).filter { !$0.message.contains("solution") }
    }

    @Test func aChoiceThatIsRightWithAnotherSeedIsTold() {
        let choices = """
            choices:
              - { id: less, say: Less, when: flow.page.latency.max < 152ms }
              - { id: more, say: More, when: flow.page.latency.max >= 152ms }
            """
        let problems = lucky(choices)
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("is right with seed") == true)
        #expect(lucky("seeds: 1\n" + choices) == [])
    }

    @Test func aToleranceThatLuckExceedsIsTold() {
        let prediction = "answer: flow.page.latency.max\ntolerance: 1%"
        #expect(
            lucky(prediction).map(\.message).first?.hasPrefix(
                "the answer depends on the seed more than its tolerance allows: ") == true)
        #expect(lucky(prediction + "\nseeds: 1") == [])
    }
}
