import Scenario

extension Words {
    static let stay = LocalizedText(en: "stay here", es: "quedarse")
    static let youAreHere = LocalizedText(en: "here", es: "aquí")
    static let right = LocalizedText(en: "right", es: "acierto")
    static let wrong = LocalizedText(en: "wrong", es: "fallo")
    static let reached = LocalizedText(en: "reached", es: "logrado")
    static let done = LocalizedText(en: "done", es: "hecho")
    static let notDone = LocalizedText(en: "not done", es: "sin hacer")

    static let glossary = LocalizedText(en: "Glossary", es: "Glosario")
    static let onThisScreen = LocalizedText(en: "on this screen", es: "en esta pantalla")
    static let ofThisLesson = LocalizedText(en: "in this lesson", es: "en esta lección")
    static let alsoCalled = LocalizedText(en: "Also:", es: "También:")
    static let seeAlso = LocalizedText(en: "See also", es: "Véase también")
    static let taughtIn = LocalizedText(en: "Taught in", es: "Se enseña en")
    static let follow = LocalizedText(en: "follow", es: "seguir")
    static let back = LocalizedText(en: "back", es: "volver")
    static let links = LocalizedText(en: "links", es: "enlaces")
    static let noSuchTerm = LocalizedText(en: "There is no such term.", es: "No hay ningún término así.")
    static let noTerms = LocalizedText(en: "These lessons have no glossary.", es: "Estas lecciones no tienen glosario.")
    static let typeToFind = LocalizedText(en: "type to find", es: "escribe para buscar")

    static let record = LocalizedText(en: "My answers", es: "Mis respuestas")
    static let sure = LocalizedText(en: "sure", es: "con seguridad")
    static let guessed = LocalizedText(en: "guessing", es: "suponiendo")
    static let noAnswers = LocalizedText(
        en: "You have not answered any prediction yet. Your first answer to each one counts, and stands here.",
        es: "Aún no has respondido a ninguna predicción. De cada una cuenta tu primera respuesta, y queda aquí.")
    static let noneSureAndWrong = LocalizedText(
        en: "Whenever you were sure, you were right", es: "Siempre que respondiste con seguridad, acertaste")
    static let sureAndWrongFirst = LocalizedText(
        en: "What you were sure of and was not so comes first",
        es: "Primero, lo que respondiste con seguridad y no era así")
}

extension Words {
    static let sheet = LocalizedText(en: "reference sheet", es: "hoja de referencia")
    static let takeAway = LocalizedText(en: "To take away", es: "Para llevarte")
    static let keyFigures = LocalizedText(en: "What the runs say", es: "Qué dicen las simulaciones")
    static let whatHappened = LocalizedText(en: "Why it was so", es: "Por qué fue así")
    static let solutions = LocalizedText(
        en: "Settings that reach the goals", es: "Ajustes que logran los objetivos")
    static let controls = LocalizedText(
        en: "Controls, as they stand at first", es: "Controles, tal como están al principio")
    static let scroll = LocalizedText(en: "scroll", es: "desplazar")
    static let pageOn = LocalizedText(en: "page", es: "página")
    static let missing = "–"
    static let notAnsweredYet = LocalizedText(en: "not yet answered", es: "sin responder")
    static let notReachedYet = LocalizedText(en: "not yet reached", es: "sin conseguir")

    static func noSheetYet(_ open: Int, of total: Int) -> LocalizedText {
        LocalizedText(
            en: open == 0
                ? "The reference sheet is there once you have read the summary."
                : "The reference sheet comes with the end: \(open) of \(total) steps \(open == 1 ? "is" : "are") open.",
            es: open == 0
                ? "La hoja de referencia aparece cuando has leído el resumen."
                : "La hoja de referencia llega al final: \(open == 1 ? "queda" : "quedan") \(open) de \(total) pasos.")
    }
    static let trivial = LocalizedText(en: "Goals: it does not count", es: "Objetivos: no cuenta")
    static let reachedBut = LocalizedText(en: "Reached, but", es: "Conseguidos, pero")
}

extension Words {
    static let alongCauses = LocalizedText(en: "along the causes", es: "por las causas")
}
