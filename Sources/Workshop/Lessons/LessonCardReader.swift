import Scenario

/// Reads what stands on a lesson's cover.
struct LessonCardReader {
    let reader: YAMLReader

    func card(_ node: YAMLNode) -> LessonCard? {
        reader.mapping(node, "the card") { map in
            LessonCard(
                learn: texts(map.required("learn"), "what is learnt"),
                watch: texts(map.required("watch"), "what to watch for"),
                models: texts(map.required("models"), "what is modelled"),
                omits: texts(map.required("omits"), "what is left out"))
        }
    }

    private func texts(_ node: YAMLNode?, _ what: String) -> [LocalizedText] {
        guard let node, let items = reader.sequence(node, what) else { return [] }
        if items.isEmpty { reader.report("\(what) is empty", at: node.mark) }
        return items.compactMap { item in
            if item.entries == nil {
                reader.report("expected { en: ..., es: ... }", at: item.mark)
                return nil
            }
            return reader.localizedText(item, what)
        }
    }
}
