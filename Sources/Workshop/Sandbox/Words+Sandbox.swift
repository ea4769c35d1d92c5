import Scenario

extension Words {
    static let sandbox = LocalizedText(en: "Sandbox", es: "Banco de pruebas")
    static let system = LocalizedText(en: "System", es: "Sistema")
    static let stopped = LocalizedText(en: "the run was stopped", es: "la ejecución se ha detenido")
    static let unsaved = LocalizedText(en: "not saved", es: "sin guardar")
}
