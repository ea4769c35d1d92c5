import Scenario
import Testing

@testable import Workshop

/// Characters that not every terminal shows: each row of them is one mistake.
@Suite struct CharacterLintTests {
    private func said(_ source: LessonSource) -> [String] { LessonLint.check(source).map(\.short) }

    @Test(arguments: [
        ("①②③④", ["en.md:5:31: a terminal without Unicode has nothing like \"①②③④\""]),
        ("①② ③④", ["en.md:5:31: a terminal without Unicode has nothing like \"①②\", and 2 more letters of the line"]),
        (
            "שלום עולם",
            [
                "en.md:5:31: \"שלום\" is read from right to left, which not every terminal does, "
                    + "and 4 more letters of the line"
            ]
        ),
        (
            "½א½",
            [
                "en.md:5:31: a terminal without Unicode has nothing like \"½\", and 1 more letter of the line",
                "en.md:5:32: \"א\" is read from right to left, which not every terminal does",
            ]
        ),
        ("\t\t\t", ["en.md:5:31: a tab takes another width on every terminal"]),
    ])
    func aRowOfCharactersIsToldOnce(row: String, problems: [String]) {
        #expect(said(SmallLesson.spoilt("en.md", "which is not", "which is\(row)not")) == problems)
    }

    @Test func theWholeRowIsUnderlined() {
        let problems = LessonLint.check(SmallLesson.spoilt("en.md", "which is not", "which is①②③not"))
        #expect(problems.map(\.length) == [3])
    }
}
