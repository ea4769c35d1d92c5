import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// A system assembled, run, broken, saved and shared by keys alone.
@Suite struct SandboxJourneyTests {
    @Test func aSystemAssembledFromTheStarterRunsIsSavedAndComesBackFromItsCode() throws {
        let one = try Assembler()
        let first = try #require(one.digest)
        // A cache, a policy, a step that uses them.
        one.add("pool balancer")
        #expect(try one.value(.root.key("backends").key("pool").key("balancer")) == "roundRobin")
        one.press("n").type("search").press("enter")
        #expect(try one.state.draft.root["backends"]?["search"] != nil)
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).add("parallel")
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).add("policy round it")
        #expect(try one.state.draft.root["policies"]?.entries?.count == 1)
        one.at(.key("clients"), .key("people")).press("enter")
        let built = try #require(one.digest)
        #expect(built != first)
        // It breaks in the middle, and both futures are there.
        one.press("f enter")
        #expect(try one.state.player?.history.changes.count == 1)
        let broken = try #require(one.digest)
        #expect(broken != built)
        #expect(try one.state.player?.earlier != nil)
        // Saved with what was done.
        one.press("W").type("mine.yaml").press("enter")
        let yaml = try #require(one.files["mine.yaml"])
        #expect(try !one.state.isUnsaved)
        #expect(one.shelf["new"] == nil)
        let again = try Assembler(yaml: yaml, path: "mine.yaml")
        #expect(again.digest == broken)
        // And shared.
        one.press("Y p escape")
        let code = try ScenarioCode(try #require(one.printed.first))
        #expect(try Assembler(yaml: code.yaml).digest == broken)
    }

    @Test func undoAndRedoGoThroughEditsAndFaultsInTheirOrder() throws {
        let one = try Assembler()
        let path = NodePath.root.key("backends").key("api").key("concurrency")
        let start = one.digest
        one.at(.key("backends"), .key("api"), .key("concurrency")).press("+")
        #expect(try one.value(path) == "11")
        let edited = one.digest
        one.press("f enter")
        let broken = one.digest
        #expect(broken != edited)
        one.press("u")
        #expect(one.digest == edited)
        one.press("u")
        #expect(one.digest == start)
        #expect(try !one.state.isUnsaved)
        one.press("r r")
        #expect(one.digest == broken)
    }

    @Test func aValueThatDoesNotReadSaysWhyAndStaysToBeMended() throws {
        let one = try Assembler()
        let before = one.digest
        one.at(.key("backends"), .key("api"), .key("latency")).press("enter").type("20").press("enter")
        #expect(one.shows("needs a unit"))
        #expect(one.shows("Write 20ms"))
        #expect(one.digest == before)
        one.press("m s enter")
        #expect(try one.state.input == nil)
        #expect(try one.value(.root.key("backends").key("api").key("latency")) == "20ms")
    }

    @Test func typedLettersAreTextAndNotCommands() throws {
        let one = try Assembler()
        one.at(.key("backends"), .key("api"), .key("latency")).press("enter").type("lq?xW")
        #expect(one.app.language == .english)
        #expect(one.shows("lqxW") || one.shows("lq?xW"))
        one.press("escape")
        #expect(try one.value(.root.key("backends").key("api").key("latency")) == "20ms")
    }

    @Test func aPartThatOthersNeedGoesWithThemOrStays() throws {
        let one = try Assembler()
        one.at(.key("backends"), .key("api")).press("x")
        #expect(one.shows("the call from visit to api"))
        one.press("escape")
        #expect(try one.state.draft.root["backends"]?["api"] != nil)
        one.press("x enter")
        #expect(try one.state.draft.root["backends"]?["api"] == nil)
        #expect(try one.state.draft.root["flows"]?["visit"]?.items?.count == 1)
        // Nobody would send requests any more.
        let before = try one.state.draft.yaml
        one.at(.key("clients"), .key("people")).press("x")
        #expect(try one.state.draft.yaml == before)
        #expect(one.shows("nobody would send a request"))
    }

    @Test func nothingIsOverwrittenUnasked() throws {
        let one = try Assembler()
        one.press("W").type("a.yaml").press("enter")
        let first = try #require(one.files["a.yaml"])
        one.at(.key("seed")).press("+")
        one.press("W").type("b").press("enter")
        #expect(one.files["b.yaml"] != nil)
        one.press("W").type("a.yaml").press("enter")
        #expect(one.shows("a.yaml is there already"))
        #expect(one.files["a.yaml"] == first)
        one.press("enter")
        #expect(one.files["a.yaml"] != first)
    }

    @Test func aDiskThatIsFullLosesNothing() throws {
        let one = try Assembler()
        one.isFull = true
        one.at(.key("seed")).press("+ W enter")
        #expect(one.shows("No space left on device"))
        #expect(try one.state.isUnsaved)
        #expect(one.shelf["new"] != nil)
    }

    @Test func leavingWithUnsavedChangesAsks() throws {
        let one = try Assembler()
        one.at(.key("seed")).press("+ q")
        #expect(one.shows("not saved"))
        one.press("escape")
        #expect(one.app.sandbox != nil)
        #expect(one.shelf["new"] != nil)
        one.press("q x")
        #expect(one.app.sandbox == nil)
        #expect(one.shelf["new"] == nil)
    }

    @Test func whatWasNotSavedComesBackAndCanBeUndone() throws {
        var source = try SandboxSource.starter()
        var unsaved = source.draft
        unsaved.set(try ScenarioDraft.value("9"), at: .root.key("seed"))
        source.unsaved = unsaved
        let one = try Assembler(source)
        #expect(try one.value(.root.key("seed")) == "9")
        #expect(try one.state.isUnsaved)
        one.press("u")
        #expect(try one.value(.root.key("seed")) == "1")
    }

    @Test func aFileThatIsNoScenarioIsShownAndCanBeMended() throws {
        let yaml = "duration: 5s\nbackends: { a: { latency: 10 } }\nflows: { f: [ call: a.x ] }\n"
        let one = try Assembler(yaml: yaml, path: "f.yaml")
        #expect(one.digest == nil)
        #expect(one.shows("needs"))
        one.at(.key("backends"), .key("a"), .key("latency")).press("enter").type("10ms").press("enter")
        #expect(try one.value(.root.key("backends").key("a").key("latency")) == "10ms")
        one.add("one request")
        #expect(one.digest != nil)
    }

    @Test func aRunThatALimitStopsLeavesTheDraftAndTheLastRun() throws {
        let one = try Assembler()
        let before = one.digest
        one.add("what a run may use")
        one.at(.key("limits"), .key("maxEvents")).press("enter").type("2000").press("enter")
        #expect(one.digest == before)
        #expect(try one.value(.root.key("limits").key("maxEvents")) == "2000")
        one.press("u")
        #expect(try one.state.failure == nil)
    }
}
