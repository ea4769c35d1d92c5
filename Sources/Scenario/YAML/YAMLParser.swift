import Yams

/// Turns text into nodes that know their place; everything in the project that reads YAML goes through it.
///
/// Only the plain part of YAML is accepted: one document; no anchors, aliases, tags or merge keys; keys are words.
struct YAMLParser {
    /// Deeper than anything readable, and far from the end of any stack.
    static let maximumDepth = 64
    static let maximumNodes = 20_000
    /// Each key that is written twice costs another parse of the text: this many scalars in all.
    private static let maximumReread = 500_000

    private let source: SourceText
    /// The column of the source at which the text begins, from 1.
    private let column: Int
    private let reader: YAMLReader
    private var text: [Unicode.Scalar]
    private var masked: [Unicode.Scalar] = []
    private var nodes = 0

    /// The root of the document, or `nil` when there is none that can be read on with; problems go to the reader.
    static func parse(_ text: String, source: SourceText, column: Int = 1, reader: YAMLReader) -> YAMLNode? {
        if let problem = YAMLGuard.problem(in: text, source: source) {
            reader.report(problem)
            return nil
        }
        var parser = YAMLParser(text, source: source, column: column, reader: reader)
        return parser.parse(text)
    }

    private init(_ text: String, source: SourceText, column: Int, reader: YAMLReader) {
        self.text = Array(text.unicodeScalars)
        self.source = source
        self.column = column
        self.reader = reader
    }

    private mutating func parse(_ original: String) -> YAMLNode? {
        var yaml = original
        while true {
            do {
                // The resolver without rules: which scalars are numbers is decided where they are read.
                let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    let text = LocalizedText(en: "there is nothing here", es: "aquí no hay nada")
                    reader.report(text, at: source.mark(line: 1, column: column))
                    return nil
                }
                // Nodes hold their anchors weakly; the parser owns them.
                let node = withExtendedLifetime(parser) { convert(root, depth: 0) }
                return reader.isStopped ? nil : node
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard masked.count * text.count < Self.maximumReread, mask(keys.first ?? "", at: context.mark) else {
                    reader.report("duplicate key \(SafeText.quoted(keys.first ?? ""))", at: place(context.mark))
                    return nil
                }
                yaml = String(String.UnicodeScalarView(text))
            } catch {
                reader.report(YAMLSyntaxProblem.problem(for: error, file: source.file, place: place))
                return nil
            }
        }
    }

    /// Hides a key that is written twice behind a letter that no file may hold, so that the rest can be read and all
    /// problems come out together; ``key(_:)`` brings it back.
    private mutating func mask(_ key: String, at mark: Yams.Mark) -> Bool {
        guard let first = key.unicodeScalars.first, var index = index(line: mark.line, column: mark.column),
            let mask = Unicode.Scalar(0xf0000 + UInt32(masked.count))
        else { return false }
        if text[index] != first, text[index] == "\"" || text[index] == "'" { index += 1 }
        guard index < text.count, text[index] == first else { return false }
        text[index] = mask
        masked.append(first)
        return true
    }

    private func index(line: Int, column: Int) -> Int? {
        var current = 1
        var start = 0
        for (index, scalar) in text.enumerated() where current < line {
            let isBreak = scalar == "\n" || scalar == "\r" && !(index + 1 < text.count && text[index + 1] == "\n")
            if isBreak {
                current += 1
                start = index + 1
            }
        }
        let index = start + column - 1
        return current == line && index >= 0 && index < text.count ? index : nil
    }

    private mutating func convert(_ node: Node, depth: Int, isItem: Bool = false) -> YAMLNode? {
        let mark = mark(of: node)
        nodes += 1
        guard depth <= Self.maximumDepth, nodes <= Self.maximumNodes else {
            let limit = depth > Self.maximumDepth ? "\(Self.maximumDepth) levels deep" : "\(Self.maximumNodes) values"
            if !reader.isStopped { reader.report("more than \(limit)", at: mark) }
            reader.stop()
            return nil
        }
        guard !reader.isStopped else { return nil }
        if node.anchor != nil {
            reader.report(YAMLGuard.noAliases, at: mark, suggestion: "write the value out")
        }
        switch node {
        case .scalar(let scalar):
            checkTag(scalar.tag, quoted: scalar.style != .plain, at: mark)
            checkCharacters(scalar.string, at: mark)
            return YAMLNode(.scalar(scalar.string, plain: scalar.style == .plain), mark: mark)
        case .sequence(let sequence):
            checkTag(sequence.tag, at: mark)
            var items: [YAMLNode] = []
            for item in sequence {
                if let item = convert(item, depth: depth + 1, isItem: true) { items.append(item) }
            }
            return YAMLNode(.sequence(items), mark: mark)
        case .mapping(let mapping):
            checkTag(mapping.tag, at: mark)
            return YAMLNode(.mapping(entries(of: mapping, depth: depth, isItem: isItem)), mark: mark)
        case .alias:
            return nil
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int, isItem: Bool) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var lines: [String: Int] = [:]
        var hasLostDash = false
        for pair in mapping {
            guard let value = convert(pair.value, depth: depth + 1) else { continue }
            guard case .scalar(let scalar) = pair.key, case let key = key(scalar.string), !key.isEmpty else {
                reader.report("a key must be a word", at: self.mark(of: pair.key))
                continue
            }
            let mark = mark(of: pair.key, text: key)
            // Keys were compared, and that gave plain ones their tag.
            checkTag(scalar.tag, quoted: true, at: mark)
            checkCharacters(key, at: mark)
            if key == "<<" {
                reader.report("merge keys (<<) cannot be used", at: mark, suggestion: "write the keys out")
            } else if let first = lines[key] {
                // The rest of an item whose dash was forgotten is twice there too: once is enough.
                if hasLostDash { continue }
                hasLostDash = isItem && key == entries.first?.key && mark.line > first
                reader.report(
                    "duplicate key \(SafeText.quoted(key)), first in line \(first)", at: mark,
                    suggestion: hasLostDash ? "an item of a list begins with -: write - \(key): ..." : nil)
            } else {
                lines[key] = mark.line
                entries.append(YAMLEntry(key: key, keyMark: mark, value: value))
            }
        }
        return entries
    }

    private func key(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, first.value >= 0xf0000,
            case let index = Int(first.value - 0xf0000), index < masked.count
        else { return text }
        return String(masked[index]) + String(text.unicodeScalars.dropFirst())
    }

    /// quoted: the parser gives quoted text a tag that nobody wrote.
    private func checkTag(_ tag: Tag, quoted: Bool = false, at mark: SourceMark) {
        let name = tag.rawValue
        if name.isEmpty || quoted && name == Tag.Name.str.rawValue { return }
        let prefix = "tag:yaml.org,2002:"
        let short = name.hasPrefix(prefix) ? "!!\(name.dropFirst(prefix.count))" : name
        reader.report("the tag \(SafeText.quoted(short)) cannot be used", at: mark, suggestion: "remove it")
    }

    /// Escapes (`"\e"`) can write characters that the file itself must not hold.
    private func checkCharacters(_ text: String, at mark: SourceMark) {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return }
        guard let bad = text.unicodeScalars.first(where: { !SafeText.isAllowed($0) && $0.value < 0xf0000 }) else {
            return
        }
        reader.report(
            "the character \(SafeText.code(bad)) cannot be used here", at: mark, suggestion: "remove the escape")
    }

    private func place(_ mark: Yams.Mark) -> SourceMark {
        source.mark(line: mark.line, column: mark.column + (mark.line == 1 ? column - 1 : 0))
    }

    private func mark(of node: Node, text: String? = nil) -> SourceMark {
        let place = node.mark.map(place) ?? source.mark(line: 1, column: column)
        guard case .scalar(let scalar) = node else { return place }
        let count = (text ?? scalar.string).unicodeScalars.count
        // Escapes are written longer than they are: then the quoted text is underlined in part.
        let length =
            switch scalar.style {
            case .doubleQuoted, .singleQuoted: count + 2
            case .literal, .folded: 1
            default: count
            }
        return source.mark(line: place.line, column: place.column, length: length)
    }
}
