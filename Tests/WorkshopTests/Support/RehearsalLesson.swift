import Scenario

@testable import Workshop

/// A lesson with a step of each kind, for tests of the workshop: its runs are short, and vary with their seed.
enum RehearsalLesson {
    static let folder = "Lessons/07-rehearsal"

    static func make(yaml: String = yaml, english: String = english) throws -> Lesson {
        try LessonReader.read(
            LessonSource(
                folder: folder, yaml: Array(yaml.utf8), english: Array(english.utf8), spanish: Array(spanish.utf8)))
    }

    static let yaml = """
        format: 1
        id: rehearsal
        title: { en: Rehearsal, es: Ensayo general }
        card:
          learn: [ { en: One thing, es: Una cosa } ]
          watch: [ { en: The arrow, es: La flecha } ]
          models: [ { en: A shop, es: Una tienda } ]
          omits: [ { en: The rest, es: Lo demás } ]
        system:
          seed: 7
          duration: 3s
          backends:
            fast: { latency: 40ms, concurrency: 1 }
            slow:
              latency: { lognormal: { p50: 100ms, p99: 300ms } }
              concurrency: 4
              queue: 10
              faults: [ { from: 1s, to: 1500ms, errors: 100% } ]
          flows:
            page: [ { parallel: [ { call: fast.read }, { call: slow.ask } ] } ]
            quick: [ { call: fast.read } ]
        scenarios:
          steady:
            clients: { web: { flow: page, arrivals: { poisson: 10/s } } }
            marks:
              - { at: 500ms, label: { en: Half, es: Medio } }
              - { at: 2s, label: { en: Two, es: Dos } }
            controls:
              - { set: backends.slow.concurrency, label: { en: Slots, es: Plazas }, values: [ 1, 2, 4, 8 ] }
              - { set: backends.fast.latency, label: { en: Fast takes, es: fast tarda }, values: [ 40ms, 80ms, 160ms ] }
              - { set: duration, label: { en: Long, es: Largo }, values: [ 3s, 5s ] }
          pair:
            clients: { web: { flow: quick, at: [ 0s, 0s ] } }
            controls:
              - { set: backends.fast.concurrency, label: { en: Slots, es: Plazas }, values: [ 1, 2 ] }
              - { set: backends.fast.latency, label: { en: Takes, es: Tarda }, values: [ 10ms, 40ms ] }
        values:
          alone: flow.quick.latency.min of pair
        steps:
          - read: words
            title: { en: Words, es: Palabras }
            scenario: steady
            panels: [ ]
          - watch: look
            title: { en: Look, es: Mira }
            scenario: steady
            panels: [ sequence, metrics, trace ]
            stop: 800ms
          - predict: both
            title: { en: Both, es: Las dos }
            scenario: pair
            panels: [ sequence, metrics ]
            answer: flow.quick.latency.max
            choices: [ 40ms, 80ms ]
          - predict: number
            title: { en: Number, es: Número }
            scenario: pair
            panels: [ sequence, metrics ]
            answer: flow.quick.latency.max
            tolerance: 10%
          - experiment: turn
            title: { en: Turn, es: Gira }
            scenario: steady
            panels: [ sequence, topology, metrics, latency, log ]
            start: 300ms
            speed: 2x
          - challenge: faster
            title: { en: Faster, es: Más rápido }
            scenario: pair
            panels: [ sequence, metrics ]
            goals: [ flow.quick.latency.max <= 40ms, settings.backends.fast.latency >= 40ms ]
            solution: { backends.fast.concurrency: 2 }
        """

    static let english = """
        # Rehearsal

        ## words

        Only words stand here: {{ alone }}.

        ## look

        Watch the first arrow.

        ## both

        Two calls, one slot. How long?

        ### hint

        The second call waits.

        ### hint

        Twice forty.

        ### after

        The second call waited for the first one.

        ## number

        Say it as a number.

        ### hint

        You have seen it.

        ### after

        Now you know it.

        ## turn

        Turn the knob.

        ## faster

        Make it faster.

        ### hint

        Two calls want two slots.

        ### after

        Nobody waits now.

        ## summary

        - Waiting adds up.

        ## reading

        - Nothing.
        """

    static let spanish = """
        # Ensayo general

        ## words

        Aquí solo hay palabras: {{ alone }}.

        ## look

        Mira la primera flecha.

        ## both

        Dos llamadas, una plaza. ¿Cuánto?

        ### hint

        La segunda espera.

        ### hint

        Dos veces cuarenta.

        ### after

        La segunda llamada esperó a la primera.

        ## number

        Dilo con un número.

        ### hint

        Ya lo has visto.

        ### after

        Ahora lo sabes.

        ## turn

        Gira el mando.

        ## faster

        Hazlo más rápido.

        ### hint

        Dos llamadas quieren dos plazas.

        ### after

        Ahora nadie espera.

        ## summary

        - Las esperas se suman.

        ## reading

        - Nada.
        """
}
