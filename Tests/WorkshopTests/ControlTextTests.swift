import Scenario
import Testing

@testable import Workshop

/// What people read for the values of a control, in the strip, the goals and the titles of two futures.
@Suite struct ControlTextTests {
    private let retries = Control(
        path: "clients.web.flow", label: LocalizedText(en: "Retries", es: "Reintentos"),
        range: Control.Range(values: ["every_layer", "budgets"]),
        labels: ["every_layer": LocalizedText(en: "in 3 layers", es: "en 3 capas")])

    private func control(_ path: String) -> Control {
        Control(path: path, label: LocalizedText("It"), range: Control.Range(values: []))
    }

    @Test func aValueIsCalledByItsLabel() {
        #expect(retries.text(of: "every_layer", NumberText(.english)) == "in 3 layers")
        #expect(retries.text(of: "every_layer", NumberText(.spanish)) == "en 3 capas")
        #expect(retries.text(of: "budgets", NumberText(.spanish)) == "budgets")
    }

    @Test(arguments: [
        ("backends.web.balancer.use", "twoChoices", "two choices", "dos al azar"),
        ("backends.web.balancer.use", "rendezvous", "rendezvous", "rendezvous"),
        ("caches.items.eviction", "wTinyLFU", "W-TinyLFU", "W-TinyLFU"),
        ("caches.items.ttl", "1.5s", "1.5 s", "1,5 s"),
        // A flow may be called as an algorithm is.
        ("clients.web.flow", "random", "random", "random"),
    ])
    func aRuleIsCalledAsThePanelsCallIt(path: String, value: String, english: String, spanish: String) {
        #expect(control(path).text(of: value, NumberText(.english)) == english)
        #expect(control(path).text(of: value, NumberText(.spanish)) == spanish)
    }

    @Test func aChangeIsToldAsTheStudentMadeIt() {
        let controls = [retries, control("backends.sql.latency")]
        func phrase(_ path: String, _ value: String) -> String {
            controls.phrase(.set(path: path, value: value), NumberText(.spanish))
        }
        #expect(phrase("clients.web.flow", "every_layer") == "Reintentos: en 3 capas")
        #expect(phrase("backends.sql.latency", "20ms") == "It: 20 ms")
        #expect(phrase("backends.sql.queue", "20") == "sql.queue = 20")
        #expect(controls.phrase(.kill(backend: "sql"), NumberText(.spanish)) == "sql caído")
    }
}
