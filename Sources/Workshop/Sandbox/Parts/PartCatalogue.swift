import Scenario

/// Every part that can be added, by the place where it goes.
enum PartCatalogue {
    static func parts(at place: PartPlace) -> [Part] {
        switch place {
        case .system: system
        case .section("backends"): [backend, pool, service]
        case .section("caches"): [cache, writeBack]
        case .section("policies"): [policy, breakerPolicy]
        case .section("keys"): [keys]
        case .section("flows"): [flow]
        case .section("clients"): clients
        case .section, .layer, .step, .other: []
        case .backend: backendKeys
        case .operations: [operation]
        case .operation: operationKeys
        case .servers: [server]
        case .server: serverKeys
        case .balancer: balancerKeys
        case .health: healthKeys
        case .cache: cacheKeys
        case .flush: flushKeys
        case .policy: layers
        case .retry: retryKeys
        case .breaker: breakerKeys
        case .bulkhead: bulkheadKeys
        case .rateLimit: [.key(
            "maxWait", "1s", "how long a call may be made to wait", "cuánto puede esperar una llamada")]
        case .hedge: [.key("copies", "2", "copies besides the first", "copias además de la primera")]
        case .steps: steps
        case .call: callKeys
        case .send: sendKeys
        case .loop: loopKeys
        case .cacheStep, .writeStep: entryKeys(isWrite: place == .writeStep)
        case .choices: [branch]
        case .branch: [.key("label", "case", "what traces call it", "cómo la llaman las trazas")]
        case .client: workloads + [clientKeys]
        case .arrivals: arrivals
        case .latency: latencies
        case .faults: faults(in: nil)
        case .interventions: interventions(in: nil)
        }
    }

    /// What a key of a file is for; `nil`: it is not among those that can be added.
    static func about(_ path: NodePath, in root: YAMLNode) -> LocalizedText? {
        guard let key = path.name else { return nil }
        if path.count == 1, let section = sections[key] { return section }
        let holder = path.parent.index == nil ? path.parent : path.parent.parent
        let place = PartPlace.all(of: holder, in: root).first?.place ?? .other
        return parts(at: place).first { $0.label == key }?.about
    }

    private static let sections = [
        "backends": LocalizedText(en: "the services", es: "los servicios"),
        "caches": LocalizedText(en: "caches that flows use", es: "cachés que usan los flujos"),
        "policies": LocalizedText(
            en: "what stands between a caller and what may fail", es: "lo que hay entre quien llama y lo que falla"),
        "keys": LocalizedText(en: "which keys requests are about", es: "de qué claves tratan las peticiones"),
        "flows": LocalizedText(en: "the programs that clients run", es: "los programas que ejecutan los clientes"),
        "clients": LocalizedText(en: "who sends requests, and when", es: "quién envía peticiones, y cuándo"),
        "duration": LocalizedText(en: "how long the run lasts", es: "cuánto dura la ejecución"),
        "controls": LocalizedText(en: "values that a student may change", es: "valores que se pueden cambiar"),
        "marks": LocalizedText(en: "moments worth stopping at", es: "momentos en los que pararse"),
        "interventions": LocalizedText(
            en: "what is done to the system during the run", es: "lo que se le hace al sistema durante la ejecución"),
        "diagram": LocalizedText(en: "a sequence diagram: part of the system", es: "un diagrama: parte del sistema"),
    ]

    // MARK: The system

    static let backend = Part.named(
        "service", in: "backends", "{ latency: 50ms, concurrency: 10 }", "a backend: a service that takes time",
        "un backend: un servicio que tarda")
    static let pool = Part.named(
        "pool", in: "backends", "{ latency: 50ms, concurrency: 10, balancer: roundRobin, servers: { count: 3 } }",
        "servers behind a balancer", "servidores tras un balanceador")
    static let service = Part.named(
        "gateway", in: "backends", "{ latency: 5ms, operations: { get: { do: [ call: $CALL ] } } }",
        "a service that calls others", "un servicio que llama a otros")
    static let cache = Part.named(
        "cache", in: "caches", "{ ttl: 30s, capacity: 100, latency: 1ms }", "a cache for flows",
        "una caché para los flujos")
    static let writeBack = Part.named(
        "buffer", in: "caches", "{ capacity: 100, writes: back, flush: { every: 5s } }",
        "a cache that writes back later", "una caché que escribe después")
    static let policy = Part.named(
        "guarded", in: "policies", "[ timeout: 2s, retry: { attempts: 3, base: 100ms, jitter: 20% } ]",
        "timeout and retries round a call", "tiempo límite y reintentos en una llamada")
    static let breakerPolicy = Part.named(
        "cautious", in: "policies", "[ breaker: { failures: 5, open: 10s }, timeout: 1s ]",
        "a circuit breaker round a call", "un cortacircuitos en una llamada")
    static let keys = Part.named(
        "items", in: "keys", "{ zipf: 1, count: 1000 }", "which keys requests are about",
        "de qué claves tratan las peticiones")
    static let flow = Part.named(
        "flow", in: "flows", "[ call: $CALL ]", "a program that clients run", "un programa que ejecutan los clientes")

    private static let system =
        [backend, pool, service, cache, writeBack, policy, breakerPolicy, flow] + clients + [
            keys,
            .key("network", "{ hop: 1ms }", "the delay of the network", "lo que tarda la red"),
            Part(
                form: .item(in: "marks"), label: "mark", yaml: "{ at: $FROM, label: here }",
                about: LocalizedText(en: "a moment worth stopping at", es: "un momento en el que pararse")),
        ] + interventions(in: "interventions") + [
            .key("limits", "{ maxEvents: 1000000 }", "what a run may use", "lo que puede usar una ejecución"),
            .key("seed", "1", "where random numbers begin", "dónde empiezan los números al azar"),
            .key("name", "mine", "what it is called", "cómo se llama"),
        ]

    private static let clients = [
        Part.named(
            "people", in: "clients", "{ flow: $FLOW, arrivals: { poisson: 10/s } }",
            "a client: requests as from a crowd", "un cliente: peticiones como de una multitud"),
        Part.named(
            "users", in: "clients", "{ flow: $FLOW, users: 10, think: 1s }",
            "a client: users who wait and think", "un cliente: usuarios que esperan y piensan"),
        Part.named(
            "once", in: "clients", "{ flow: $FLOW, at: 0s }", "a client: one request", "un cliente: una petición"),
    ]

    static func interventions(in list: String?) -> [Part] {
        [
            .intervention("kill", "kill: $BACKEND", "a backend goes down", "un backend se cae", in: list),
            .intervention("restore", "restore: $BACKEND", "it comes back", "vuelve", in: list),
            .intervention(
                "errors at", "errors: 50%, on: $BACKEND, for: 5s", "it fails for a while", "falla un rato", in: list),
            .intervention(
                "slow at", "slow: 3x, on: $BACKEND, for: 5s", "it is slow for a while", "va lento un rato", in: list),
        ]
    }

    // MARK: Clients and time

    private static let workloadKeys = ["arrivals", "users", "think", "at", "times"]

    private static let workloads = [
        Part.key(
            "arrivals", "{ poisson: 10/s }", "requests as from a crowd", "peticiones como de una multitud",
            not: workloadKeys),
        Part.key(
            "users", "10", "users who wait for the answer", "usuarios que esperan la respuesta", not: workloadKeys),
        Part.key(
            "think", "1s", "how long users think between requests", "cuánto piensan entre peticiones"
        ).needing("users"),
        Part.key("at", "0s", "one request at this time", "una petición en este momento", not: workloadKeys),
        Part.key("times", "100", "so many at once", "tantas a la vez").needing("at"),
    ]
    private static let clientKeys = Part.key(
        "keys", "$KEYS", "which keys its requests are about", "de qué claves tratan sus peticiones")

    private static let arrivals = [
        Part.key("poisson", "10/s", "independent of each other", "independientes entre sí", not: ["rate"]),
        Part.key("rate", "10/s", "evenly spaced", "a intervalos iguales", not: ["poisson"]),
        Part.key(
            "ramps", "[ { from: $FROM, to: $TO, rate: 100/s } ]", "climbs to another rate", "sube hasta otro ritmo"),
        Part.key(
            "spikes", "[ { from: $FROM, to: $TO, rate: 100/s } ]", "more for a while, and back",
            "más durante un rato, y vuelve"),
    ]

    private static let latencies = [
        Part.value("fixed", "80ms", "always the same", "siempre igual"),
        Part.value(
            "uniform", "{ uniform: [50ms, 150ms] }", "anything between two ends", "cualquiera entre dos extremos"),
        Part.value(
            "normal", "{ normal: { mean: 80ms, deviation: 20ms } }", "small noise round a mean",
            "poco ruido en torno a una media"),
        Part.value("exponential", "{ exponential: 80ms }", "the textbook server", "el servidor de los libros de texto"),
        Part.value(
            "lognormal", "{ lognormal: { p50: 80ms, p99: 300ms } }", "real services: median and tail",
            "servicios reales: mediana y cola"),
        Part.value("pareto", "{ pareto: { min: 20ms, shape: 1.5 } }", "a heavy tail", "una cola pesada"),
        Part.value(
            "weibull", "{ weibull: { scale: 80ms, shape: 0.8 } }", "a tail that its shape bends",
            "una cola según su forma"),
        Part.value(
            "bimodal", "{ bimodal: { fast: 10ms, slow: 1s, oneIn: 100 } }", "mostly fast, now and then slow",
            "casi siempre rápido, a veces lento"),
        Part.value("empirical", "{ empirical: [70ms, 80ms, 85ms, 900ms] }", "measured values", "valores medidos"),
    ]
}
