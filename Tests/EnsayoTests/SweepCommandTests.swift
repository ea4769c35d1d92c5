import Foundation
import TestPrograms
import Testing

/// `ensayo sweep`, `ensayo shrink`, and sessions that are replayed twice.
@Suite struct SweepCommandTests {
    private static let shop = """
        duration: 3s
        backends:
          sql: { latency: { exponential: 50ms }, concurrency: 1 }
        flows:
          page: [ call: sql.read ]
        clients:
          web: { flow: page, arrivals: { poisson: 10/s } }

        """
    private static let sweep = "sweep shop.yaml --vary backends.sql.concurrency=1,2 --seeds 6 --format json"
    private let ensayo: Ensayo

    init() throws {
        ensayo = try Ensayo()
        try ensayo.write(Self.shop, "shop.yaml")
    }

    @Test func theResultIsTheSameHoweverItIsMade() throws {
        let alone = try ensayo.run("\(Self.sweep) --jobs 1")
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) is [String: Any])
        #expect(try ensayo.run("\(Self.sweep) --jobs 4 --out runs.jsonl").output == alone.output)
        // Cut in the middle of a line, as when the power fails.
        let runs = try ensayo.folder.text("runs.jsonl")
        try ensayo.write(String(runs.prefix(runs.count * 2 / 3)), "runs.jsonl")
        #expect(try ensayo.run("\(Self.sweep) --out runs.jsonl --resume").output == alone.output)
        #expect(try ensayo.folder.text("runs.jsonl") == runs)
    }

    @Test func aFileIsNeverOverwrittenNorMixed() throws {
        #expect(try ensayo.run("\(Self.sweep) --out runs.jsonl").status == 0)
        let again = try ensayo.run("\(Self.sweep) --out runs.jsonl")
        #expect(again.status == 2 && again.errors.contains("--resume"))
        try ensayo.write(Self.shop.replacing("50ms", with: "60ms"), "shop.yaml")
        let other = try ensayo.run("\(Self.sweep) --out runs.jsonl --resume")
        #expect(other.status == 2 && other.errors.contains("another sweep"))
        try ensayo.write("a shopping list\n", "list.txt")
        #expect(try ensayo.run("\(Self.sweep) --out list.txt --resume").status == 2)
        #expect(try ensayo.folder.text("list.txt") == "a shopping list\n")
    }

    /// Ctrl-C, as soon as the file has more than a hundred runs.
    @Test(arguments: [1, 4]) func ctrlCKeepsWhatIsThere(jobs: Int) throws {
        let sweep = "sweep shop.yaml --seeds 100000 --jobs \(jobs) --out runs.jsonl"
        let outcome = try ensayo.interrupted(sweep, when: "[ \"$(wc -l < runs.jsonl)\" -gt 100 ]")
        #expect(outcome.status == 130, "\(outcome.errors)")
        let lines = try ensayo.folder.text("runs.jsonl").split(separator: "\n")
        #expect(outcome.errors.contains("Stopped after \(lines.count - 1) of 100000 runs."))
        #expect(outcome.errors.contains("They are in runs.jsonl: --resume goes on with them."))
        #expect(outcome.output == "")
        let more = lines.count + 9
        let resumed = try ensayo.run("sweep shop.yaml --seeds \(more) --out runs.jsonl --resume --format csv")
        #expect(resumed.status == 0 && resumed.output.contains(",\(more),0,0"), "\(resumed)")
    }

    /// What ends a program politely keeps what is there too.
    @Test func aTerminatedSweepSaysHowToGoOn() throws {
        let sweep = "sweep shop.yaml --seeds 100000 --jobs 2 --out runs.jsonl"
        let outcome = try ensayo.interrupted(sweep, by: "TERM", when: "[ \"$(wc -l < runs.jsonl)\" -gt 100 ]")
        #expect(outcome.status == 143, "\(outcome.errors)")
        #expect(outcome.errors.contains("They are in runs.jsonl: --resume goes on with them."))
        #expect(outcome.output == "")
    }

    /// A figure that nobody measured is no figure.
    @Test func aChangedLineIsRefused() throws {
        #expect(try ensayo.run("\(Self.sweep) --out runs.jsonl").status == 0)
        var lines = try ensayo.folder.text("runs.jsonl").split(separator: "\n").map(String.init)
        lines[8] = "{\"run\":7,\"seed\":\"1\",\"values\":[-34.8,225.1,17]}"
        let changed = try ensayo.write(lines.joined(separator: "\n") + "\n", "runs.jsonl")
        expectRefused(
            try ensayo.run("\(Self.sweep) --out runs.jsonl --resume"),
            "runs.jsonl:9:1: error: the line of run 7 is not as it was written: its checksum does not fit")
        #expect(try ensayo.folder.text("runs.jsonl") == changed)
    }

    /// A line that was cut off is made again; one in the middle is not passed over, and nothing behind it is lost.
    @Test func aDamagedFileIsToldWithItsLine() throws {
        #expect(try ensayo.run("\(Self.sweep) --out runs.jsonl").status == 0)
        let whole = try ensayo.folder.text("runs.jsonl")
        var lines = whole.split(separator: "\n").map(String.init)
        lines[5] = "garbage"
        let damaged = try ensayo.write(lines.joined(separator: "\n") + "\n", "runs.jsonl")
        expectRefused(
            try ensayo.run("\(Self.sweep) --out runs.jsonl --resume"),
            "runs.jsonl:6:1: error: this is not the line of run 4", "garbage")
        #expect(try ensayo.folder.text("runs.jsonl") == damaged)
        for rest in ["", "garb"] {
            try ensayo.write(lines[..<5].joined(separator: "\n") + "\n" + rest, "runs.jsonl")
            #expect(try ensayo.run("\(Self.sweep) --out runs.jsonl --resume").status == 0)
            #expect(try ensayo.folder.text("runs.jsonl") == whole)
        }
        try ensayo.write("not a sweep", "note.txt")
        #expect(try ensayo.run("\(Self.sweep) --out note.txt --resume").status == 2)
        #expect(try ensayo.folder.text("note.txt") == "not a sweep")
    }

    @Test func whatIsWrongIsTold() throws {
        for (options, words) in [
            ("--vary backends.sql.concurency=1", "concurency"), ("--metric flow.page.latncy", "latncy"),
            ("--seeds 0", "--seeds: error: expected 1 to 1000000, not 0"), ("--resume", "--out"),
            ("--seeds x", "--seeds: error: \"x\" cannot be used here"),
            ("--jobs 0", "--jobs: error: expected 1 to 256"),
            ("--precision 2", "--precision: error: expected a share, such as 2%"),
            ("--until x", "--until:1:1: error: "),
            ("--vary seed=1,2", "--vary:1:1: error: seeds are not varied"),
            ("--vary duration=1s --vary duration=2s", "--vary:1:1: error: \"duration\" is varied already"),
        ] {
            let outcome = try ensayo.run("sweep shop.yaml \(options)")
            #expect(outcome.status == 2, "\(options)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }

    @Test func aFailingSessionIsShrunkToOneThatFails() throws {
        try ensayo.write(
            "format: 1\nlesson: orchestration\nstep: one-by-one\nsize: 100x30\n\nkey ?\nkey ?\nframe a\nkey space\n"
                + "at 731ms key space\nexpect flow.dashboard_sequential.latency.max = 1s\nkey n\n", "visit.replay")
        let shrunk = try ensayo.run("shrink visit.replay")
        #expect(shrunk.status == 0, "\(shrunk.errors)")
        #expect(shrunk.output.contains("visit.shrunk.replay: 1 of 7 lines"))
        let replayed = try ensayo.run("replay visit.shrunk.replay")
        #expect(replayed.status == 1)
        #expect(replayed.output.contains("expect flow.dashboard_sequential.latency.max = 1s"))
    }

    /// What a session names is found from wherever the shrunk one lies: above, below, elsewhere.
    @Test(arguments: ["small.replay", "a/b/small.replay", "elsewhere/small.replay"])
    func aShrunkPresentationFindsItsDemo(out: String) throws {
        try ensayo.write("format: 1\nlesson: timeouts\nkey n\npause\n", "a/b/x/demo.replay")
        try ensayo.write("key n\n", "a/b/x/more.lines")
        try ensayo.write("", "elsewhere/keep")
        try ensayo.write(
            "format: 1\nopen: present\nlesson: timeouts\ndemo: x/demo.replay\n\ninclude x/more.lines\n"
                + "key x\nwait until demo pauses\nwait until demo line 9\n", "a/b/visit.replay")
        let shrunk = try ensayo.run("shrink a/b/visit.replay --out \(out)")
        #expect(shrunk.status == 0, "\(shrunk.errors)")
        let written = try ensayo.folder.text(out)
        #expect(written.contains("demo: ") && !written.contains("include"), "\(written)")
        let replayed = try ensayo.run("replay \(out)")
        #expect(replayed.status == 1, "\(replayed.errors)")
        #expect(replayed.output.contains("the demo stands still"), "\(replayed.output)")
    }

    /// A scenario that lies elsewhere comes along as a code.
    @Test func aShrunkSandboxFindsItsSystem() throws {
        try ensayo.write(
            "format: 1\nopen: sandbox shop.yaml\n\nkey ?\nkey ?\nexpect text \"nowhere\"\n", "visit.replay")
        #expect(try ensayo.run("shrink visit.replay --out ./same.replay").status == 0)
        #expect(try ensayo.folder.text("same.replay").contains("open: sandbox shop.yaml"))
        try ensayo.write("", "elsewhere/keep")
        let shrunk = try ensayo.run("shrink visit.replay --out elsewhere/small.replay")
        #expect(shrunk.status == 0, "\(shrunk.errors)")
        #expect(try ensayo.folder.text("elsewhere/small.replay").contains("open: sandbox shop.yaml") == false)
        #expect(try ensayo.run("replay elsewhere/small.replay").status == 1)
    }

    @Test func aPassingSessionIsNotShrunk() throws {
        try ensayo.write("format: 1\nlesson: orchestration\nexpect step card\n", "fine.replay")
        let outcome = try ensayo.run("shrink fine.replay")
        #expect(outcome.status == 2 && outcome.errors.contains("nothing to shrink"))
    }

    @Test func aSessionIsTheSameInAFreshProcess() throws {
        let session = "format: 1\nlesson: orchestration\nstep: one-by-one\nkey space\nat 700ms key space\nkey n\n"
        try ensayo.write(session, "visit.replay")
        _ = try ensayo.run("replay --update visit.replay")
        let twice = try ensayo.run("replay --twice visit.replay")
        #expect(twice.status == 0, "\(twice.output)\(twice.errors)")
        #expect(twice.output.contains("(1 check)"))
        #expect(try ensayo.run("replay --filter nothing visit.replay").status == 2)
    }
}
