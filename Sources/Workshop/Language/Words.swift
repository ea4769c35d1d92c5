import Scenario
import TerminalKit

/// The short texts of the screens, in both languages.
enum Words {
    static let step = LocalizedText(en: "step", es: "paso")
    static let of = LocalizedText(en: "of", es: "de")
    static let card = LocalizedText(en: "about this lesson", es: "sobre esta lección")
    static let summary = LocalizedText(en: "summary", es: "resumen")
    static let tagline = LocalizedText(
        en: "rehearse how distributed systems fail and recover",
        es: "ensaya cómo fallan y se recuperan los sistemas distribuidos")
    static let choose = LocalizedText(en: "choose", es: "elegir")
    static let open = LocalizedText(en: "open", es: "abrir")
    static let otherLanguage = LocalizedText(en: "español", es: "English")
    static let keysHint = LocalizedText(en: "keys", es: "teclas")
    static let leave = LocalizedText(en: "leave", es: "salir")
    static let lessons = LocalizedText(en: "Lessons", es: "Lecciones")
    static let minutes = LocalizedText(en: "minutes", es: "minutos")
    static let learn = LocalizedText(en: "You will learn", es: "Vas a aprender")
    static let watchFor = LocalizedText(en: "Watch for", es: "Fíjate en")
    static let modelled = LocalizedText(en: "What the model has", es: "Qué incluye el modelo")
    static let omitted = LocalizedText(en: "What it leaves out", es: "Qué deja fuera")
    static let reading = LocalizedText(en: "Further reading", es: "Para seguir leyendo")
    static let notStarted = LocalizedText(en: "not started", es: "sin empezar")
    static let noLessons = LocalizedText(
        en: "There are no lessons here. ensayo doctor says where they are looked for.",
        es: "Aquí no hay lecciones. ensayo doctor dice dónde se buscan.")

    static let keys = LocalizedText(en: "Keys", es: "Teclas")
    static let problem = LocalizedText(en: "That cannot be done", es: "Eso no se puede hacer")
    static let running = LocalizedText(en: "Running", es: "Simulando")
    static let stop = LocalizedText(en: "stop it", es: "pararla")
    static let faultAtCursor = LocalizedText(en: "A fault, from the cursor on", es: "Un fallo, a partir del cursor")
    static let why = LocalizedText(en: "Why?", es: "¿Por qué?")
    static let because = LocalizedText(en: "because", es: "porque")
    static let beginning = LocalizedText(
        en: "the scenario has it so: nothing led to it", es: "así lo fija el escenario: nada lo provocó")
    static let chain = LocalizedText(en: "How it came to this, backwards", es: "Cómo se llegó aquí, hacia atrás")
    static let selectEvent = LocalizedText(
        en: "Step to an event first, or choose one in the event log.",
        es: "Avanza antes hasta un evento o elige uno en el registro.")

    static let question = LocalizedText(en: "The question", es: "La pregunta")
    static let youSaid = LocalizedText(en: "You said", es: "Dijiste")
    static let itTook = LocalizedText(en: "The run says", es: "La simulación dice")
    static let yourNumber = LocalizedText(en: "Your number", es: "Tu número")
    static let hint = LocalizedText(en: "Hint", es: "Pista")
    static let goals = LocalizedText(en: "Goals", es: "Objetivos")
    static let passed = LocalizedText(en: "Goals: reached", es: "Objetivos: conseguidos")
    static let notYet = LocalizedText(en: "Goals: not yet", es: "Objetivos: aún no")
    static let ownFaults = LocalizedText(
        en: "Your faults are not part of the check: it takes your settings alone.",
        es: "Tus fallos no entran en la comprobación: solo cuentan tus ajustes.")
    static let lastHint = LocalizedText(
        en: "That was the last hint. s shows one solution; the challenge then counts as reached with it.",
        es: "Era la última pista. s muestra una solución; si lo consigues, contará como conseguido con ella.")
    static let oneSolution = LocalizedText(en: "One solution", es: "Una solución")
    static let before = LocalizedText(en: "Before", es: "Antes")
    static let after = LocalizedText(en: "After", es: "Después")
    static let asWritten = LocalizedText(en: "as written", es: "tal como está escrito")
    static let withFailures = LocalizedText(en: "(failed too)", es: "(con fallidas)")
    static let difference = LocalizedText(en: "Difference", es: "Diferencia")
    static let ofWholeRuns = LocalizedText(en: "whole runs", es: "hasta el final")
    static let noDifference = LocalizedText(
        en: "This change makes no difference to any request.", es: "Este cambio no afecta a ninguna petición.")
    static let partsAt = LocalizedText(en: "they part at", es: "se separan en")
    static let well = LocalizedText(en: "ok", es: "bien")
    static let failed = LocalizedText(en: "failed", es: "fallidas")
    static let calls = LocalizedText(en: "calls", es: "llamadas")
    static let longestQueue = LocalizedText(en: "longest queue", es: "cola más larga")
    static let hits = LocalizedText(en: "hits", es: "aciertos")
    static let misses = LocalizedText(en: "misses", es: "fallos")
    static let stale = LocalizedText(en: "stale answers", es: "respuestas desfasadas")
    static let lost = LocalizedText(en: "writes lost", es: "escrituras perdidas")
    static let keysMoved = LocalizedText(en: "keys moved", es: "claves movidas")
    static let refused = LocalizedText(en: "refused", es: "rechazadas")
    static let ejections = LocalizedText(en: "ejections", es: "expulsiones")

    static func faultKeys(_ glyphs: Glyphs) -> LocalizedText {
        let arrows = glyphs.repertoire == .unicode ? ("← →", "↑ ↓") : ("left right", "up down")
        return LocalizedText(
            en: "\(arrows.0) which one   \(arrows.1) what   enter do it   esc leave it",
            es: "\(arrows.0) cuál   \(arrows.1) qué   enter hacerlo   esc dejarlo")
    }

    static func challenges(passed: Int, of total: Int, withSolution: Int = 0) -> LocalizedText {
        let note =
            withSolution == 0
            ? LocalizedText("")
            : LocalizedText(
                en: ", \(withSolution) with \(withSolution == 1 ? "its solution" : "their solutions")",
                es: ", \(withSolution) con su solución")
        return LocalizedText(
            en: "challenges reached: \(passed) of \(total)\(note.en)",
            es: "retos conseguidos: \(passed) de \(total)\(note.es)")
    }

    /// - Parameter total: of the lesson; those that are not answered yet are told apart.
    static func predictions(right: Int, answered: Int, of total: Int) -> LocalizedText {
        let left = total - answered
        return LocalizedText(
            en: "predictions right: \(right) of \(answered)" + (left > 0 ? ", \(left) to come" : ""),
            es: "predicciones acertadas: \(right) de \(answered)" + (left > 0 ? ", \(left) por responder" : ""))
    }

    static func worst(_ value: String, of runs: Int) -> LocalizedText {
        LocalizedText(en: "worst of \(runs) runs: \(value)", es: "peor de \(runs) simulaciones: \(value)")
    }

    static func eachInAll(_ runs: Int) -> LocalizedText {
        LocalizedText(en: "Each must hold in all \(runs) runs.", es: "Todos, en cada una de \(runs) simulaciones.")
    }

    static func kind(_ kind: LessonStep.Kind) -> LocalizedText {
        switch kind {
        case .read: LocalizedText(en: "read", es: "leer")
        case .watch: LocalizedText(en: "watch", es: "mirar")
        case .predict: LocalizedText(en: "predict", es: "predecir")
        case .experiment: LocalizedText(en: "experiment", es: "experimentar")
        case .challenge: LocalizedText(en: "challenge", es: "reto")
        }
    }

    static func score(right: Int, of total: Int, misconceptions: Int) -> LocalizedText {
        LocalizedText(
            en: "So far \(right) of \(total) right · sure and wrong: \(misconceptions)",
            es: "Aciertos hasta ahora: \(right) de \(total) · con seguridad y mal: \(misconceptions)")
    }
}
