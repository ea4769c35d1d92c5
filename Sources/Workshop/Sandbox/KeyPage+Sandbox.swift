import Scenario

extension KeyPage {
    static let sandbox = Group(
        title: LocalizedText(en: "The system", es: "El sistema"),
        lines: [
            Line(keys: "enter v", en: "edit; as a line of YAML", es: "editar; como línea de YAML"),
            Line(keys: "- +", en: "the value before, the next", es: "el valor anterior, el siguiente"),
            Line(.addPart, .removePart, en: "add, remove a part", es: "añadir, quitar una parte"),
            Line(keys: "n", en: "another name", es: "otro nombre"),
            Line(keys: "J K", en: "move it down, up", es: "moverla abajo, arriba"),
            Line(keys: "u r R", en: "undo, redo, undo everything", es: "deshacer, rehacer, todo"),
            Line(.saveFile, en: "save it as YAML", es: "guardarlo como YAML"),
            Line(.share, en: "share it as one line", es: "compartirlo en una línea"),
        ])

    private static let breaking = Group(
        title: LocalizedText(en: "The run", es: "La ejecución"),
        lines: [
            Line(.fault, en: "inject a fault", es: "provocar un fallo"),
            Line(.compare, en: "both futures, or one", es: "los dos futuros, o uno"),
            Line(.nextDifference, en: "to where they part", es: "a donde se separan"),
            Line(.pageDown, .pageUp, en: "turn the page", es: "pasar página"),
        ])

    /// In the sandbox: its own keys first, and none of the lessons'.
    static let building = [sandbox, student[0], student[1], breaking] + [workshop.without([.record])]
}
