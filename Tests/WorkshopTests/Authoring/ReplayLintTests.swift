import Scenario
import Testing

@testable import Workshop

/// Recorded sessions that lie in a lesson's folder are read with it.
@Suite struct ReplayLintTests {
    private static let visit = "format: 1\nlesson: small\nstep: look\nsize: 80x24\n\nkey space\n"

    private func said(_ files: [String: String]) -> [String] {
        var source = SmallLesson.source(others: ["replays"])
        source.replays = files.keys.filter { $0.hasSuffix(".replay") }.sorted()
        source.keyFiles = KeyFiles { path in
            files[String(path.dropFirst("replays/".count))].map { .success(Array($0.utf8)) } ?? .failure(.missing)
        }
        return LessonLint.check(source).map(\.short)
    }

    @Test(arguments: [
        ("expect step both", nil), ("expect step card", nil), ("expect step menu", nil),
        ("expect flow.page.ok = 1", nil), ("expect alone = 100ms so far", nil), ("expect text \"anything\"", nil),
        ("key zzz", "visit.replay:7:5: unknown key \"zzz\""),
        ("expect stp welcome", "visit.replay:7:8: unknown word \"stp\""),
        ("expect step welcome", "visit.replay:7:13: small has no step \"welcome\""),
        ("  expect flow.page.okk = 1", "visit.replay:7:20: unknown measure \"okk\" of a flow"),
        ("include gone.lines", "visit.replay:7:9: there is no such file"),
        ("include there.lines", nil),
    ] as [(String, String?)])
    func aSessionIsReadAndItsNamesAreChecked(line: String, problem: String?) {
        let files = ["visit.replay": Self.visit + line + "\n", "there.lines": "key space\n"]
        #expect(said(files) == (problem.map { [$0] } ?? []))
    }

    @Test func eachFileIsToldByItself() {
        let wrong = Self.visit.replacing("step: look", with: "step: lok")
        #expect(
            said(["b.replay": wrong, "a.replay": "key zzz\n" + Self.visit + "key yyy\n"]) == [
                "a.replay:1:5: unknown key \"zzz\"", "a.replay:8:5: unknown key \"yyy\"",
                "b.replay:3:7: small has no step \"lok\"",
            ])
    }

    /// Sessions of the whole course go on to lessons whose steps are not known here.
    @Test func aSessionOfOtherLessonsIsOnlyRead() {
        #expect(said(["all.replay": Self.visit + "key q\nexpect lesson other\nexpect step elsewhere\n"]) == [])
        #expect(said(["box.replay": "format: 1\nopen: sandbox\n\nexpect backend.x.ok = 1\n"]) == [])
    }

    @Test func theyAreFoundInTheFolder() throws {
        let folder = try TestFolder()
        try folder.writeLesson("07-small", id: "small")
        try folder.write("format: 1\nlesson: small\nkey zzz\n", "07-small/replays/visit.replay")
        try folder.write("nothing to read", "07-small/replays/visit.golden")
        let problems = LessonLint.check(folder: folder["07-small"]).filter { !$0.isHint }.map(\.short)
        #expect(problems == ["visit.replay:3:5: unknown key \"zzz\""])
    }
}
