/// A mapping being read: each key is asked for once, and the rest is unknown.
public final class YAMLMapping {
    public let entries: [YAMLEntry]
    public let node: YAMLNode
    public let what: String
    private let reader: YAMLReader
    private var known: [String] = []
    private var missing: [(key: String, purpose: String?)] = []
    private var choices: [[String]] = []

    init(entries: [YAMLEntry], node: YAMLNode, what: String, reader: YAMLReader) {
        self.entries = entries
        self.node = node
        self.what = what
        self.reader = reader
    }

    /// The value of a key that may be left out.
    public func optional(_ key: String) -> YAMLNode? {
        known.append(key)
        return node[key]
    }

    /// The value of a key that must be there. A purpose says why: `to compare the choices with`.
    public func required(_ key: String, _ purpose: String? = nil) -> YAMLNode? {
        if let value = optional(key) { return value }
        missing.append((key, purpose))
        return nil
    }

    /// The one key of those given that is there, and its value; exactly one must be.
    public func one(of keys: [String]) -> (key: String, value: YAMLNode)? {
        if !entries.contains(where: { keys.contains($0.key) }) { choices.append(keys) }
        return atMostOne(of: keys)
    }

    /// The same where none need be there.
    func atMostOne(of keys: [String]) -> (key: String, value: YAMLNode)? {
        known += keys
        let present = entries.filter { keys.contains($0.key) }
        guard let entry = present.first else { return nil }
        guard present.count > 1 else { return (entry.key, entry.value) }
        let others = present.dropFirst().map { SafeText.quoted($0.key) }.joined(separator: ", ")
        reader.report(
            LocalizedText(
                en: "\(what) has \(SafeText.quoted(entry.key)) and \(others)",
                es: "\(SafeText.quoted(entry.key)) no puede ir junto con \(others)"),
            at: present[1].keyMark, hint: LocalizedText(en: "use one of them", es: "deja solo una de las dos claves"))
        return nil
    }

    /// The values of those of some keys that are there; at least one must be.
    func some(of keys: [String]) -> [YAMLNode?] {
        known += keys
        let values = keys.map { node[$0] }
        if values.allSatisfy({ $0 == nil }) { choices.append(keys) }
        return values
    }

    /// Unknown keys first: a missing key is often a misspelt one, and then needs no second message. Nor does a choice
    /// for which something unknown was written.
    func reportUnknownKeys() {
        var misspelt: Set<String> = []
        for entry in entries where !known.contains(entry.key) {
            if !missing.isEmpty || !choices.isEmpty {
                if let near = Suggestion.nearest(to: entry.key, in: known) {
                    misspelt.insert(near)
                } else {
                    misspelt.formUnion(choices.joined())
                }
            }
            let key = SafeText.quoted(entry.key)
            reader.report(
                LocalizedText(en: "unknown key \(key) in \(what)", es: "aquí no existe la clave \(key)"),
                at: entry.keyMark, hint: Suggestion.text(for: entry.key, in: known))
        }
        for (key, purpose) in missing where !misspelt.contains(key) {
            let key = SafeText.quoted(key)
            let why = purpose.map { " \($0)" } ?? ""
            reader.report(
                LocalizedText(en: "\(what) needs \(key)\(why)", es: "aquí falta la clave \(key)"), at: node.mark)
        }
        for keys in choices where misspelt.isDisjoint(with: keys) {
            let list = keys.joined(separator: ", ")
            reader.report(
                LocalizedText(en: "\(what) needs one of: \(list)", es: "aquí falta una de estas claves: \(list)"),
                at: node.mark)
        }
    }
}
