import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What cannot be done says why, in the language of the screen.
@Suite struct SandboxRefusalTests {
    private static let wide = Size(width: 120, height: 40)

    private func said(_ one: Assembler) -> String { one.screen.joined(separator: "\n") }

    @Test(arguments: [
        (Language.english, "abc", "Expected a duration, such as 250ms, found \"abc\"."),
        (.spanish, "abc", "Se espera una duración, como 250ms, y hay \"abc\"."),
        (.english, "20", "\"20\" needs a unit: expected a duration, such as 250ms. Write 20ms."),
        (.spanish, "20", "A \"20\" le falta la unidad: se espera una duración, como 250ms. Escribe 20ms."),
        (.spanish, "-5ms", "\"-5ms\" es negativo."),
        (.spanish, "", "Aquí no hay nada."),
        (.english, "{ p50: 40ms", "\"{ p50: 40ms\" cannot be read. Close what is open"),
        (.spanish, "{ p50: 40ms", "\"{ p50: 40ms\" no se puede leer. Cierra lo que quede abierto"),
        (.spanish, "{ lognormal: { p50: 90ms, p99: 40ms } }", "p99 (40ms) es menor que p50 (90ms)."),
        (.spanish, "{ fixd: 9ms }", "Aquí no existe la clave \"fixd\". ¿Querías decir \"fixed\"?"),
    ]) func aValueIsRefusedInSentences(_ language: Language, _ text: String, _ sentence: String) throws {
        let one = try Assembler(size: Self.wide, language: language)
        one.at(.key("backends"), .key("api"), .key("latency")).press("enter").type(text).press("enter")
        #expect(one.shows(sentence), "\(said(one))")
        #expect(!one.shows("indent") && !one.shows("sangr"))
    }

    @Test(arguments: [
        (Language.english, "database", "The name \"database\" is taken."),
        (.spanish, "database", "El nombre \"database\" ya se usa."),
        (.english, "people", "The name \"people\" is taken by a"),
        (.spanish, "people", "El nombre \"people\" ya se usa. Elige otro nombre."),
        (.spanish, "", "\"\" no vale como nombre. Un nombre lleva letras, cifras"),
    ]) func aNameIsRefusedInSentences(_ language: Language, _ name: String, _ sentence: String) throws {
        let one = try Assembler(size: Self.wide, language: language)
        one.at(.key("backends"), .key("api")).press("n").type(name).press("enter")
        #expect(one.shows(sentence), "\(said(one))")
    }

    @Test func whoNeedsAPartIsSaidInWords() throws {
        let calls = [(Language.english, "the call from visit to api"), (.spanish, "la llamada de visit a api")]
        for (language, call) in calls {
            let one = try Assembler(language: language)
            one.at(.key("backends"), .key("api")).press("x")
            #expect(one.shows(call), "\(said(one))")
            #expect(!one.shows("there is no") && !one.shows("flows.visit"))
        }
    }

    @Test(arguments: [
        (["backends"], "Nothing was removed: without backends nobody would send a request."),
        (["flows", "visit"], "Nothing was removed: without visit nobody would send a request."),
        (["clients", "people"], "Nothing was removed: without people nobody would send a request."),
        (["clients"], "Nothing was removed: without clients nobody would send a request."),
        (["duration"], "Nothing was removed: every system has duration."),
    ]) func whatHasToStaySaysWhy(_ path: [String], _ sentence: String) throws {
        let one = try Assembler()
        let before = try one.state.draft.yaml
        one.at(NodePath(path.map(NodePath.Step.key))).press("x")
        #expect(one.shows(sentence), "\(said(one))")
        #expect(try one.state.draft.yaml == before)
        #expect(try one.state.input == nil)
    }

    // MARK: Keys that do nothing

    @Test func aGroupHasNoNextValueAndItsFooterDoesNotSaySo() throws {
        let one = try Assembler(size: Self.wide)
        one.at(.key("backends"))
        #expect(!one.shows("- + change"))
        one.press("+")
        #expect(one.shows("This is no single value"))
        one.at(.key("backends"), .key("api"), .key("latency"))
        #expect(one.shows("- + change"))
        one.press("+")
        #expect(!one.shows("This is no single value"))
    }

    @Test func nothingMovesBeyondTheEnds() throws {
        let one = try Assembler()
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).press("K")
        #expect(one.shows("It goes no further."))
        #expect(try !one.state.canUndo)
        one.press("u")
        #expect(one.shows("There is nothing to undo."))
    }

    @Test(arguments: [80, 120]) func theStatusLineIsOfTheWholeRunAndHasWholeEntries(_ width: Int) throws {
        let one = try Assembler(size: Size(width: width, height: 24))
        one.at(.key("backends"), .key("database"), .key("concurrency")).press("-")
        let line = try #require(one.screen.first { $0.contains("whole run:") })
        #expect(!line.contains("…"))
        #expect(line.trimmingBlanks.hasSuffix("%"), "\(line)")
    }

    @Test func theStatusLineShowsValuesAsTheyAreTyped() throws {
        let one = try Assembler(size: Self.wide)
        one.at(.key("backends"), .key("database"), .key("latency"))
        #expect(one.shows("backends.database.latency  { lognormal: { p50: 40ms, p99: 250ms } }"))
        one.press("v")
        #expect(one.shows("{ lognormal: { p50: 40ms, p99: 250ms } }"))
        one.press("enter")
        #expect(try one.state.input == nil)
    }

    // MARK: What was added

    @Test func whatWasAddedSaysWhatItHas() throws {
        let one = try Assembler(size: Self.wide)
        one.add("a backend")
        #expect(one.shows("backends.service is there: enter shows what is in it, n gives it a name."))
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).add("takes time")
        #expect(one.shows("flows.visit.1.wait is there: enter edits it."), "\(said(one))")
    }
}
