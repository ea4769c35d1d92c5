import Scenario

extension Words {
    static let course = LocalizedText(en: "The course", es: "El curso")
    static let search = LocalizedText(en: "Search", es: "Buscar")
    static let stopSearch = LocalizedText(en: "all lessons", es: "todas las lecciones")
    static let searchHint = LocalizedText(en: "search", es: "buscar")
    static let nothingFound = LocalizedText(
        en: "Nothing found in titles, steps, terms and cards.",
        es: "No hay nada así en títulos, pasos, términos ni portadas.")
    static let continueAt = LocalizedText(en: "Continue where you were", es: "Sigue donde lo dejaste")
    static let beginWith = LocalizedText(en: "Begin with", es: "Empieza por")
    static let nextIs = LocalizedText(en: "Next", es: "A continuación")
    static let courseFinished = LocalizedText(
        en: "You have finished the course.", es: "Has terminado el curso.")
    static let recordHint = LocalizedText(en: "my answers", es: "mis respuestas")
    static let lessonFinished = LocalizedText(en: "finished", es: "terminada")
    static let toCome = LocalizedText(en: "to come", es: "próximamente")
    static let takeFirst = LocalizedText(en: "Better after", es: "Mejor después de")
    static let buildsOn = LocalizedText(en: "Builds on", es: "Parte de")
    static let glossaryTerm = LocalizedText(en: "term", es: "término")

    static func steps(_ count: Int) -> LocalizedText {
        LocalizedText(en: count == 1 ? "1 step" : "\(count) steps", es: count == 1 ? "1 paso" : "\(count) pasos")
    }

    static func finished(_ count: Int, of total: Int) -> LocalizedText {
        LocalizedText(en: "\(count) of \(total) finished", es: "\(count) de \(total) terminadas")
    }

    static func stepPlace(_ number: Int, of total: Int) -> LocalizedText {
        LocalizedText(en: "step \(number) of \(total)", es: "paso \(number) de \(total)")
    }

    static func stepsDone(_ count: Int, of total: Int) -> LocalizedText {
        LocalizedText(en: "\(count) of \(total) steps done", es: "\(count) de \(total) pasos hechos")
    }

    static func stepsOpen(_ count: Int, of total: Int) -> LocalizedText {
        LocalizedText(
            en: "Still open: \(count) of \(total) steps",
            es: count == 1 ? "Queda 1 paso de \(total)" : "Quedan \(count) pasos de \(total)")
    }

    static func andMore(_ count: Int) -> LocalizedText {
        LocalizedText(en: "and \(count) more", es: "y \(count) más")
    }

    static let firstOpenStep = LocalizedText(en: "first open step", es: "primer paso pendiente")

    static func found(_ count: Int) -> LocalizedText {
        LocalizedText(en: "\(count) found", es: count == 1 ? "1 resultado" : "\(count) resultados")
    }
}
