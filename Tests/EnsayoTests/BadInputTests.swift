import Foundation
import TestPrograms
import Testing

/// Bad use and bad input: a located error, status 2, soon, and nothing that acts on the terminal.
@Suite struct BadInputTests {
    private let ensayo: Ensayo

    init() throws { ensayo = try Ensayo() }

    @Test(arguments: [
        (["frobnicate"], "ensayo: error: there is no command \"frobnicate\""),
        (["lern"], "did you mean \"learn\"?"), (["help", "lern"], "did you mean \"learn\"?"),
        (["--nonsense"], "--nonsense: error: there is no such option"), (["--linea"], "did you mean \"--linear\"?"),
        (["run"], "<source>: error: this is missing"), (["learn"], "<lesson>: error: this is missing"),
        (["learn", "orchestration", "x"], "x: error: nothing of this kind is expected here"),
        (["learn", "orchestration", "--step"], "--step <step>: error: this is missing"),
        (["learn", "nonsense"], "there is no lesson \"nonsense\""),
        (["learn", "2"], "ensayo: error: lesson 2, Result fusion, is still to come"),
        (["learn", "orchestraton"], "did you mean \"orchestration\"?"),
        (["learn", "orchestration", "--step", "kne"], "orchestration: error: there is no step \"kne\""),
        (["present", "orchestration", "--step", "kne"], "did you mean \"knee\"?"),
        (["learn", "orchestration", "--lang", "es"], "did you mean \"--language\"?"),
        (["learn", "orchestration", "--language", "fr"], "--language: error: expected en, es, not \"fr\""),
        (["learn", "orchestration", "--colours", "monocrome"], "did you mean \"monochrome\"?"),
        (["learn", "orchestration", "--theme", "none"], "colour-blind, ensayo, high-contrast, light"),
        (["learn", "orchestration", "--theme", "ligth"], "did you mean \"light\"?"),
        (["learn", "orchestration", "--linear", "--theme", "ligth"], "did you mean \"light\"?"),
        (["--linear", "--theme", "none"], "colour-blind, ensayo, high-contrast, light"),
        (["present", "orchestration", "--linear", "--theme", "none"], "colour-blind, ensayo, high-contrast, light"),
        (["run", "orchestraton"], "did you mean \"orchestration\"?"), (["run", ""], "there is no lesson \"\""),
        (["run", "orchestration", "--scenario", "fan-uot"], "did you mean \"fan-out\"?"),
        (["sandbox", "orchestration:fan-uot"], "orchestration: error: there is no scenario \"fan-uot\""),
        (["run", "orchestration", "--format", "xml"], "--format: error: expected table, json, csv, not \"xml\""),
        (["run", "orchestration", "--seed", "-1"], "--seed: error: \"-1\" cannot be used here"),
        (["run", "orchestration", "--seed", "18446744073709551616"], "18446744073709551616"),
        (["run", "orchestration", "--set", "backends.sql.latensy=1s"], "--set:1:14: error: unknown key \"latensy\""),
        (["run", "orchestration", "--set", "nonsense"], "expected path=value"),
        (["run", "orchestration", "--set", "backends.sql.latency=fast"], "--set:1:22"),
        (["run", "orchestration", "--until", "never"], "--until:1:1"),
        (["run", "orchestration", "--until", "-1s"], "--until:1:1"),
        (["run", "orchestration", "--do", "at 1s: kil sql"], "did you mean \"kill\"?"),
        (["run", "orchestration", "--do", "at 1s: kill sqll"], "did you mean \"sql\"?"),
        (["run", "missing.yaml"], "missing.yaml: error: no such file or directory"),
        (["run", "./"], "lesson.yaml: error: the file is missing"), (["run", "/dev/zero"], "larger than 1 MiB"),
        (["run", "/dev/null"], "/dev/null:1:1: error:"), (["run", "folder/\u{1b}[31m.yaml"], "no such file"),
        (["export", "orchestration"], "--as <format>: error: this is missing"),
        (["export", "orchestration", "--as", "xml"], "chrome-trace"),
        (["export", "orchestration", "--as", "mermaid", "--request", "99"], "--request: error: there is no request 99"),
        (["export", "orchestration", "--as", "otlp-json", "--table", "spans"], "--table: error: it means nothing with"),
        (["export", "orchestration", "--as", "csv", "--only", "sql"], "add --table"),
        (["export", "orchestration", "--as", "json", "--only", "sqll"], "did you mean \"sql\"?"),
        (["export", "orchestration", "--as", "json", "--from", "2s", "--to", "1s"], "--from: error: it is after --to"),
        (["export", "orchestration", "--as", "json", "--to", "never"], "--to:1:1"),
        (["replay", "missing.replay"], "missing.replay: error: no such file or directory"),
        (["replay", "/dev/zero"], "1 MiB"),
        (["replay", "--format", "yaml"], "--format: error: expected text, tap, junit, not \"yaml\""),
        (["follow", "host:x", "--code", "X"], "ensayo: error: expected HOST or HOST:PORT, not \"host:x\""),
        (["notes", "somewhere"], "--code: error: it is missing"),
        (["present", "orchestration", "--share", "--record", "x"], "--record: error: nobody can follow a replay"),
        (["lint", "nonsense"], "there is no lesson"),
        (["lint", "missing.yaml"], "missing.yaml: error: no such file or directory"),
        (["run", "\u{1b}[2J"], "there is no lesson"), (["--\u{1b}[2J"], "there is no such option"),
    ])
    func badUseIsExplained(arguments: [String], words: String) throws {
        expectRefused(try ensayo.run(arguments), words)
    }

    @Test func aFileThatCannotBeReadIsSaidSo() throws {
        try ensayo.write("duration: 1s", "secret.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: ensayo.folder.path("secret.yaml"))
        // Whoever may read everything reads it.
        expectRefused(try ensayo.run("run secret.yaml"), "secret.yaml", geteuid() == 0 ? "flows" : "permission denied")
    }

    private static let bomb =
        "a: &a [x, x]\n" + (0..<30).map { "b\($0): &b\($0) [ *\($0 == 0 ? "a" : "b\($0 - 1)"), *a ]\n" }.joined()
    private static let shop = """
        duration: 1s
        backends: { a: { latency: 1ms } }
        flows: { f: [ { call: a.b } ] }
        clients: { c: { flow: f, at: 0s } }

        """

    @Test(arguments: [
        ("aliases", bomb, "error: anchors (&name) and aliases (*name)"),
        ("deep", String(repeating: "[", count: 100_000), "1:1: error: more than"),
        ("deeper", "a: " + String(repeating: "{ a: ", count: 5000), "levels deep"),
        ("large", "# " + String(repeating: "x", count: 3 << 20), "larger than 1 MiB"),
        ("nul", "duration: 1s\0\n", "1:13: error: the character U+0000"),
        ("escape", "duration: \u{1b}[31m1s\n", "1:11: error: the character U+001B"),
        ("written-escape", shop + "name: \"\\e[31m\"\n", "5:7: error: the character U+001B"),
        ("c1", shop + "name: \"\u{9b}31m\"\n", "5:8: error: the character U+009B"),
        ("twice", shop + "duration: 2s\n", "5:1: error: duplicate key \"duration\", first in line 1"),
        ("tabs", "backends:\n\ta: 1\n", "2:1: error:"), ("list", "[1, 2]", "1:1: error:"),
        ("text", "hello", "1:1: error:"),
        ("unfinished", "backends: { a: [", "error:"),
        ("unknown", shop.replacing("latency", with: "latncy"), "2:18: error:"),
        ("long", shop.replacing("1s", with: "9999999h"), "1:11: error:"),
        ("endless", shop.replacing("at: 0s", with: "users: 9").replacing("1ms", with: "0ms"), "4:12: error:"),
        ("huge", shop.replacing("at: 0s", with: "arrivals: { rate: 1000000/s }").replacing("1s", with: "1h"), "4:"),
        ("busy", shop.replacing("at: 0s", with: "users: 1000").replacing("1s", with: "24h"), "limits.maxEvents"),
        (
            "loops",
            shop.replacing(
                "{ call: a.b }",
                with: "{ repeat: { times: 1000000, do: [ { repeat: { times: 1000000, "
                    + "do: [ { call: a.b } ] } } ] } }"), "limits.maxEvents"
        ),
    ])
    func hostileFilesAreRefused(name: String, text: String, words: String) throws {
        try ensayo.write(text, "\(name).yaml")
        expectRefused(try ensayo.run("run \(name).yaml"), "\(name).yaml", words)
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        try ensayo.write(Data([0xff, 0xfe, 0, 1, 2, 0x1b]), "binary.yaml")
        expectRefused(try ensayo.run("run binary.yaml"), "binary.yaml:1:1: error: this byte is not UTF-8 text")
    }

    @Test func aLessonWithAMistakeIsShownInItsPlace() throws {
        var other = ensayo
        try other.copyLessons()
        let file = "copy/Lessons/01-orchestration/lesson.yaml"
        let text = try ensayo.folder.text(file)
        try ensayo.write(text.replacing("id: orchestration", with: "id: orchestration\nnonsense: \"\\e[2J\""), file)
        for command in ["run orchestration", "learn orchestration", "replay --update s.replay"] {
            try ensayo.write("format: 1\nlesson: orchestration\n", "s.replay")
            expectRefused(try other.run(command), "01-orchestration/lesson.yaml:", "error:")
        }
    }
}
