import Foundation
import Scenario
import TestPrograms
import Testing
import Workshop

/// `ensayo sandbox`, and the one-line codes of systems.
@Suite struct SandboxCommandTests {
    private static let shop = """
        name: shop
        seed: 3
        duration: 10s
        backends:
          sql: { latency: { lognormal: { p50: 20ms, p99: 90ms } }, concurrency: 2 }
        flows:
          page: [ { call: sql.read } ]
        clients:
          web: { flow: page, arrivals: { poisson: 20/s } }
        interventions:
          - { at: 3s, kill: sql }
        """

    private let ensayo: Ensayo

    init() throws {
        ensayo = try Ensayo()
        try ensayo.write(Self.shop, "shop.yaml")
    }

    @Test func aCodeIsTheSameRunAsItsFile() throws {
        let code = try ScenarioCode(yaml: Self.shop).description
        #expect(try ensayo.output("run \(code) --digest") == ensayo.output("run shop.yaml --digest"))
        #expect(try ensayo.output("export \(code) --as csv") == ensayo.output("export shop.yaml --as csv"))
    }

    @Test func aCodeThatCannotBeReadIsBadInput() throws {
        let code = try ScenarioCode(yaml: Self.shop).description
        for command in ["run", "sandbox"] {
            expectRefused(try ensayo.run("\(command) \(code.dropLast(3))"), "damaged")
            expectRefused(try ensayo.run("\(command) ensayo-9.\(code.dropFirst(9))"), "version")
            let hostile = try ScenarioCode(yaml: "duration: \"\\e[31m\"\n").description
            expectRefused(try ensayo.run("\(command) \(hostile)"))
        }
    }

    @Test func whatIsNotThereIsBadInput() throws {
        expectRefused(try ensayo.run("sandbox nowhere.yaml"), "nowhere.yaml")
        expectRefused(try ensayo.run("sandbox orchestration:fanout"), "fan-out")
        try ensayo.write("a: [", "bad.yaml")
        expectRefused(try ensayo.run("sandbox bad.yaml"), "bad.yaml:1")
    }
}

/// The sandbox in a real terminal.
@Suite(.enabled(if: Tmux.isInstalled, "no tmux: run scripts/test"))
struct SandboxTerminalTests {
    @Test func aSystemIsChangedSavedAndPrintedAsALine() throws {
        let ensayo = try Ensayo()
        let terminal = try Tmux(width: 80, height: 24, environment: ensayo.environment)
        let file = ensayo.folder.path("mine.yaml")
        try terminal.type("'\(Ensayo.binary)' sandbox")
        try terminal.waitFor("database")
        try terminal.press("W")
        try terminal.waitFor("Save as YAML")
        try terminal.press("C-u")
        try terminal.type(file)
        try terminal.waitFor("Saved as")
        try terminal.press("Y")
        try terminal.waitFor("One line to share")
        try terminal.press("p")
        try terminal.waitFor("printed when you leave")
        try terminal.press("C-c")
        try terminal.waitForPrompt()
        #expect(try terminal.leftovers() == [])
        let yaml = try String(contentsOfFile: file, encoding: .utf8)
        #expect(yaml == (try SandboxSource.starter()).draft.namedYAML)
    }
}
