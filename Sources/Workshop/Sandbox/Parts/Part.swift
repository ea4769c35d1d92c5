import Scenario

/// Something that can be added to a system: where it goes, what is written, and what it is for.
struct Part: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// A key with its value. Others that it is an alternative to are taken out.
        case key(String, replacing: [String])
        /// A named thing: under this key of the place, with a free name.
        case named(String, in: String?)
        /// An item of a list: of the place itself, or of a key of it.
        case item(in: String?)
        /// In the place of the value.
        case value
    }

    var form: Form
    /// What people look for.
    var label: String
    /// With `$CALL`, `$CACHE`, `$POLICY`, `$FLOW`, `$KEYS`, `$FROM`, `$TO` and
    /// `$OPERATIONS` for what the system has.
    var yaml: String
    var about: LocalizedText
    /// It means something only where the place has one of these keys; empty: anywhere.
    var needs: [String] = []

    func needing(_ keys: String...) -> Part {
        var part = self
        part.needs = keys
        return part
    }

    static func key(_ key: String, _ yaml: String, _ en: String, _ es: String, not others: [String] = []) -> Part {
        Part(form: .key(key, replacing: others), label: key, yaml: yaml, about: LocalizedText(en: en, es: es))
    }

    static func named(_ name: String, in section: String? = nil, _ yaml: String, _ en: String, _ es: String) -> Part {
        Part(form: .named(name, in: section), label: name, yaml: yaml, about: LocalizedText(en: en, es: es))
    }

    /// An item that is one key with a value.
    static func item(_ key: String, _ yaml: String, _ en: String, _ es: String) -> Part {
        Part(form: .item(in: nil), label: key, yaml: "\(key): \(yaml)", about: LocalizedText(en: en, es: es))
    }

    static func fault(_ key: String, _ yaml: String, _ en: String, _ es: String, in list: String? = nil) -> Part {
        Part(
            form: .item(in: list), label: key, yaml: "{ from: $FROM, to: $TO, \(key): \(yaml) }",
            about: LocalizedText(en: en, es: es))
    }

    static func intervention(_ label: String, _ yaml: String, _ en: String, _ es: String, in list: String?) -> Part {
        Part(
            form: .item(in: list), label: label, yaml: "{ at: $FROM, \(yaml) }", about: LocalizedText(en: en, es: es))
    }

    static func value(_ label: String, _ yaml: String, _ en: String, _ es: String) -> Part {
        Part(form: .value, label: label, yaml: yaml, about: LocalizedText(en: en, es: es))
    }
}
