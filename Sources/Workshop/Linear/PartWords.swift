import Scenario

/// A part of the system as a sentence: its place, and its value or what it holds.
struct PartWords {
    let row: SandboxTree.Row
    let node: YAMLNode
    private static let longest = 200

    func text(_ language: Language) -> String {
        let path = "\(row.path)"
        guard row.isFolder else { return "\(path): \(node.isNull ? language.text("empty", "vacío") : value)." }
        guard row.isUnfolded else {
            return language.text("\(path), closed: \(value).", "\(path), plegado: \(value).")
        }
        let parts = names
        let count = language.text(
            parts.count == 1 ? "1 part" : "\(parts.count) parts", parts.count == 1 ? "1 parte" : "\(parts.count) partes"
        )
        return language.text("\(path), open", "\(path), desplegado") + ", \(count): \(Speech.list(parts, language))."
    }

    private var value: String { node.summary(room: Self.longest) }

    /// What stands in it: names, and steps with what they do.
    private var names: [String] {
        node.entries.map { $0.map(\.key) } ?? node.items.map { $0.map { $0.summary(room: 40) } } ?? []
    }
}
