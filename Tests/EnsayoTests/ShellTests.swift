import Foundation
import TestPrograms
import Testing

/// Completions and manual pages, made from the commands.
@Suite struct ShellTests {
    private let ensayo: Ensayo

    init() throws { ensayo = try Ensayo() }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsCompleteIt(shell: String) throws {
        let script = try ensayo.output("--generate-completion-script \(shell)")
        // Lessons are asked for when they are needed: there may be others by then.
        #expect(script.contains("ensayo") && script.contains("orchestration") == false)
        for command in ["learn", "replay", "doctor"] { #expect(script.contains(command)) }
        try ensayo.write(script, "completion")
        let check = try Program.run("/usr/bin/env", [shell, "-n", ensayo.folder.path("completion")])
        // 127: that shell is not here.
        #expect(check.status == 0 || check.status == 127, "\(check.errors)")
    }

    /// What bash proposes for the last word of a line.
    private func proposals(_ words: String...) throws -> [String] {
        try ensayo.write(try ensayo.output("--generate-completion-script bash"), "completion")
        let line = words.joined(separator: " ")
        let script = """
            source \(ensayo.folder.path("completion"))
            PATH=\(Program.products.path):$PATH
            cd \(ensayo.folder.path("."))
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
            COMP_LINE='\(line)'; COMP_POINT=\(line.count)
            _ensayo ensayo '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let outcome = try Program.run("/bin/bash", ["-c", script], environment: ensayo.environment)
        #expect(outcome.errors == "")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test func bashProposesLessonsStepsAndFiles() throws {
        #expect(try proposals("ensayo", "learn", "orch") == ["orchestration"])
        #expect(try proposals("ensayo", "learn", "orchestration", "--step", "kn") == ["knee"])
        #expect(try proposals("ensayo", "present", "1", "--step", "kn") == ["knee"])
        #expect(try proposals("ensayo", "export", "retry", "--panels", "seq") == ["sequence"])
        #expect(try proposals("ensayo", "run", "orchestration", "--scenario", "fan") == ["fan-out"])
        try ensayo.write("", "mine/shop.yaml")
        try ensayo.write("", "mine/notes.txt")
        #expect(try proposals("ensayo", "run", "mi") == ["mine/"])
        #expect(try proposals("ensayo", "run", "mine/s") == ["mine/shop.yaml"])
        #expect(try proposals("ensayo", "run", "mine/n") == [])
    }

    /// Without a command, the options are the menu's.
    @Test func bashProposesTheMenusOptionsAndTheirValues() throws {
        #expect(try proposals("ensayo", "--l").sorted() == ["--language", "--lessons", "--linear"])
        #expect(try proposals("ensayo", "--ascii", "--li") == ["--linear"])
        #expect(try proposals("ensayo", "--ascii", "--as") == [], "it is there already")
        #expect(try proposals("ensayo", "--language", "") == ["en", "es"])
        #expect(try proposals("ensayo", "--theme", "high") == ["high-contrast"])
        #expect(try proposals("ensayo", "le") == ["learn"])
        #expect(try proposals("ensayo", "--linear", "--colours", "mono") == ["monochrome"])
        // A command has its own.
        #expect(try proposals("ensayo", "lint", "--a") == ["--agree"])
    }

    @Test func fishProposesTheMenusOptions() throws {
        try ensayo.write(try ensayo.output("--generate-completion-script fish"), "completion")
        let script = "source \(ensayo.folder.path("completion")); complete -C 'ensayo --l'"
        let outcome = try Program.run("/usr/bin/env", ["fish", "-c", script], environment: ensayo.environment)
        let names = outcome.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
        // 127: that shell is not here.
        #expect(outcome.status == 127 || names.sorted() == ["--language", "--lessons", "--linear"], "\(outcome)")
    }

    /// The script for zsh offers at its first level what it offers for the menu.
    @Test func zshIsToldTheMenusOptions() throws {
        let script = try ensayo.output("--generate-completion-script zsh")
        let first = try #require(script.range(of: "(-): :->command"))
        for option in ["--linear[", "--language[", "--theme[", "--lessons["] {
            #expect(script[..<first.lowerBound].contains(option), "\(option)")
        }
    }

    @Test func everyCommandHasAManualPage() throws {
        let folder = ensayo.folder.url("man")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #expect(try ensayo.output("manual man") == "")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        for command in ["learn", "run", "replay", "lint", "doctor", "export"] {
            #expect(names.contains("ensayo-\(command).1"))
        }
        #expect(names.contains("ensayo.1") && !names.contains("ensayo-manual.1") && !names.contains("ensayo-help.1"))
        for name in names {
            let page = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(page.hasPrefix(".TH ENSAYO"))
            #expect(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"))
            // Where groff is, it has nothing to complain about.
            let check = try Program.run(
                "/usr/bin/env", ["groff", "-man", "-ww", "-Tutf8", "-z", folder.appending(path: name).path])
            #expect(check.status == 127 || check.errors == "", "\(name): \(check.errors)")
        }
        #expect(try ensayo.run("manual /nowhere").status == 2)
    }
}
