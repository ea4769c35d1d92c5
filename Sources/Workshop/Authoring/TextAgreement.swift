import Scenario
import Trace

/// What both languages of a lesson have been found to say alike: a fingerprint of each section in each language.
///
/// It is kept in the lesson's folder as `texts.agreed`, a line a section, so that lint can tell offline which language
/// was changed after the other. How the lines of a text are broken does not matter, nor do comments for authors.
public struct TextAgreement: Hashable, Sendable {
    /// The fingerprints of one section; `nil`: the language does not have it.
    struct Section: Hashable, Sendable {
        var name: String
        var english: String?
        var spanish: String?
    }

    /// In the order of the English text.
    private(set) var sections: [Section]

    /// As the texts are now.
    public init(of source: LessonSource) {
        let english = Self.fingerprints(source.english)
        let spanish = Self.fingerprints(source.spanish)
        // A section that stands there twice is one: the first.
        var seen: Set<String> = []
        let names = (english + spanish).map(\.name).filter { seen.insert($0).inserted }
        sections = names.map { name in
            Section(
                name: name, english: english.first { $0.name == name }?.print,
                spanish: spanish.first { $0.name == name }?.print)
        }
    }

    /// As the file keeps it. Throws ``ScenarioError`` with the lines that are none of it.
    public init(bytes: [UInt8], file: String) throws(ScenarioError) {
        let source = SourceText(file: file, text: String(decoding: bytes, as: UTF8.self))
        sections = []
        var problems: [Problem] = []
        for (index, line) in source.lines.enumerated() where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            if words.isEmpty { continue }
            guard words.count == 3, words.dropFirst().allSatisfy(Self.isFingerprint) else {
                let mark = source.mark(line: index + 1, column: 1, length: line.unicodeScalars.count)
                problems.append(
                    mark.problem(
                        "expected a section and two fingerprints",
                        suggestion: "`ensayo lint --agree` writes this file"))
                continue
            }
            let prints = words.dropFirst().map { $0 == Self.none ? nil : $0 }
            sections.append(Section(name: words[0], english: prints[0], spanish: prints[1]))
        }
        if !problems.isEmpty { throw ScenarioError(problems: problems) }
    }

    /// The file.
    public var text: String {
        let width = sections.map(\.name.count).max() ?? 0
        let lines = sections.map { section in
            let name = section.name + String(repeating: " ", count: width - section.name.count)
            return "\(name)  \(section.english ?? Self.none)  \(section.spanish ?? Self.none)\n"
        }
        return """
            # What en.md and es.md have been found to say alike, section by section.
            # Whoever has compared them writes this file with `ensayo lint --agree`.

            """ + lines.joined()
    }

    /// The sections that somebody has compared since.
    public func sections(changedSince old: TextAgreement?) -> [String] {
        sections.filter { old?[$0.name] != $0 }.map(\.name)
    }

    subscript(name: String) -> Section? { sections.first { $0.name == name } }

    // MARK: Fingerprints

    private static let none = String(repeating: "-", count: 16)

    private static func isFingerprint(_ word: String) -> Bool {
        word.utf8.count == 16 && (word == none || word.allSatisfy { $0.isASCII && $0.isHexDigit })
    }

    private static func fingerprints(_ bytes: [UInt8]?) -> [(name: String, print: String)] {
        guard let bytes else { return [] }
        let source = SourceText(file: "", text: String(decoding: bytes, as: UTF8.self))
        return LessonTextReader.sections(of: source).map { section in
            var digest = TraceDigest()
            digest.add(words(of: section.lines))
            return (section.name, digest.description)
        }
    }

    /// The prose with single blanks, without comments but those that are the speaker's notes.
    private static func words(of lines: [String]) -> String {
        var text = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var rest = text.startIndex
        while let open = text[rest...].firstRange(of: "<!--") {
            let end = text[open.upperBound...].firstRange(of: "-->")?.upperBound ?? text.endIndex
            if LessonComment.Head(text[open.upperBound...])?.kind == .notes {
                rest = end
            } else {
                let before = text[..<open.lowerBound]
                let offset = before.utf8.count
                text = String(before + text[end...])
                rest = text.utf8.index(text.startIndex, offsetBy: offset)
            }
        }
        return text.split(separator: " ").joined(separator: " ")
    }
}
