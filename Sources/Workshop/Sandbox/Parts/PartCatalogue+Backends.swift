import Scenario

/// What backends, their servers and balancers, and caches can have.
extension PartCatalogue {
    private static let work = [
        Part.key("latency", "50ms", "how long an operation takes", "cuánto tarda una operación"),
        Part.key("concurrency", "10", "calls served at once", "llamadas atendidas a la vez"),
        Part.key("queue", "20", "calls that may wait for a slot", "llamadas que pueden esperar plaza"),
        Part.key("errors", "5%", "calls that go wrong", "llamadas que salen mal"),
        Part.key("answer", "503", "what those answer", "qué responden esas"),
        Part.key("hop", "2ms", "its own network delay", "su propio retardo de red"),
        Part.key("clock", "40ms", "how far its clock is ahead", "cuánto adelanta su reloj"),
    ]

    static let backendKeys =
        work + faults(in: "faults") + [
            .key("operations", "{ $OPERATIONS }", "what it can be asked for", "qué se le puede pedir"),
            .key("servers", "{ count: 3 }", "servers do its work: a pool", "servidores hacen su trabajo: un grupo"),
            .key("balancer", "roundRobin", "how a server is chosen", "cómo se elige servidor").needing("servers"),
        ]

    static let operation = Part.named(
        "get", "{ latency: 20ms }", "something it can be asked for", "algo que se le puede pedir")

    static let operationKeys = [
        Part.key("latency", "20ms", "its own time", "su propio tiempo"),
        Part.key("do", "[ call: $CALL ]", "steps that it runs", "pasos que ejecuta"),
        Part.key("returns", "{ id: 7 }", "the data that it answers", "los datos que responde"),
        Part.key(
            "knows", "{ list: item, count: 100 }", "the keys that it has; others are 404",
            "las claves que tiene; otras dan 404"),
        Part.key("idempotent", "false", "doing it twice is not as once", "hacerlo dos veces no es como una"),
        Part.key("reads", "row", "reads a row's version", "lee la versión de una fila"),
        Part.key("updates", "row", "writes it, or 409 when it has changed", "la escribe, o 409 si ha cambiado"),
    ]

    static let server = Part.named("server", "{ weight: 1 }", "one more server", "un servidor más")

    static let serverKeys =
        [Part.key("weight", "2", "its share of the calls", "su parte de las llamadas")] + work
        + faults(in: "faults") + [
            .key("joins", "$FROM", "when it comes into the pool", "cuándo entra en el grupo"),
            .key("leaves", "$TO", "when it goes", "cuándo sale"),
            .key("member", "false", "whether it is in the pool at the start", "si está en el grupo al empezar"),
        ]

    static func faults(in list: String?) -> [Part] {
        [
            .fault("errors", "100%", "a fault: calls go wrong", "un fallo: las llamadas salen mal", in: list),
            .fault("down", "true", "a fault: calls are refused", "un fallo: rechaza las llamadas", in: list),
            .fault("slow", "3x", "a fault: every latency times so much", "un fallo: cada latencia por tanto", in: list),
            .fault("added", "200ms", "a fault: so much on top", "un fallo: tanto de más", in: list),
            .fault("hang", "true", "a fault: takes calls, does not answer", "un fallo: acepta y no responde", in: list),
            .fault("blackhole", "true", "a fault: calls never arrive", "un fallo: las llamadas no llegan", in: list),
        ]
    }

    static let balancerKeys = [
        Part.key(
            "health", "{ every: 2s, timeout: 1s, rise: 2, fall: 3 }", "asks servers whether they are well",
            "pregunta a los servidores cómo están"),
        Part.key(
            "outliers", "{ consecutive: 5, base: 30s, maxEjected: 50% }", "ejects servers that answer worse",
            "expulsa a los que responden peor", not: ["passive", "accrual"]),
        Part.key(
            "passive", "{ maxFails: 3, failTimeout: 10s }", "leaves out who failed so often: nginx",
            "deja fuera a quien falla tanto: nginx", not: ["outliers", "accrual"]),
        Part.key(
            "accrual", "{ like: linkerd }", "takes who fails for dead, longer each time",
            "da por muerto a quien falla, cada vez más", not: ["outliers", "passive"]),
        Part.key("panic", "50%", "with fewer left it uses all again", "con menos, vuelve a usar todos"),
        Part.key(
            "slowStart", "30s", "who comes back gets its share bit by bit", "quien vuelve recibe su parte poco a poco"),
        Part.key("subset", "2", "it knows only so many servers", "solo conoce a tantos"),
        Part.key("use", "roundRobin", "how it chooses", "cómo elige"),
    ]

    static let healthKeys = [
        Part.key("every", "2s", "how often each is asked", "cada cuánto pregunta"),
        Part.key("timeout", "1s", "how long an answer may take", "cuánto puede tardar la respuesta"),
        Part.key("rise", "2", "good answers that bring it back", "respuestas buenas que lo devuelven"),
        Part.key("fall", "3", "bad ones that take it out", "malas que lo sacan"),
        Part.key("start", "up", "what it is before its first check", "qué es antes de la primera prueba"),
        Part.key("fastEvery", "500ms", "how often on its way up or down", "cada cuánto mientras cambia"),
        Part.key("downEvery", "5s", "how often while it is down", "cada cuánto mientras está caído"),
        Part.key("observe", "{ errors: 10, then: markDown }", "calls count too", "las llamadas también cuentan"),
    ]

    static let cacheKeys = [
        Part.key("ttl", "30s", "how long an entry is good", "cuánto vale una entrada"),
        Part.key("ttlJitter", "10%", "times to live differ by this", "los tiempos de vida varían en esto")
            .needing("ttl"),
        Part.key("capacity", "100", "how many entries it holds", "cuántas entradas caben"),
        Part.key("eviction", "lru", "who goes when it is full", "quién sale cuando está llena"),
        Part.key("latency", "1ms", "what a look-up costs", "cuánto cuesta una consulta"),
        Part.key("writes", "through", "what a write does", "qué hace una escritura"),
        Part.key("flush", "{ every: 5s }", "when writes reach the backend", "cuándo llegan las escrituras al backend"),
        Part.key(
            "coalesce", "true", "look-ups wait for a load under way", "las consultas esperan a una carga en curso"),
        Part.key("refreshAhead", "20%", "loads again before it expires", "vuelve a cargar antes de caducar")
            .needing("ttl"),
        Part.key("staleFor", "30s", "serves what expired meanwhile", "mientras, sirve lo caducado").needing("ttl"),
        Part.key("early", "1", "loads early by chance: XFetch", "carga antes al azar: XFetch").needing("ttl"),
    ]

    static let flushKeys = [
        Part.key("batch", "100", "how many at once", "cuántas a la vez"),
        Part.key("retry", "1s", "how long after one that failed", "cuánto después de una fallida"),
        Part.key("maxDirty", "50", "how many may be dirty", "cuántas pueden estar sucias"),
        Part.key("grace", "30s", "how long a restart may take", "cuánto puede tardar un reinicio"),
    ]
}
