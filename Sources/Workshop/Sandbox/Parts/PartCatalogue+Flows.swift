import Scenario

/// Layers of policies, and steps of flows.
extension PartCatalogue {
    static let layers = [
        Part.item("timeout", "2s", "gives up after this time", "abandona pasado este tiempo"),
        Part.item("retry", "{ attempts: 3, base: 100ms, jitter: 20% }", "tries again", "lo intenta otra vez"),
        Part.item("breaker", "{ failures: 5, open: 10s }", "a circuit breaker", "un cortacircuitos"),
        Part.item("bulkhead", "{ concurrent: 10, queue: 20 }", "so many calls at once", "tantas llamadas a la vez"),
        Part.item(
            "rateLimit", "{ tokenBucket: { rate: 50/s, burst: 10 } }", "so many calls a second",
            "tantas llamadas por segundo"),
        Part.item("hedge", "200ms", "sends a copy when it takes long", "manda una copia si tarda"),
        Part.item("fallback", "{ value: {} }", "another answer when it fails", "otra respuesta cuando falla"),
        Part.item("deadline", "3s", "a timeout that all further in know", "un límite que conocen los de dentro"),
    ]

    static let retryKeys = [
        Part.key("backoff", "exponential", "how the waits grow", "cómo crecen las esperas"),
        Part.key("base", "100ms", "the first wait", "la primera espera"),
        Part.key("factor", "2x", "by how much waits grow", "por cuánto crecen"),
        Part.key("max", "10s", "no wait is longer", "ninguna espera es mayor"),
        Part.key("jitter", "full", "how far waits differ", "cuánto varían las esperas"),
        Part.key(
            "on", "[timeout, refused, reset, rejected, 429, 5xx]", "what is worth another attempt",
            "qué merece otro intento"),
        Part.key("retryAfter", "honour", "waits as long as the backend asks", "espera lo que pide el backend"),
        Part.key(
            "budget", "{ tokens: 10, ratio: 0.1 }", "how many retries for all callers",
            "cuántos reintentos entre todos"),
    ]

    static let breakerKeys = [
        Part.key(
            "ratio", "50%", "opens at this share of failures", "se abre con esta parte de fallos", not: ["failures"]),
        Part.key(
            "failures", "5", "opens after so many in a row", "se abre tras tantos seguidos",
            not: ["ratio", "window", "minimum", "slow"]),
        Part.key("window", "10s", "over which the share counts", "en qué ventana cuenta").needing("ratio"),
        Part.key("minimum", "20", "decides nothing before so many calls", "no decide antes de tantas llamadas")
            .needing("ratio"),
        Part.key("slow", "{ after: 1s, ratio: 80% }", "slow calls count too", "las lentas también cuentan")
            .needing("ratio"),
        Part.key("trials", "3", "calls let through before it closes", "llamadas de prueba antes de cerrarse"),
        Part.key("growth", "2x", "stays open longer each time", "cada vez más tiempo abierto"),
        Part.key("maxOpen", "1m", "but no longer than this", "pero no más que esto"),
        Part.key("on", "[timeout, 5xx]", "which failures count", "qué fallos cuentan"),
        Part.key("like", "gobreaker", "whose rules decide", "según las reglas de quién"),
        Part.key("state", "forcedOpen", "held open, or switched off", "forzado abierto, o apagado"),
    ]

    static let bulkheadKeys = [
        Part.key("queue", "20", "calls that may wait", "llamadas que pueden esperar"),
        Part.key("maxWait", "1s", "the longest wait", "la espera más larga").needing("queue"),
        Part.key("full", "shedOldest", "who goes when it is full", "quién sale cuando está lleno").needing("queue"),
        Part.key("order", "lifo", "who leaves the queue first", "quién sale antes de la cola"),
        Part.key(
            "codel", "{ target: 5ms, interval: 100ms }", "sends calls away from a queue that stands",
            "echa llamadas de una cola parada").needing("queue"),
        Part.key("adaptive", "vegas", "a limit that finds its place", "un límite que se ajusta solo"),
    ]

    static let steps = [
        Part.item("call", "$CALL", "calls a backend", "llama a un backend"),
        Part.item("parallel", "[ call: $CALL, call: $CALL ]", "all at the same time", "todo a la vez"),
        Part.item("sequence", "[ call: $CALL ]", "one after another", "uno tras otro"),
        Part.item(
            "forEach", "{ in: { list: item, count: 5 }, as: item, do: [ call: $CALL ] }", "once for each item",
            "una vez por elemento"),
        Part.item(
            "cache", "{ in: $CACHE, key: \"page\", do: [ call: $CALL ] }", "looks up, and loads on a miss",
            "consulta, y carga si falta"),
        Part.item("write", "{ in: $CACHE, key: \"page\", do: [ call: $CALL ] }", "writes a key", "escribe una clave"),
        Part.item("invalidate", "{ in: $CACHE, key: \"page\" }", "drops a key", "quita una clave"),
        Part.item(
            "guard", "{ with: $POLICY, do: [ call: $CALL ] }", "a policy round steps",
            "una política en torno a pasos"),
        Part.item(
            "fallback", "{ do: [ call: $CALL ], or: [ wait: 1ms ] }", "another way when it fails",
            "otra manera cuando falla"),
        Part.item(
            "choose", "[ { label: most, share: 80%, do: [ call: $CALL ] } ]", "one of several, by chance",
            "una de varias, al azar"),
        Part.item("wait", "100ms", "takes time", "deja pasar tiempo"),
        Part.item("repeat", "{ times: 3, do: [ call: $CALL ] }", "so many times", "tantas veces"),
        Part.item("send", "$CALL", "a call that nobody waits for", "una llamada que nadie espera"),
        Part.item("merge", "concat", "joins the answers", "une las respuestas"),
    ]

    static let callKeys = [
        Part.key("with", "$POLICY", "a policy round it", "una política en torno a ella"),
        Part.key("args", "{ id: 7 }", "what it sends", "qué envía"),
        Part.key("as", "answer", "keeps the answer under a name", "guarda la respuesta con un nombre"),
        Part.key("key", "item-7", "what it is about", "de qué trata"),
        Part.key("idempotencyKey", "true", "a retry may repeat it", "un reintento puede repetirla"),
    ]

    static let sendKeys = [
        Part.key("lost", "5%", "messages that never arrive", "mensajes que no llegan"),
        Part.key("args", "{ id: 7 }", "what it sends", "qué envía"),
        Part.key("key", "item-7", "what it is about", "de qué trata"),
    ]

    static let loopKeys = [
        Part.key("limit", "2", "at most so many at once", "como mucho tantos a la vez"),
        Part.key("save", "answers", "keeps the list of answers", "guarda la lista de respuestas"),
    ]

    static func entryKeys(isWrite: Bool) -> [Part] {
        let both = [
            Part.key("weight", "2", "what it takes of the capacity", "cuánto ocupa"),
            Part.key("tags", "[catalogue]", "to drop many at once", "para quitar muchas a la vez"),
        ]
        let own =
            isWrite
            ? [
                Part.key("value", "{ price: 5 }", "what the cache keeps", "qué guarda la caché"),
                Part.key("changes", "[list]", "keys that change with it", "claves que cambian con ella"),
            ]
            : [
                Part.key("ttl", "10s", "how long it is good", "cuánto vale"),
                Part.key("as", "page", "keeps the answer under a name", "guarda la respuesta con un nombre"),
            ]
        return own + both
    }

    static let branch = Part(
        form: .item(in: nil), label: "branch", yaml: "{ share: 10%, do: [ call: $CALL ] }",
        about: LocalizedText(en: "one more way", es: "una manera más"))
}
