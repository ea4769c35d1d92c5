import Scenario

/// The menu of what can be done to a backend, a server of a pool or a cache at the cursor.
struct FaultMenu: Hashable, Sendable {
    struct Target: Hashable, Sendable {
        enum Kind: Hashable, Sendable { case backend, server, cache }

        var name: String
        var kind: Kind
    }

    struct Item: Hashable, Sendable {
        var label: LocalizedText
        var action: @Sendable (_ target: String) -> Intervention.Action

        init(_ english: String, _ spanish: String, _ action: @escaping @Sendable (String) -> Intervention.Action) {
            label = LocalizedText(en: english, es: spanish)
            self.action = action
        }

        static func == (left: Item, right: Item) -> Bool { left.label == right.label }
        func hash(into hasher: inout Hasher) { hasher.combine(label) }
    }

    let targets: [Target]
    var target = 0
    var item = 0

    /// What can be done to the chosen target.
    var items: [Item] { Self.items(for: targets[target].kind) }

    static func items(for kind: Target.Kind) -> [Item] {
        switch kind {
        case .backend: backendItems
        case .server: backendItems + serverItems
        case .cache: cacheItems
        }
    }

    private static let kill = Item(
        "kill it: calls in it fail, new ones are refused", "matarlo: sus llamadas fallan, las nuevas se rechazan"
    ) { .kill(backend: $0) }
    private static let errors = Item("half of its answers are errors", "la mitad de sus respuestas son errores") {
        .inject(.errors(0.5), backend: $0, duration: nil)
    }
    private static let slow = Item("three times as slow", "tres veces más lento") {
        .inject(.slow(factor: 3), backend: $0, duration: nil)
    }
    private static let cutOff = Item("it is cut off: calls never arrive", "queda aislado: las llamadas no llegan") {
        .inject(.blackhole, backend: $0, duration: nil)
    }

    /// What a presenter shows of any backend, the most telling first.
    static let quick = [kill, slow, errors, cutOff]

    private static let backendItems = [
        kill, errors,
        Item("half of its answers are 503", "la mitad de sus respuestas son 503") {
            .inject(.errors(0.5, .status(503, retryAfter: nil)), backend: $0, duration: nil)
        },
        Item("500 ms slower", "500 ms más lento") {
            .inject(.addedLatency(.fixed(.milliseconds(500))), backend: $0, duration: nil)
        },
        slow,
        Item("it hangs: takes calls, never answers", "se cuelga: acepta llamadas y no responde") {
            .inject(.hang, backend: $0, duration: nil)
        },
        cutOff,
        Item("restore it", "restaurarlo") { .restore(backend: $0) },
    ]

    private static let serverItems = [
        Item("it joins its pool", "entra en su grupo") { .join(server: $0) },
        Item("it leaves its pool", "sale de su grupo") { .leave(server: $0) },
    ]

    private static let cacheItems = [
        Item("crash it: all it holds is gone, dirty keys too", "se cae: pierde todo, también las claves sucias") {
            .crash(cache: $0)
        },
        Item("restart it: dirty keys are written first", "reiniciarla: antes vuelca las claves sucias") {
            .restart(cache: $0)
        },
    ]

    /// `nil`: there is nothing to do anything to.
    init?(_ targets: [Target]) {
        guard !targets.isEmpty else { return nil }
        self.targets = targets
    }

    init?(_ scenario: Scenario) {
        self.init(
            scenario.backends.flatMap { backend in
                backend.pool.map { $0.servers.map { Target(name: $0.backend.name, kind: .server) } }
                    ?? [Target(name: backend.name, kind: .backend)]
            } + scenario.caches.map { Target(name: $0.name, kind: .cache) })
    }

    mutating func moveItem(_ step: Int) { item = (item + step + items.count) % items.count }

    /// The place in the list stays, as far as the other target has as many items.
    mutating func moveTarget(_ step: Int) {
        target = (target + step + targets.count) % targets.count
        item = min(item, items.count - 1)
    }

    var action: Intervention.Action { items[item].action(targets[target].name) }
}
