import Scenario

/// Reads a glossary's file, `glossary.yaml` beside the lessons: a term and its meaning in both languages, side by side.
///
///     format: 1
///     terms:
///       jitter:
///         en: { term: jitter, means: A random part of a wait. }
///         es: { term: jitter, also: [ variación ], forms: [ un poco al azar ], means: Una parte al azar. }
///         see: [ backoff ]
///         lessons: [ retry ]
public struct GlossaryReader {
    /// What the file is called.
    public static let name = "glossary.yaml"
    private static let format = 1
    /// A meaning is one to three sentences.
    private static let longest = 400

    private let reader = YAMLReader()
    /// The lessons of the folder; `nil`: it is not checked that there are such.
    private let lessons: [String]?

    /// Throws ``ScenarioError`` with every problem of the file.
    ///
    /// - Parameter lessons: the ids of the folder's lessons, where the file should name no others.
    public static func read(
        _ bytes: [UInt8], file: String, lessons: [String]? = nil
    ) throws(ScenarioError) -> Glossary {
        let glossaryReader = GlossaryReader(lessons: lessons)
        let root = glossaryReader.reader.parse(bytes: bytes, file: file)
        let glossary = root.flatMap { glossaryReader.glossary($0) }
        return try glossaryReader.reader.finish(glossary)
    }

    private init(lessons: [String]?) { self.lessons = lessons }

    private func glossary(_ root: YAMLNode) -> Glossary? {
        reader.mapping(root, "the glossary") { map in
            if let node = map.required("format"), let format = reader.count(node, in: 1...1_000_000),
                format > Self.format
            {
                reader.report(
                    "format \(format) is newer than the one this program reads (\(Self.format))", at: node.mark)
            }
            guard let terms = map.required("terms") else { return nil }
            return reader.mapping(terms, "the terms") { terms in
                let ids = terms.entries.map(\.key)
                let read = terms.entries.compactMap { entry in
                    terms.optional(entry.key).flatMap { term(entry.key, $0, among: ids) }
                }
                checkNames(terms.node)
                return Glossary(terms: read)
            }
        }
    }

    private func term(_ id: String, _ node: YAMLNode, among ids: [String]) -> Glossary.Term? {
        reader.mapping(node, "the term \(SafeText.quoted(id))") { map in
            let english = map.required("en").flatMap { words($0) }
            let spanish = map.required("es").flatMap { words($0) }
            let see = names(map.optional("see"), "a term", among: ids)
            let taught = names(map.optional("lessons"), "a lesson", among: lessons)
            if see.contains(id), let node = map.node["see"] {
                reader.report("\(SafeText.quoted(id)) refers to itself", at: node.mark)
            }
            guard let english, let spanish else { return nil }
            return Glossary.Term(
                id: id, name: LocalizedText(en: english.term, es: spanish.term),
                aliases: Glossary.Aliases(english: english.also, spanish: spanish.also),
                forms: Glossary.Aliases(english: english.forms, spanish: spanish.forms),
                meaning: LocalizedText(en: english.means, es: spanish.means), see: see, lessons: taught)
        }
    }

    /// What stands under a language.
    private struct Wording {
        var term: String
        var also: [String]
        var forms: [String]
        var means: String
    }

    private func words(_ node: YAMLNode) -> Wording? {
        reader.mapping(node, "a term in a language") { map in
            let term = map.required("term").flatMap { word($0, "the term") }
            let also = texts(map.optional("also"), "its other names")
            let forms = texts(map.optional("forms"), "its wordings")
            let meansNode = map.required("means")
            let means = meansNode.flatMap { word($0, "what it means") }
            if let means, means.count > Self.longest, let meansNode {
                reader.report(
                    "the meaning has \(means.count) characters", at: meansNode.mark,
                    suggestion: "say it in \(Self.longest)")
            }
            guard let term, let means else { return nil }
            return Wording(term: term, also: also, forms: forms, means: means)
        }
    }

    private func texts(_ node: YAMLNode?, _ what: String) -> [String] {
        let items = node.flatMap { reader.sequence($0, what) } ?? []
        return items.compactMap { word($0, "one of \(what)") }
    }

    /// A text that says something: `""` does not.
    private func word(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = reader.text(node, what) else { return nil }
        if text.contains(where: { !$0.isWhitespace }) { return text }
        reader.report("expected \(what), found an empty text", at: node.mark)
        return nil
    }

    private func names(_ node: YAMLNode?, _ what: String, among known: [String]?) -> [String] {
        guard let node, let items = reader.sequence(node, "a list of names") else { return [] }
        return items.compactMap { item in
            guard let name = reader.name(item, "the name of \(what)") else { return nil }
            if let known, !known.contains(name) {
                reader.report(
                    "there is no such thing as \(what) \(SafeText.quoted(name))", at: item.mark,
                    suggestion: Suggestion.sentence(for: name, in: known))
            }
            return name
        }
    }

    /// A word on the screen leads to one term. What a term is called comes before its other names, wherever it stands.
    private func checkNames(_ terms: YAMLNode) {
        for language in Language.allCases {
            var owners: [String: String] = [:]
            for key in ["term", "also", "forms"] {
                for entry in terms.entries ?? [] {
                    let node = entry.value[language.rawValue]?[key]
                    for name in node?.items ?? [node].compactMap(\.self) { own(name, entry.key, language, &owners) }
                }
            }
        }
    }

    private func own(_ node: YAMLNode, _ id: String, _ language: Language, _ owners: inout [String: String]) {
        guard let name = node.text else { return }
        guard let owner = owners[name.folded] else {
            owners[name.folded] = id
            return
        }
        let isOwn = owner == id
        reader.report(
            "\(SafeText.quoted(name)) leads to \(isOwn ? "this term" : "the term \(SafeText.quoted(owner))") already, "
                + "in \(language.rawValue)",
            at: node.mark,
            suggestion: isOwn ? "leave it out" : "leave it out here, or refer to that term: see: [ \(owner) ]")
    }
}
