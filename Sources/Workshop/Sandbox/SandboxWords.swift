import Scenario

/// What the sandbox says.
enum SandboxWords {
    static let sandbox = LocalizedText(en: "Sandbox", es: "Banco de pruebas")
    static let scenario = LocalizedText(en: "Scenario", es: "Escenario")
    static let aboutIt = LocalizedText(
        en: "A system of your own. Put it together from parts, run it, break it; "
            + "save it as a file, share it as one line.",
        es: "Un sistema tuyo. Móntalo con piezas, ejecútalo, rómpelo; "
            + "guárdalo en un archivo, compártelo en una línea.")
    static let unsaved = LocalizedText(en: "not saved", es: "sin guardar")
    static let stopped = LocalizedText(en: "the run was stopped", es: "la ejecución se ha detenido")

    static let wholeRun = LocalizedText(en: "whole run:", es: "en total:")

    static let newName = LocalizedText(en: "new name", es: "nombre nuevo")

    static func nameless(_ path: String) -> LocalizedText {
        LocalizedText(en: "\(path) has no name of its own.", es: "\(path) no tiene nombre propio.")
    }
    static func needsFile(_ file: String) -> LocalizedText {
        LocalizedText(
            en: "A line cannot hold the file \(file). W saves the system.",
            es: "Una línea no puede llevar el archivo \(file). W guarda el sistema.")
    }

    // Adding and removing
    static let addPart = LocalizedText(en: "Add a part", es: "Añadir una parte")
    static let filter = LocalizedText(en: "find", es: "buscar")
    static let nothingToAdd = LocalizedText(en: "nothing of that name", es: "nada con ese nombre")
    static let add = LocalizedText(en: "add", es: "añadir")
    static let back = LocalizedText(en: "back", es: "volver")
    static let remove = LocalizedText(en: "Remove", es: "Quitar")
    static let removeAll = LocalizedText(en: "remove all of it", es: "quitarlo todo")
    static let keep = LocalizedText(en: "keep it", es: "dejarlo")
    static func needs(_ name: String) -> LocalizedText {
        LocalizedText(en: "\(name) does not go alone. This would go too:", es: "Sin \(name) también sobra esto:")
    }
    static func notRemoved(_ name: String, _ refusal: ScenarioDraft.RemovalRefusal) -> LocalizedText {
        let why =
            switch refusal {
            case .nobodySends:
                LocalizedText(
                    en: "without \(name) nobody would send a request.",
                    es: "sin \(name) nadie enviaría ninguna petición.")
            case .required(let key):
                LocalizedText(en: "every system has \(key).", es: "todo sistema lleva \(key).")
            case .problem(let problem): problem.text
            }
        return LocalizedText(en: "Nothing was removed: \(why.en)", es: "No se ha quitado nada: \(why.es)")
    }
    static func added(_ part: SandboxState.Added) -> LocalizedText {
        let enter =
            part.holdsOthers
            ? LocalizedText(en: "enter shows what is in it", es: "enter muestra lo que tiene")
            : LocalizedText(en: "enter edits it", es: "enter lo edita")
        let name = part.hasName ? LocalizedText(en: ", n gives it a name", es: ", n le da nombre") : LocalizedText("")
        return LocalizedText(
            en: "\(part.path) is there: \(enter.en)\(name.en).", es: "Ya está \(part.path): \(enter.es)\(name.es).")
    }

    // Saving
    static let saveAs = LocalizedText(en: "Save as YAML", es: "Guardar como YAML")
    static let save = LocalizedText(en: "save", es: "guardar")
    static let replace = LocalizedText(en: "replace it", es: "reemplazarlo")
    static let stay = LocalizedText(en: "stay", es: "quedarse")
    static let leaveUnsaved = LocalizedText(en: "leave, forget the changes", es: "salir y olvidar los cambios")
    static let isUnsaved = LocalizedText(
        en: "The system has changes that are not saved.", es: "El sistema tiene cambios sin guardar.")
    static let commentsGo = LocalizedText(
        en: "The comments of the file are not kept.", es: "Los comentarios del archivo no se conservan.")
    static let unsavedIsBack = LocalizedText(
        en: "Here is what you had not saved. u goes back to what was saved.",
        es: "Aquí está lo que no habías guardado. u vuelve a lo guardado.")
    static func isThere(_ path: String) -> LocalizedText {
        LocalizedText(en: "\(path) is there already.", es: "\(path) ya existe.")
    }
    static func savedAs(_ path: String) -> LocalizedText {
        LocalizedText(en: "Saved as \(path).", es: "Guardado como \(path).")
    }
    static func keepsChanges(_ keeps: Bool) -> LocalizedText {
        keeps
            ? LocalizedText(
                en: "what you did during the run is kept, as interventions",
                es: "lo hecho durante la ejecución se guarda, como intervenciones")
            : LocalizedText(
                en: "what you did during the run is left out", es: "lo hecho durante la ejecución se deja fuera")
    }

    // Sharing
    static let shareTitle = LocalizedText(en: "One line to share", es: "Una línea para compartir")
    static let shareHow = LocalizedText(
        en: "Who has this line has the system, its seed and what was done: ensayo sandbox 'LINE', ensayo run 'LINE'. "
            + "Line breaks in it do not count.",
        es: "Quien tiene esta línea tiene el sistema, su semilla y lo que se hizo: ensayo sandbox 'LÍNEA', "
            + "ensayo run 'LÍNEA'. Los saltos de línea no cuentan.")
    static let copy = LocalizedText(en: "copy it", es: "copiarla")
    static let copied = LocalizedText(
        en: "sent to the terminal's clipboard", es: "enviada al portapapeles del terminal")
    static let printIt = LocalizedText(en: "print it on leaving", es: "imprimirla al salir")
    static let willPrint = LocalizedText(en: "printed when you leave", es: "se imprime al salir")

    // The plain form
    static let copiedByHand = LocalizedText(
        en: "There is no clipboard here: take the line itself.", es: "Aquí no hay portapapeles: toma la propia línea.")
    static let nothingRuns = LocalizedText(en: "Nothing has run yet.", es: "Todavía no se ha ejecutado nada.")
}
