import Scenario

/// Why a file of progress cannot be used.
public enum ProgressDamage: Hashable, Sendable {
    case noFile
    case tooLarge
    case unreadable
    case damaged
    /// A newer version of the program wrote it.
    case newer(version: Int)

    /// For people.
    public var reason: LocalizedText {
        switch self {
        case .noFile: LocalizedText(en: "it is not a file", es: "no es un archivo")
        case .tooLarge:
            LocalizedText(
                en: "it is larger than \(ProgressStore.mostBytes >> 20) MiB",
                es: "ocupa más de \(ProgressStore.mostBytes >> 20) MiB")
        case .unreadable: LocalizedText(en: "it cannot be read", es: "no se puede leer")
        case .damaged: LocalizedText(en: "it is damaged", es: "está dañado")
        case .newer(let version):
            LocalizedText(
                en: "a newer version of Ensayo wrote it (format \(version))",
                es: "lo escribió una versión más nueva de Ensayo (formato \(version))")
        }
    }

    /// What the name of the file ends with once it is set aside.
    var suffix: String {
        switch self {
        case .noFile, .unreadable: "unreadable"
        case .tooLarge, .damaged: "damaged"
        case .newer(let version): "v\(version)"
        }
    }
}
