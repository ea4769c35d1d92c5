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
}
