import Scenario

extension Words {
    static let edited = LocalizedText(en: "edited", es: "editado")
    static let notEdited = LocalizedText(en: "not edited", es: "sin editar")
}
