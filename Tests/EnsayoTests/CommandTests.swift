import Foundation
import TestPrograms
import Testing

/// What every command has: help with examples, completions, quiet ends.
@Suite struct CommandTests {
    private let ensayo: Ensayo

    init() throws { ensayo = try Ensayo() }

    @Test(arguments: ["menu", "learn", "run", "replay", "list", "lint", "export", "doctor"])
    func helpHasExamples(command: String) throws {
        let help = try ensayo.output("\(command) --help")
        let name = command == "menu" ? "ensayo" : "ensayo \(command)"
        #expect(help.split(separator: "\n").contains { $0.hasPrefix("  \(name)") && !$0.contains("[") }, "\(help)")
        #expect(help.contains("USAGE: ensayo \(command)"))
        #expect(try ensayo.output("help \(command)").contains("USAGE: ensayo \(command)"))
        #expect(try ensayo.output("--help").contains("  \(command) "))
    }

    @Test func itSaysItsVersion() throws {
        #expect(try ensayo.output("--version").wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test func listNamesTheLessons() throws {
        let line = try #require(try ensayo.output("list").split(separator: "\n").first)
        let fields = line.split(separator: "\t")
        #expect(fields.prefix(3) == ["1", "orchestration", "Orchestration"])
        #expect(fields.last?.hasSuffix(" min") == true)
        #expect(try ensayo.output("list --language es").contains("Orquestación"))
        var spanish = ensayo
        spanish.environment["LC_ALL"] = "es_ES.UTF-8"
        #expect(try spanish.output("list").contains("Orquestación"))
    }

    @Test func lintFindsNothingAndFindsWhatIsWrong() throws {
        #expect(try ensayo.output("lint") == "")
        try ensayo.write("duration: 1s\nbackends: { a: { latncy: 1ms } }\n", "shop.yaml")
        let outcome = try ensayo.run("lint shop.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("shop.yaml:2:18: error: unknown key \"latncy\""))
        #expect(outcome.errors.contains("1 checked"))
    }

    // MARK: Without a terminal

    @Test(arguments: [
        [], ["menu"], ["learn", "orchestration"], ["learn", "1", "--step", "knee"], ["learn", "1", "--step", "3"],
    ])
    func theWorkshopNeedsATerminalAndSaysWhatDoesNot(arguments: [String]) throws {
        expectRefused(try ensayo.run(arguments), "needs a terminal", "ensayo run", "ensayo replay")
    }

    /// A reader that has seen enough is no error.
    @Test func aClosedPipeEndsQuietly() throws {
        let export = "export orchestration --as otlp-json"
        for arguments in ["run orchestration --format csv", export, "--help", "lint --help"] {
            let line = "set -o pipefail; '\(Ensayo.binary)' \(arguments) | head -1 > /dev/null"
            let outcome = try Program.run("/bin/bash", ["-c", line], environment: ensayo.environment)
            #expect(outcome.status == 0, "\(arguments)")
            #expect(outcome.errors == "")
        }
        let line = "'\(Ensayo.binary)' run orchestration >&-"
        #expect(try Program.run("/bin/bash", ["-c", line], environment: ensayo.environment).errors == "")
    }

    // MARK: Where the files are

    @Test func anInstalledProgramFindsItsLessons() throws {
        var installed = ensayo
        try installed.copyLessons()
        installed.environment["ENSAYO_HOME"] = nil
        let files = FileManager.default
        for (place, lessons) in [("prefix/bin", "prefix/share/ensayo"), ("alone", "alone")] {
            try files.createDirectory(at: ensayo.folder.url(place), withIntermediateDirectories: true)
            try files.createDirectory(at: ensayo.folder.url(lessons), withIntermediateDirectories: true)
            installed.binary = ensayo.folder.path("\(place)/ensayo")
            // Not by this process: a program that another thread starts meanwhile would keep the copy open.
            #expect(try Program.run("/bin/cp", [Ensayo.binary, installed.binary]).status == 0)
            let lost = try installed.run("list")
            expectRefused(lost, "the lessons are not found", ensayo.folder.path(lessons) + "/Lessons", "ENSAYO_HOME")
            #expect(try installed.run("doctor").status == 1)
            try files.copyItem(at: ensayo.folder.url("copy/Lessons"), to: ensayo.folder.url("\(lessons)/Lessons"))
            #expect(try installed.output("list").contains("orchestration"))
            // Through a link in another folder too.
            let link = ensayo.folder.path("link-\(place.split(separator: "/")[0])")
            try files.createSymbolicLink(atPath: link, withDestinationPath: installed.binary)
            installed.binary = link
            #expect(try installed.output("run orchestration --digest").count == 17)
        }
    }

    @Test func theFolderInTheEnvironmentComesFirst() throws {
        var other = ensayo
        try other.copyLessons()
        try FileManager.default.moveItem(
            at: ensayo.folder.url("copy/Lessons/01-orchestration"),
            to: ensayo.folder.url("copy/Lessons/04-orchestration"))
        #expect(try other.output("list").hasPrefix("4\torchestration"))
        other.environment["ENSAYO_HOME"] = "/nowhere"
        expectRefused(try other.run("list"), "ENSAYO_HOME: error: there is no folder Lessons in /nowhere")
        other.environment["ENSAYO_HOME"] = ""
        #expect(try other.output("list").hasPrefix("1\torchestration"))
    }
}
