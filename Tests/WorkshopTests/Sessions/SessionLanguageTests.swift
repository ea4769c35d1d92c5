import Foundation
import Scenario
import Testing
import Trace

@testable import Workshop

/// The words of session files: waits, states, panels, changes and includes; each problem in its place.
@Suite struct SessionLanguageTests {
    private static let head = "format: 1\nlesson: rehearsal\n"
    private static let lines = [
        "wait 250ms", "wait until breaker payments is half-open", "wait until breaker a.b is not open",
        "wait until backend sql is down", "wait until backend sql is up", "wait until bulkhead x is full",
        "wait until bulkhead x is not full", "wait until queue of sql >= 10", "wait until calls in sql != 0",
        "wait until cache products has p17", "wait until cache products has not p17",
        "wait until flow.page.failed >= 3", "wait until event breakerOpened",
        "wait until event breakerOpened of guarded", "expect breaker payments is disabled",
        "expect queue of sql < 3", "expect flow.page.ok > 3 so far", "expect panel breaker shows \"OPEN\"",
        "expect panel breaker shows no \"a \"b\" c\"", "set backends.sql.latency = 2s",
        "set clients.web.arrivals = { poisson: 5/s }", "do kill sql", "do errors sql 50% as 503",
        "do slow sql 3x for 10s", "do crash products", "pause", "clock 1:30",
        "clock 1:02:05", "restart", "wait until demo pauses", "wait until demo line 12", "expect lesson rehearsal",
    ]

    private func script(_ text: String, _ files: [String: String] = [:]) throws -> SessionScript {
        let keyFiles = KeyFiles { path in
            files[path].map { .success(Array($0.utf8)) } ?? .failure(.missing)
        }
        return try SessionScript(parsing: text, file: "visits/s.replay", files: keyFiles)
    }

    private func problems(_ text: String, _ files: [String: String] = [:]) -> [String] {
        do {
            _ = try script(text, files)
            return []
        } catch let error as ScenarioError {
            return error.problems.map { "\($0.file):\($0.line):\($0.column) \($0.message)" }
        } catch {
            return ["\(error)"]
        }
    }

    /// What is written is what was read, line by line.
    @Test(arguments: lines) func eachLineIsWrittenAsItIsRead(line: String) throws {
        let script = try script(Self.head + line)
        #expect(script.lines.map(\.action.description) == [line])
    }

    @Test(arguments: [
        ("wait", "3:1 expected `wait until ...` or a time, such as `wait 250ms`"),
        ("wait soon", "3:6 expected `wait until ...` or a time"), ("wait until", "3:6 expected what to wait for"),
        ("wait until breaker payments open", "3:20 expected `breaker NAME is closed`"),
        ("wait until breaker payments is opened", "3:32 a breaker is never \"opened\""),
        ("wait until backend sql is open", "3:27 a backend is never \"open\""),
        ("wait until queue of sql", "3:18 expected `queue of NAME >= 10`"),
        ("wait until queue sql > 3", "3:18 expected `queue of NAME >= 10`"),
        ("wait until queue of sql > many", "3:18 expected `queue of NAME >= 10`"),
        ("wait until cache products holds p1", "3:18 expected `cache NAME has KEY`"),
        ("wait until event breakrOpened", "3:18 unknown kind of event \"breakrOpened\""),
        ("wait until event breakerOpened guarded", "3:32 expected `of NAME`"),
        ("expect panel brekaer shows \"x\"", "3:14 unknown panel \"brekaer\""),
        ("expect panel breaker \"x\"", "3:22 expected `expect panel breaker shows \"...\"`"),
        ("expect panel breaker shows x", "3:28 expected a text in quotes"),
        ("set", "3:1 expected what to set"), ("do", "3:1 expected what to do"), ("pause now", "3:7 expected nothing"),
        ("set backends.sql", "3:5 "), ("do kil sql", "3:4 "), ("include", "3:1 expected a file"),
        ("open: elsewhere", "3:7 expected lesson, menu, present, sandbox or sandbox FILE"), ("finished:", ""),
        ("open: present", ""), ("open: present x", "3:7 expected lesson, menu, present"),
        ("demo: a.replay", "3:7 only a presentation has a demo"),
        ("clock", "3:1 expected minutes"), ("clock 1:5", "3:7 expected minutes"),
        ("clock 90s", "3:7 expected minutes"), ("clock 0:60", "3:7 expected minutes"),
        ("restart now", "3:9 expected nothing"),
        ("wait until demo", "3:12 expected `demo pauses` or `demo line 5`"),
        ("wait until demo line 0", "3:17 expected `demo pauses`"), ("expect lesson", "3:8 expected the id of a lesson"),
    ])
    func eachProblemIsInItsPlace(line: String, problem: String) throws {
        let found = problems(Self.head + line)
        #expect(found.count == (problem.isEmpty ? 0 : 1))
        #expect(found.allSatisfy { $0.hasPrefix("visits/s.replay:" + problem) }, "\(found)")
    }

    @Test func aMenuHasNoLessonAndNoStep() {
        #expect(problems("format: 1\nopen: menu\nkey enter") == [])
        #expect(problems("format: 1\nopen: menu\nlesson: a\nstep: b").count == 2)
    }

    @Test func aFrameIsCalledAsNoOther() {
        #expect(problems(Self.head + "frame a\nframe b\n  frame a") == [
            "visits/s.replay:5:9 there is a frame \"a\" already"
        ])
        let files = ["a.replay": "key a\nframe a"]
        #expect(problems(Self.head + "include a.replay\nframe b", files) == [])
        #expect(problems(Self.head + "include a.replay\ninclude a.replay", files) == [
            "visits/s.replay:4:9 there is a frame \"a\" already"
        ])
    }

    // MARK: Includes

    @Test func includedLinesStandInThePlaceOfTheirLineAndKnowTheirOwn() throws {
        let files = ["parts/a.replay": "key a\ninclude b.replay\nkey c", "parts/b.replay": "format: 1\n\nkey b"]
        let script = try script(Self.head + "key x\ninclude parts/a.replay\nkey y", files)
        #expect(script.lines.map(\.action.description) == ["key x", "key a", "key b", "key c", "key y"])
        #expect(script.lines.map(\.number) == [3, 1, 3, 3, 5])
        #expect(script.lines.map(\.file) == [
            nil, "visits/parts/a.replay", "visits/parts/b.replay", "visits/parts/a.replay", nil,
        ])
    }

    @Test func whatCannotBeIncludedIsTold() {
        let loop = ["a.replay": "include b.replay", "b.replay": "key spce\ninclude a.replay"]
        #expect(problems(Self.head + "include a.replay", loop) == [
            "visits/b.replay:1:5 unknown key \"spce\"",
            "visits/b.replay:2:9 the files include each other: a.replay → b.replay → a.replay",
        ])
        let refused = ["s.replay", "/etc/passwd", "../other.replay", "parts/../../x", "none.replay"]
        for path in refused {
            let found = problems(Self.head + "include \(path)", ["s.replay": "key a"])
            #expect(found.count == 1 && found[0].hasPrefix("visits/s.replay:3:9 "), "\(path): \(found)")
        }
        let head = problems(Self.head + "include a.replay", ["a.replay": "step: b\nsize: 80x24"])
        #expect(head == [
            "visits/a.replay:1:7 an included file has no step of its own",
            "visits/a.replay:2:7 an included file has no size of its own",
        ])
    }

    /// A whole session can be a part of a longer one: its frames are its own.
    @Test func aSessionOfALessonIsAVisit() throws {
        let visit = "format: 1\nlesson: bulkhead\nsize: 100x30\nlanguage: es\nkey enter\nframe start\nkey n\n"
        let script = try script("format: 1\nopen: menu\nlanguage: es\ninclude a.replay\nkey q", ["a.replay": visit])
        #expect(script.lines.map(\.action.description) == [
            "resize 100x30", "expect lesson bulkhead", "expect step card", "key enter", "key n", "key q",
        ])
        #expect(script.lines.prefix(3).allSatisfy { $0.file == "visits/a.replay" && $0.number == 2 })
        let other = problems("format: 1\nopen: menu\nglyphs: ascii\ninclude a.replay", ["a.replay": visit])
        #expect(other == [
            "visits/a.replay:4:11 the session that includes this one says language: en",
            "visits/a.replay:2:9 the session that includes this one says glyphs: ascii",
        ])
        let late = problems(Self.head + "include a.replay", ["a.replay": "format: 1\nlesson: a\nstep: b\n"])
        #expect(late == ["visits/a.replay:3:7 only a session that begins at the card of a lesson can be included"])
    }

    // MARK: Presentations

    @Test func aPresentationNamesItsDemo() throws {
        let demo = "format: 1\nlesson: rehearsal\ninclude parts/a.replay\n"
        let head = "format: 1\nopen: present\nlesson: rehearsal\ndemo: demos/d.replay\n"
        let files = ["demos/d.replay": demo, "demos/parts/a.replay": "key n\n"]
        let script = try script(head + "key x", files)
        #expect(script.description.contains("open: present\nlesson: rehearsal\ndemo: demos/d.replay\n"))
        guard case .file("demos/d.replay", let read) = script.demo else { return #expect(Bool(false)) }
        #expect(read.lines.map(\.action) == [.key(.character("n"), at: nil)])
        #expect(problems(head, [:]) == ["visits/s.replay:4:7 there is no such file"])
        #expect(problems(head, ["demos/d.replay": demo + "key spce\n"]).count == 2)
        // A demo has no demo, not even itself.
        let inner = head.replacing("demos/d", with: "d")
        #expect(problems(head, ["demos/d.replay": inner, "demos/d.replay/": inner]) == [
            "visits/demos/d.replay:2:7 a demo is a session of a lesson",
            "visits/demos/d.replay:4:7 only a presentation has a demo: open: present",
        ])
    }

    @Test func aSystemIsAFileBesideTheSessionOrACode() throws {
        let yaml = """
            duration: 1s
            backends: { sql: { latency: 1ms } }
            flows: { page: [ { call: sql.read } ] }
            clients: { web: { flow: page, arrivals: { poisson: 5/s } } }

            """
        let file = try script("format: 1\nopen: sandbox shop.yaml\n", ["shop.yaml": yaml])
        #expect(file.system?.path == "shop.yaml")
        let code = try ScenarioCode(yaml: yaml).description
        let coded = try script("format: 1\nopen: sandbox \(code)\n")
        #expect(coded.system?.path == nil)
        #expect(coded.system?.draft.root["backends"]?["sql"] != nil)
        #expect(coded.description.contains("open: sandbox \(code)\n"))
        let damaged = problems("format: 1\nopen: sandbox \(code.dropLast(4))\n")
        #expect(damaged.first?.hasPrefix("visits/s.replay:2:15 this code is") == true)
    }

    /// Files that include the next one twice double at every level.
    @Test func whatFilesPullInIsBounded() {
        var files: [String: String] = [:]
        for level in 0..<20 { files["\(level)"] = "include \(level + 1)\ninclude \(level + 1)" }
        let found = problems(Self.head + "include 0", files)
        #expect(found.contains { $0.contains("at most 8 deep") })
        #expect(found.count < 1000)
    }

    // MARK: Anything

    /// Nothing traps the reader; what it takes it writes and reads again.
    @Test(arguments: 1...60 as ClosedRange<UInt64>) func randomLinesAreRefusedOrKept(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let words =
            Self.lines.flatMap { $0.split(separator: " ").map(String.init) } + ["\"", "", "\u{1b}", "9e99", "at"]
        let text = (0..<12).map { _ in
            var line = random.pick(Self.lines).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                line[Int.random(in: line.indices, using: &random)] = random.pick(words)
            }
            return line.joined(separator: " ")
        }
        for line in text {
            do {
                let actions = try script(Self.head + line).lines.map(\.action)
                let written = actions.map(\.description).joined(separator: "\n")
                #expect(try script(Self.head + written).lines.map(\.action) == actions, "\(line)")
            } catch let error as ScenarioError {
                #expect(!error.problems.isEmpty)
            }
        }
    }

    /// The examples of the guide are sessions that pass.
    @Test func theGuidesExamplesHold() throws {
        let root = LessonReplayTests.lessons.deletingLastPathComponent()
        let guide = try String(contentsOf: root.appending(path: "docs/replay.md"), encoding: .utf8)
        let blocks = guide.components(separatedBy: "```replay\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(blocks.count == 3)
        let shelf = SessionShelf(LessonLibrary(folder: LessonReplayTests.lessons.path))
        for block in blocks {
            let script = try SessionScript(parsing: block, file: "docs/replay.md")
            let checks = try SessionReplay.run(script, on: shelf, name: "guide", isWatched: false).checks
            #expect(checks.compactMap(\.failure) == [], "\(block)")
        }
    }
}
