/// What problems have in common.
extension LocalizedText {
    /// A name that nothing has. The Spanish of its kind comes with its article: `ningún flujo`.
    static func missing(_ kind: String, _ spanish: String, _ name: String) -> LocalizedText {
        let name = SafeText.quoted(name)
        return LocalizedText(en: "there is no \(kind) \(name)", es: "no hay \(spanish) \(name)")
    }

    static func addIt(to section: String) -> LocalizedText {
        LocalizedText(en: "add it to \(section)", es: "añádelo a \(section)")
    }

    /// What to write instead, for the hint of a problem.
    static func write(_ text: String) -> LocalizedText { LocalizedText(en: "write \(text)", es: "escribe \(text)") }
}
