import Scenario

@testable import Workshop

/// A lesson that is as small as one can be and has nothing wrong with it: tests spoil it in one place each.
enum SmallLesson {
    static let yaml = """
        format: 1
        id: small
        title: { en: Small, es: Pequeña }
        card:
          learn: [ { en: One thing, es: Una cosa } ]
          watch: [ { en: The arrow, es: La flecha } ]
          models: [ { en: A shop, es: Una tienda } ]
          omits: [ { en: The rest, es: Lo demás } ]
        system:
          duration: 1s
          backends:
            sql: { latency: 100ms, concurrency: 1 }
          flows:
            page: [ { call: sql.read } ]
        scenarios:
          one:
            clients: { web: { flow: page, at: 0s } }
          two:
            clients: { web: { flow: page, at: [ 0s, 0s ] } }
            controls:
              - { set: backends.sql.concurrency, label: { en: Slots, es: Plazas }, values: [ 1, 2 ] }
        values:
          alone: flow.page.latency.max
        claims:
          - alone = 100ms
        steps:
          - watch: look
            title: { en: Look, es: Mira }
            panels: [ sequence ]
          - predict: both
            title: { en: Both, es: Las dos }
            scenario: two
            panels: [ sequence, metrics ]
            answer: flow.page.latency.max
            choices:
              - 100ms
              - 200ms
          - challenge: faster
            title: { en: Faster, es: Más rápido }
            scenario: two
            panels: [ sequence ]
            goals: [ flow.page.latency.max <= 100ms ]
            solution: { backends.sql.concurrency: 2 }
        """

    static let english = """
        # Small

        ## look

        It takes {{ alone }}, which is not long.

        <!-- notes: Say it aloud. -->

        ## both

        Two calls, one slot. How long?

        ### after

        The second call waits for the first one.

        ## faster

        Make it faster.

        ### hint

        Two calls want two slots.

        ### after

        Nobody waits now.

        ## summary

        - Waiting takes time.

        ## reading

        - Nothing.
        """

    static let spanish = """
        # Pequeña

        ## look

        Tarda {{ alone }}, que no es mucho.

        <!-- notes: Dilo en voz alta. -->

        ## both

        Dos llamadas, una plaza. ¿Cuánto?

        ### after

        La segunda llamada espera a la primera.

        ## faster

        Hazlo más rápido.

        ### hint

        Dos llamadas quieren dos plazas.

        ### after

        Ahora no espera nadie.

        ## summary

        - Esperar lleva tiempo.

        ## reading

        - Nada.
        """

    static func source(
        yaml: String = yaml, english: String = english, spanish: String = spanish, others: [String] = []
    ) -> LessonSource {
        var source = LessonSource(
            folder: "Lessons/07-small", yaml: Array(yaml.utf8), english: Array(english.utf8),
            spanish: Array(spanish.utf8), others: others)
        source.agreed = Array(TextAgreement(of: source).text.utf8)
        return source
    }

    /// The lesson with one piece of one file written otherwise.
    static func spoilt(_ file: String, _ piece: String, _ other: String) -> LessonSource {
        func change(_ text: String, _ name: String) -> String {
            guard name == file else { return text }
            precondition(text.contains(piece), "the small lesson has no \(piece)")
            return text.replacing(piece, with: other, maxReplacements: 1)
        }
        return source(
            yaml: change(yaml, "lesson.yaml"), english: change(english, "en.md"), spanish: change(spanish, "es.md"))
    }
}

extension Problem {
    /// `lesson.yaml:3:4: what is wrong`
    var short: String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return line == 0 ? "\(name): \(message)" : "\(name):\(line):\(column): \(message)"
    }
}
