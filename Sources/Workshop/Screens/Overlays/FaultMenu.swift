import Scenario

/// The menu of what can be done to a backend at the cursor.
struct FaultMenu: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        var label: LocalizedText
        var action: @Sendable (_ backend: String) -> Intervention.Action

        static func == (left: Item, right: Item) -> Bool { left.label == right.label }
        func hash(into hasher: inout Hasher) { hasher.combine(label) }
    }

    let backends: [String]
    var backend = 0
    var item = 0

    static let items: [Item] = [
        Item(
            label: LocalizedText(
                en: "kill it: calls in it fail, new ones are refused",
                es: "matarlo: sus llamadas fallan, las nuevas se rechazan")
        ) {
            .kill(backend: $0)
        },
        Item(label: LocalizedText(en: "half of its answers are errors", es: "la mitad de sus respuestas son errores")) {
            .inject(.errors(0.5), backend: $0, duration: nil)
        },
        Item(label: LocalizedText(en: "500 ms slower", es: "500 ms más lento")) {
            .inject(.addedLatency(.fixed(.milliseconds(500))), backend: $0, duration: nil)
        },
        Item(label: LocalizedText(en: "three times as slow", es: "tres veces más lento")) {
            .inject(.slow(factor: 3), backend: $0, duration: nil)
        },
        Item(
            label: LocalizedText(
                en: "it hangs: takes calls, never answers", es: "se cuelga: acepta llamadas y no responde")
        ) {
            .inject(.hang, backend: $0, duration: nil)
        },
        Item(label: LocalizedText(en: "restore it", es: "restaurarlo")) { .restore(backend: $0) },
    ]

    init?(backends: [String]) {
        guard !backends.isEmpty else { return nil }
        self.backends = backends
    }

    mutating func moveItem(_ step: Int) { item = (item + step + Self.items.count) % Self.items.count }
    mutating func moveBackend(_ step: Int) { backend = (backend + step + backends.count) % backends.count }

    var action: Intervention.Action { Self.items[item].action(backends[backend]) }
}
